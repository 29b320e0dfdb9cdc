/** What happened in an area, told in a sentence. */
import type { Role } from '$lib/data/account';
import type { Change } from '$lib/data/area-admin';
import { m } from '$lib/paraglide/messages';
import { formatDate } from './format';
import { roleName } from './role-words';

type Row = Record<string, unknown>;
const text = (row: Row | null, key: string): string => String(row?.[key] ?? '');
const because = (row: Row | null) =>
	text(row, 'reason') ? m.me_because({ reason: text(row, 'reason') }) : '';

function roleChange({ action, before, after, person }: Change): string {
	const name = person ?? m.people_h_somebody();
	const role = (row: Row | null) => roleName(text(row, 'role') as Role);
	if (action === 'insert') return m.people_h_role_given({ name, role: role(after) });
	if (action === 'delete') return m.people_h_role_taken({ name, role: role(before) });
	return m.people_h_role_changed({ name, from: role(before), to: role(after) });
}

function areaChange({ action, before, after }: Change): string {
	if (action === 'delete') return m.people_h_area_removed({ name: text(before, 'name') });
	const told = [
		before?.['name'] !== after?.['name'] &&
			m.people_h_area_renamed({ from: text(before, 'name'), to: text(after, 'name') }),
		before?.['responsible_unit'] !== after?.['responsible_unit'] &&
			m.people_h_area_unit({ unit: text(after, 'responsible_unit') || '–' })
	].filter((line) => line !== false);
	return told.join(m.people_h_and()) || m.people_h_area_changed();
}

function dayChange({ action, before, after }: Change): string {
	const date = formatDate(text(after, 'date'), { year: true });
	if (action === 'insert') return m.people_h_day_made({ date });
	const was = text(before, 'status');
	const is = text(after, 'status');
	if (is === 'cancelled' && was !== is) return m.people_h_day_cancelled({ date }) + because(after);
	if (was === 'cancelled' && was !== is) return m.people_h_day_restored({ date });
	if (before?.['date'] !== after?.['date'])
		return m.people_h_day_moved({ from: formatDate(text(before, 'date')), to: date }) + because(after);
	return m.people_h_day_changed({ date });
}

function gatheringChange({ action, before, after, date }: Change): string {
	const which = {
		place: text(after ?? before, 'place'),
		date: date ? formatDate(date, { year: true }) : ''
	};
	if (action === 'insert') return m.people_h_gathering_opened(which);
	if (action === 'delete') return m.people_h_gathering_changed(which);
	const was = text(before, 'status');
	const is = text(after, 'status');
	if (is === 'cancelled' && was !== is) return m.people_h_gathering_cancelled(which) + because(after);
	if (is === 'closed' && was !== is) return m.people_h_gathering_closed(which);
	if (was !== is) return m.people_h_gathering_restored(which);
	if (before?.['plan_published_at'] !== after?.['plan_published_at']) return m.people_h_plan_published(which);
	return m.people_h_gathering_changed(which);
}

function siteChange({ action, before, after }: Change): string {
	const name = text(after ?? before, 'name');
	if (action === 'delete') return m.people_h_site_removed({ name });
	if (before?.['retired_at'] !== after?.['retired_at'])
		return after?.['retired_at'] ? m.people_h_site_retired({ name }) : m.people_h_site_restored({ name });
	return m.people_h_site_changed({ name });
}

const TELLERS: Readonly<Record<string, (change: Change) => string>> = {
	memberships: roleChange,
	areas: areaChange,
	labour_days: dayChange,
	gatherings: gatheringChange,
	sites: siteChange,
	site_days: (change) =>
		text(change.after, 'override_reason')
			? m.people_h_metres_overridden({ reason: text(change.after, 'override_reason') })
			: m.people_h_metres_restored()
};

export const changeWords = (change: Change): string => TELLERS[change.table]?.(change) ?? m.people_h_other();
