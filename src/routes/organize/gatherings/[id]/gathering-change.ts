/** One entry of a gathering's history as a sentence. */
import type { HistoryEntry } from '$lib/data/labour-days';
import { formatTimes } from '$lib/i18n/format';
import { m } from '$lib/paraglide/messages';

type Row = Record<string, unknown>;

/** The sentence, or null for a change that no reader would call one. */
export function gatheringChange({
	action,
	before,
	after
}: Pick<HistoryEntry, 'action' | 'before' | 'after'>): string | null {
	if (action === 'insert') return m.gathering_history_created();
	if (!before || !after) return null;
	const said = [decision(before, after), ...arrangements(before, after)].filter((words) => words !== null);
	return said.length > 0 ? said.join(m.common_separator()) : null;
}

function decision(before: Row, after: Row): string | null {
	const reason = typeof after.reason === 'string' ? after.reason : '';
	if (before.status === after.status) {
		const published =
			before.plan_published_at !== after.plan_published_at && after.plan_published_at !== null;
		return published ? m.gathering_history_published() : null;
	}
	if (after.status === 'closed') return m.gathering_history_closed();
	if (after.status === 'open') return m.gathering_history_restored();
	const what = m.gathering_history_cancelled();
	return reason ? m.calendar_history_with_reason({ what, reason }) : what;
}

function arrangements(before: Row, after: Row): (string | null)[] {
	return [
		before.place !== after.place ? m.gathering_history_place({ place: String(after.place) }) : null,
		before.starts !== after.starts || before.ends !== after.ends
			? m.gathering_history_times({ times: formatTimes(String(after.starts), String(after.ends)) })
			: null,
		before.capacity !== after.capacity
			? after.capacity === null
				? m.gathering_history_capacity_none()
				: m.gathering_history_capacity({ capacity: String(after.capacity) })
			: null
	];
}
