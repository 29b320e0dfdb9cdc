import { describe, expect, it } from 'vitest';
import { aParty, aTask } from './examples';
import { suggestHelp, type PlannedPlace, type PlanParty, type PlanTask } from './index';

const party = (id: string, more: Partial<PlanParty> = {}) => aParty(id, { heads: 2, ...more });
const task = (id: string, more: Partial<PlanTask> = {}) => aTask(id, { crewMin: 4, ...more });
const gathering = (
	id: string,
	parties: PlanParty[],
	tasks: PlanTask[],
	assignments: Record<string, string> = {},
	lng = 106.9
): PlannedPlace => ({
	id,
	place: { lng, lat: 27.7 },
	input: { parties, tasks },
	assignments: new Map(Object.entries(assignments))
});

describe('help between gatherings', () => {
	it('asks whom the own gathering has no use for, never who has a crew', () => {
		const full = gathering(
			'full',
			[party('has a crew'), party('waits', { waitlisted: true }), party('no room')],
			[task('done', { crewMin: 2 })],
			{ 'has a crew': 'done' }
		);
		const short = gathering('short', [], [task('ditch')]);
		expect(suggestHelp([full, short]).map(({ party, from, to, task }) => [party, from, to, task])).toEqual([
			['waits', 'full', 'short', 'ditch'],
			['no room', 'full', 'short', 'ditch']
		]);
	});

	it('asks no more people than are missing, and nobody twice', () => {
		const full = gathering(
			'full',
			['a', 'b', 'c', 'd', 'e'].map((id) => party(id)),
			[]
		);
		const short = gathering('short', [], [task('urgent', { priority: 5 }), task('later')]);
		const asked = suggestHelp([full, short]);
		expect(asked.map(({ task }) => task)).toEqual(['urgent', 'urgent', 'later', 'later']);
		expect(new Set(asked.map(({ party }) => party)).size).toBe(4);
	});

	it('sends no minors to a hazard and nobody where the whole party finds no room', () => {
		const full = gathering(
			'full',
			[party('family', { heads: 3, minors: 1 }), party('class', { heads: 7 })],
			[]
		);
		expect(suggestHelp([full, gathering('short', [], [task('water', { minorsAllowed: false })])])).toEqual(
			[]
		);
	});

	it('prefers wishes, then the nearer meeting point', () => {
		const far = gathering('far', [party('far'), party('wishes', { wishes: ['drain'] })], [], {}, 107);
		const near = gathering('near', [party('near')], []);
		const short = gathering('short', [], [task('ditch')]);
		const asked = suggestHelp([far, near, short]);
		expect(asked.map(({ party }) => party)).toEqual(['wishes', 'near']);
		expect(asked[0]?.distance).toBeCloseTo(9.86, 1);
		expect(asked[1]?.distance).toBe(0);
	});

	it('asks nobody to come to a task that would stay closed all the same', () => {
		const full = gathering('full', [party('pair')], []);
		const tasks = [task('big', { priority: 9, crewMin: 20, crewMax: 30 }), task('ditch', { crewMin: 2 })];
		expect(suggestHelp([full, gathering('short', [], tasks)]).map(({ task }) => task)).toEqual(['ditch']);
	});

	it('goes where a crew stands short, also with fewer than it lacks', () => {
		const short = gathering('short', [party('in')], [task('ditch', { crewMin: 9, crewMax: 12 })], {
			in: 'ditch'
		});
		expect(suggestHelp([gathering('full', [party('pair')], []), short]).map(({ party }) => party)).toEqual([
			'pair'
		]);
	});

	it('counts those at home who wait only for the task to open', () => {
		const short = gathering(
			'short',
			[party('ready'), party('child', { minors: 1 })],
			[task('ditch', { minorsAllowed: false })]
		);
		const full = gathering('full', [party('a'), party('b')], []);
		expect(suggestHelp([full, short]).map(({ party, from }) => [party, from])).toEqual([['a', 'full']]);
	});

	it('keeps quiet where nobody is missing', () => {
		const staffed = gathering('a', [party('in', { heads: 4 }), party('out')], [task('t')], { in: 't' });
		expect(suggestHelp([staffed, gathering('b', [party('free')], [])])).toEqual([]);
	});
});
