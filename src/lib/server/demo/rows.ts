/** Rows on their way into the database, many at a time. */
import type { Sql } from '../supabase/database';

export type Row = Record<string, unknown>;

/** Collects rows per table, in the order in which tables were first named. */
export class Rows {
	readonly #tables = new Map<string, Row[]>();

	add(table: string, row: Row): void {
		const rows = this.#tables.get(table);
		if (rows) rows.push(row);
		else this.#tables.set(table, [row]);
	}

	/** Inserts everything. All rows of a table must have the same keys. */
	async insert(sql: Sql): Promise<void> {
		for (const [table, rows] of this.#tables) {
			const columns = Object.keys(rows[0] ?? {}).join(', ');
			for (let from = 0; from < rows.length; from += 1000) {
				await sql.rows(
					`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`,
					[JSON.stringify(rows.slice(from, from + 1000))]
				);
			}
		}
	}
}
