import { expect, it } from 'vitest';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { dayChange } from '../../days/[id]/day-change';
import { gatheringChange } from './gathering-change';

overwriteGetLocale(() => 'zh');

const row = {
	place: '文化宫',
	starts: '08:30:00',
	ends: '11:00:00',
	capacity: 60,
	status: 'open',
	reason: '',
	plan_published_at: null
};
const gathering = (change: object) =>
	gatheringChange({ action: 'update', before: row, after: { ...row, ...change } });

it.each([
	[{ place: '广场', capacity: null }, '地点改为 广场 · 名额改为不限'],
	[{ ends: '12:00:00' }, '时间改为 上午 8:30–中午 12:00'],
	[{ status: 'cancelled', reason: '下雨' }, '取消：下雨'],
	[{ status: 'closed' }, '关闭了集合点'],
	[{ plan_published_at: '2026-11-26T12:00:00Z' }, '发布了分工'],
	[{ bring: '手套' }, null]
])('says what happened to a gathering: %o', (change, words) => expect(gathering(change)).toBe(words));

it('says that a gathering was opened and restored', () => {
	expect(gatheringChange({ action: 'insert', before: null, after: row })).toBe('开设了集合点');
	expect(gatheringChange({ action: 'update', before: { ...row, status: 'cancelled' }, after: row })).toBe(
		'恢复'
	);
});

const day = { date: '2026-09-25', status: 'planned', reason: '' };
it.each([
	[
		{ date: '2026-09-18', status: 'moved', reason: '中秋节放假' },
		'从 9月25日 周五 改到 9月18日 周五：中秋节放假'
	],
	[{ status: 'cancelled', reason: '大雪' }, '取消：大雪'],
	[{ sequence: 3 }, null]
])('says what happened to a labour day: %o', (change, words) =>
	expect(dayChange({ action: 'update', before: day, after: { ...day, ...change } })).toBe(words)
);
