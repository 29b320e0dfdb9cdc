/** A walk-in whose phone number was known became a sign-up that existed already: what is said of the one is said of the other. */
import type { OutboxRow } from './row';

/** The same rows, with every record speaking of the sign-up its party really has; unchanged rows are the same objects. */
export function withAliases(rows: readonly OutboxRow[]): OutboxRow[] {
	const aliases = new Map<string, string>();
	for (const { id, signup_id } of rows) if (signup_id && signup_id !== id) aliases.set(id, signup_id);
	if (aliases.size === 0) return [...rows];
	return rows.map((row) => {
		if (row.record.type !== 'attendance') return row;
		const signup_id = aliases.get(row.record.signup_id);
		return signup_id ? { ...row, record: { ...row.record, signup_id } } : row;
	});
}
