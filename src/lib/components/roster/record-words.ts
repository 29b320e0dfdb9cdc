/** What a record says, in words: for lists of records that wait or were refused. */
import type { DayRecord } from '$lib/domain/roster';
import { figuresWords } from '$lib/i18n/figure-words';
import { m } from '$lib/paraglide/messages';
import { clockTime, headsWords } from './party-words';

/** '8:41 · 现场来的人：张三，2 人' · '8:41 · 王女士 · 签到 2 人', where the name is among these (by the id of the sign-up) */
export function recordWords(record: DayRecord, zone: string, names: ReadonlyMap<string, string>): string {
	const name = record.type === 'attendance' ? names.get(record.signup_id) : undefined;
	const words = [clockTime(Date.parse(record.at), zone), name, said(record)];
	return words.filter((word) => word !== undefined).join(m.common_separator());
}

function said(record: DayRecord): string {
	if (record.type === 'walk_in')
		return (
			m.roster_refused_walk_in({ name: record.name }) + ' ' + headsWords(record.headcount, record.minors)
		);
	if (record.type === 'result') return figuresWords(record) || record.note || m.roster_refused_result();
	if (record.kind === 'void') return m.roster_refused_void();
	return record.heads > 0
		? m.roster_refused_check_in({ heads: headsWords(record.heads, record.minors) })
		: m.roster_refused_check_out();
}
