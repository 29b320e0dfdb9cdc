import { describe, expect, it } from 'vitest';
import type { BoardData, BoardParty } from '$lib/data/board';
import { fittingText, possibleTexts, promotedOf, textFor } from './texts';

const party = (name: string, fields: Partial<BoardParty> = {}) =>
	({
		id: name,
		name,
		headcount: 2,
		status: 'confirmed',
		promoted_at: null,
		task_id: null,
		...fields
	}) as BoardParty;

interface Given {
	gathering?: Partial<BoardData['gathering']>;
	day?: Partial<BoardData['day']>;
	parties?: BoardParty[];
	today?: string;
}
/** A gathering of somebody's, of which nothing is to be told yet. */
const board = ({ gathering, day, parties = [party('王女士')], today = '2026-11-20' }: Given = {}) =>
	({
		gathering: {
			id: 'g',
			area: { name: '老城街道', name_en: null },
			place: '府后山广场',
			starts: '08:30',
			ends: '11:00',
			capacity: null,
			bring: '',
			safety: '',
			status: 'open',
			reason: '',
			changed_at: null,
			plan_published_at: null,
			...gathering
		},
		day: { month: '2026-11-01', date: '2026-11-27', status: 'planned', reason: '', changed_at: null, ...day },
		parties,
		tasks: [],
		today
	}) as unknown as BoardData;

const PUBLISHED = { plan_published_at: '2026-11-18T10:00:00+08:00' };
const MOVED = { status: 'moved', date: '2026-11-26', reason: '考试周' } as const;

describe('the text that is offered first', () => {
	it('invites while there is no news', () => {
		expect(fittingText(board())).toBe('invite');
		expect(fittingText(board({ gathering: { changed_at: '2026-11-18T10:00:00+08:00' }, parties: [] }))).toBe(
			'invite'
		);
	});

	it('is of what happened last, in whatever zone the instants are written', () => {
		expect(fittingText(board({ gathering: PUBLISHED }))).toBe('plan');
		expect(fittingText(board({ gathering: { ...PUBLISHED, changed_at: '2026-11-18T03:00:00Z' } }))).toBe(
			'changed'
		);
		expect(fittingText(board({ gathering: { ...PUBLISHED, changed_at: '2026-11-18T01:00:00Z' } }))).toBe(
			'plan'
		);
		const moved = { ...MOVED, changed_at: '2026-11-19T09:00:00+08:00' };
		expect(fittingText(board({ gathering: PUBLISHED, day: moved }))).toBe('moved');
		expect(
			fittingText(board({ gathering: { ...PUBLISHED, changed_at: '2026-11-19T10:00:00+08:00' }, day: moved }))
		).toBe('changed');
	});

	it('tells that the day is back on its usual date, or takes place after all', () => {
		const back = { status: 'planned', changed_at: '2026-11-19T09:00:00+08:00' } as const;
		expect(fittingText(board({ gathering: PUBLISHED, day: back }))).toBe('changed');
		expect(possibleTexts(board({ gathering: PUBLISHED, day: back }))).toContain('changed');
		expect(fittingText(board({ day: back, parties: [] }))).toBe('invite');
		expect(
			textFor('changed', board({ day: back }), { task: undefined, party: undefined }, 'https://x', 'zh')
		).toContain('11月27日');
	});

	it('reminds on the day itself, and tells of a cancellation before all', () => {
		expect(fittingText(board({ gathering: PUBLISHED, today: '2026-11-27' }))).toBe('reminder');
		for (const off of [
			board({ gathering: { ...PUBLISHED, status: 'cancelled' } }),
			board({ day: { status: 'cancelled' } })
		]) {
			expect(fittingText(off)).toBe('cancelled');
			expect(possibleTexts(off)).toEqual(['cancelled']);
		}
	});
});

describe('a place that came free', () => {
	const parties = [
		party('没等过'),
		party('先', { promoted_at: '2026-11-18T10:00:00+08:00' }),
		party('后', { promoted_at: '2026-11-18T03:00:00Z' }),
		party('还在等', { status: 'waitlisted' })
	];

	it('is told to whom it came, the latest first', () => {
		expect(possibleTexts(board())).not.toContain('promoted');
		expect(possibleTexts(board({ parties }))).toContain('promoted');
		expect(promotedOf(parties).map(({ name }) => name)).toEqual(['后', '先']);
	});
});

it('each says what there is to know, and where', () => {
	const say = (kind: Parameters<typeof textFor>[0], given: Given = {}) =>
		textFor(
			kind,
			board(given),
			{ task: undefined, party: party('周先生') },
			'https://friday.example.org',
			'zh'
		);
	expect(say('moved', { day: MOVED })).toMatch(/11月27日[\s\S]*11月26日[\s\S]*考试周/);
	expect(say('changed')).toContain('府后山广场');
	expect(say('cancelled', { gathering: { status: 'cancelled', reason: '暴雨' } })).toContain('暴雨');
	expect(say('cancelled', { day: { status: 'cancelled', reason: '停电' } })).toContain('停电');
	expect(say('promoted')).toContain('周先生');
	for (const kind of ['invite', 'moved', 'changed', 'cancelled', 'promoted', 'reminder', 'plan'] as const)
		expect(say(kind).split('\n').at(-1)).toBe('https://friday.example.org/gatherings/g');
});
