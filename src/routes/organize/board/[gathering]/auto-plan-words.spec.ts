import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProblems, type PlanInput, type PlanTask, type TaskNote } from '$lib/domain/planner';
import { aParty as party, aTask } from '$lib/domain/planner/examples';
import { baseLocale, overwriteGetLocale } from '$lib/paraglide/runtime';
import { distanceWords, noteWords, partWords, problemWords } from './auto-plan-words';

const task = (more: Partial<PlanTask> = {}) => aTask('t', more);

/** Each bad input with what must be said of it, in Chinese and in English. */
const BAD: [string, PlanInput, string, string][] = [
	['no task', { tasks: [], parties: [party('a')] }, '还没选任务。', 'No tasks chosen yet.'],
	['no party', { tasks: [task()], parties: [] }, '还没有人报名。', 'Nobody has signed up yet.'],
	[
		'everybody waits',
		{ tasks: [task()], parties: [party('a', { waitlisted: true })] },
		'报名的都在候补，先确认名额。',
		'Everybody is on the waitlist; confirm places first.'
	],
	[
		'the maximum below the minimum',
		{ tasks: [task({ crewMin: 5, crewMax: 2 })], parties: [party('a')] },
		'官井沟渠：最多人数比最少人数还少。',
		'官井沟渠: the maximum is below the minimum.'
	],
	[
		'a party larger than every site',
		{ tasks: [task()], parties: [party('a', { heads: 9 })] },
		'王女士：没有合适的小组。',
		'王女士: no crew they could join.'
	],
	[
		'pins over the maximum',
		{ tasks: [task()], parties: ['a', 'b'].map((id) => party(id, { heads: 4, pinned: 't' })) },
		'官井沟渠：已经分进去的人超过了最多人数。',
		'官井沟渠: more people were put there than the maximum.'
	],
	[
		'a child pinned to a hazard',
		{ tasks: [task({ minorsAllowed: false })], parties: [party('a', { heads: 2, minors: 1, pinned: 't' })] },
		'王女士带着小孩，却分在有危险的“官井沟渠”，请先换个小组。',
		'王女士: with children, but at a hazardous site (官井沟渠); move them first.'
	],
	[
		'a pin to a task that is gone',
		{ tasks: [task()], parties: [party('a', { pinned: 'gone' })] },
		'王女士：原来的任务已经去掉了，请重新安排。',
		'王女士: their task is gone; please place them again.'
	],
	[
		'a headcount that cannot be',
		{ tasks: [task()], parties: [party('a', { heads: 1, minors: 2 })] },
		'王女士：报名人数不对。',
		'王女士: the headcount cannot be right.'
	]
];

describe.each(['zh', 'en'] as const)('in %s', (locale) => {
	beforeAll(() => overwriteGetLocale(() => locale));
	afterAll(() => overwriteGetLocale(() => baseLocale));

	it.each(BAD)('%s has a clear sentence', (_, input, zh, en) => {
		const said = findProblems(input).map((problem) =>
			problemWords(
				problem,
				() => '官井沟渠',
				() => '王女士'
			)
		);
		expect(said).toEqual([locale === 'zh' ? zh : en]);
	});

	const note: TaskNote = {
		task: 't',
		heads: 3,
		missing: 2,
		closed: false,
		withoutLeader: true,
		missingAdults: 1
	};

	it('everything that a task lacks is told, not only the first', () => {
		expect(noteWords(note, '官井沟渠')).toHaveLength(3);
		expect(noteWords({ ...note, missing: 0, missingAdults: 0 }, '官井沟渠')).toEqual([
			locale === 'zh' ? '官井沟渠：没有组长' : '官井沟渠: nobody to lead'
		]);
		expect(noteWords({ ...note, closed: true, heads: 0, missing: 5 }, '官井沟渠')).toHaveLength(1);
		expect(noteWords({ ...note, missing: 0, missingAdults: 0, withoutLeader: false }, '官井沟渠')).toEqual(
			[]
		);
	});

	it('the parts of the objective come in the order of the goals, without those that say nothing', () => {
		const none = {
			staffed: 0,
			placed: 0,
			wishes: 0,
			near: 0,
			tools: 0,
			stayed: 0,
			withoutLeader: 0,
			unbalanced: 0,
			total: 0
		};
		const rows = partWords(none, { ...none, staffed: 2000, placed: 500, unbalanced: -1.5, total: 2498.5 });
		expect(rows.map(({ after }) => after)).toEqual([2000, 500, -1, 2499]);
		expect(new Set(rows.map(({ what }) => what)).size).toBe(4);
	});

	it('how far from the best is rounded up, never down to nothing', () => {
		expect(distanceWords(0.0001)).toContain('0.1%');
		expect(distanceWords(0)).not.toContain('%');
	});
});
