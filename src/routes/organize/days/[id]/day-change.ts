/** One entry of a labour day's history as a sentence. */
import type { HistoryEntry } from '$lib/data/labour-days';
import { formatDate } from '$lib/i18n/format';
import { m } from '$lib/paraglide/messages';

/** The sentence, or null for a change that no reader would call one. */
export function dayChange({
	action,
	before,
	after
}: Pick<HistoryEntry, 'action' | 'before' | 'after'>): string | null {
	if (action === 'insert') return m.calendar_history_created();
	if (!before || !after) return null;
	const what = whatHappened(before, after);
	const reason = typeof after.reason === 'string' ? after.reason : '';
	return what && reason ? m.calendar_history_with_reason({ what, reason }) : what;
}

function whatHappened(before: Record<string, unknown>, after: Record<string, unknown>): string | null {
	if (before.status !== 'cancelled' && after.status === 'cancelled') return m.calendar_history_cancelled();
	if (before.status === 'cancelled' && after.status !== 'cancelled') return m.calendar_history_restored();
	if (before.date === after.date) return null;
	const words = (date: unknown) => formatDate(String(date), { weekday: true });
	return m.calendar_history_moved({ from: words(before.date), to: words(after.date) });
}
