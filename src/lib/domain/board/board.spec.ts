import { describe, expect, it } from 'vitest';
import {
	changeOf,
	crewsOf,
	differences,
	inverseOf,
	judge,
	readinessOf,
	suggestedCrews,
	unassigned,
	withChanges,
	type Crew,
	type Party,
	type Task
} from './index';

const party = (id: string, over: Partial<Party> = {}): Party => ({
	id,
	name: id,
	headcount: 1,
	minors: 0,
	status: 'confirmed',
	can_lead: false,
	task_id: null,
	leads: false,
	pinned: false,
	...over
});
const task = (id: string, over: Partial<Task> = {}): Task => ({
	id,
	name: `site ${id}`,
	crew_min: 2,
	crew_max: 4,
	hazards: [],
	...over
});
/** The one crew of a task. */
const crew = (of: Task, ...parties: Party[]): Crew => {
	const [only] = crewsOf(
		parties.map((one) => ({ ...one, task_id: of.id })),
		[of]
	);
	if (!only) throw new Error('no crew');
	return only;
};

describe('crews', () => {
	it('counts heads, minors, what is missing and what room is left', () => {
		const drain = crew(task('d', { crew_min: 5, crew_max: 6 }), party('a', { headcount: 3, minors: 1 }));
		expect(drain).toMatchObject({ heads: 3, minors: 1, missing: 2, room: 3 });
	});

	it('puts leaders first and keeps the order otherwise', () => {
		const drain = crew(task('d'), party('a'), party('b', { leads: true }), party('c'));
		expect(drain.parties.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
	});

	it.each<[string, Crew, string[]]>([
		['nobody: only short', crew(task('d')), ['below_min']],
		['no leader', crew(task('d'), party('a', { headcount: 2 })), ['no_leader']],
		['too many', crew(task('d'), party('a', { headcount: 5, leads: true })), ['over_max']],
		[
			'minors at a hazard',
			crew(task('d', { hazards: ['deep_water'] }), party('a', { headcount: 2, minors: 1, leads: true })),
			['minors_at_hazard']
		],
		['all well', crew(task('d'), party('a', { headcount: 4, leads: true })), []]
	])('tells %s', (_, { flaws }, expected) => expect(flaws).toEqual(expected));

	it('leaves out who only waits', () => {
		const parties = [
			party('a', { status: 'waitlisted', task_id: 'd' }),
			party('b', { status: 'waitlisted' })
		];
		expect(crewsOf(parties, [task('d')])[0]?.heads).toBe(0);
		expect(unassigned(parties)).toEqual([]);
	});

	it('says what a published plan would leave undone', () => {
		const parties = [party('a'), party('b', { headcount: 2, task_id: 'd' })];
		const crews = crewsOf(parties, [task('d'), task('e')]);
		const ready = readinessOf(parties, crews);
		expect(ready.unassigned.map(({ id }) => id)).toEqual(['a']);
		expect(ready.leaderless.map((one) => one.task.id)).toEqual(['d']);
		expect(ready.empty.map((one) => one.task.id)).toEqual(['e']);
		expect(ready.below).toEqual([]);
		expect(ready.complete).toBe(false);
	});

	it('says where children would be at a site that has become dangerous', () => {
		const family = party('a', { headcount: 3, minors: 1, leads: true, task_id: 'd' });
		const readyAt = (hazards: string[]) => readinessOf([family], crewsOf([family], [task('d', { hazards })]));
		expect(readyAt([])).toMatchObject({ hazardous: [], complete: true });
		const ready = readyAt(['traffic']);
		expect(ready.hazardous.map((one) => one.task.id)).toEqual(['d']);
		expect(ready.complete).toBe(false);
	});
});

describe('moves', () => {
	it('refuses minors at a hazard and whoever has no place yet', () => {
		const drain = crew(task('d', { hazards: ['deep_water'] }));
		expect(judge(party('a', { minors: 1 }), drain)).toEqual({ kind: 'refused', rule: 'minors_at_hazard' });
		expect(judge(party('a', { status: 'waitlisted' }), drain)).toEqual({
			kind: 'refused',
			rule: 'not_confirmed'
		});
		expect(judge(party('a'), drain)).toEqual({ kind: 'fine' });
	});

	it('asks before a crew grows over its maximum, not at it', () => {
		const corner = crew(task('d', { crew_max: 4 }), party('x', { headcount: 3 }));
		expect(judge(party('a', { headcount: 1 }), corner)).toEqual({ kind: 'fine' });
		expect(judge(party('a', { headcount: 2 }), corner)).toEqual({
			kind: 'confirm',
			rule: 'over_max',
			heads: 5,
			max: 4
		});
	});

	it('lets a party stay in a crew that is too big, and leave any', () => {
		const full = crew(task('d', { crew_max: 1 }), party('x', { headcount: 3 }));
		expect(judge(party('x', { headcount: 3, task_id: 'd' }), full)).toEqual({ kind: 'fine' });
		expect(judge(party('x', { task_id: 'd' }), null)).toEqual({ kind: 'fine' });
	});

	it('saves what the organizer saw, and can take it back', () => {
		const change = changeOf(party('a', { task_id: 'd', leads: true }), { to: 'e', leads: false }, []);
		expect(change).toMatchObject({ was: 'd', was_leads: true, task_id: 'e', leads: false });
		expect(inverseOf(change)).toEqual({ party: 'a', to: 'd', leads: true, pinned: false });
	});

	it('pins what a person decides, and gives the pin back with the rest', () => {
		const planned = party('a', { task_id: 'd' });
		const moved = changeOf(planned, { to: 'e', leads: false }, []);
		expect(moved.pinned).toBe(true);
		expect(withChanges([planned], [moved])[0]?.pinned).toBe(true);
		expect(inverseOf(moved).pinned).toBe(false);
		expect(changeOf(planned, { to: null, leads: false }, []).pinned).toBe(false);
		expect(
			changeOf({ ...planned, pinned: true }, { to: 'd', leads: false, pinned: false }, [])
		).toMatchObject({
			was: 'd',
			task_id: 'd',
			pinned: false,
			was_pinned: true
		});
	});

	it('makes nobody leader of nothing', () => {
		expect(changeOf(party('a', { task_id: 'd', leads: true }), { to: null, leads: true }, []).leads).toBe(
			false
		);
	});

	it('says which leaders of a crew it knew when it makes another, and nothing of leaders otherwise', () => {
		const parties = [
			party('a', { task_id: 'd' }),
			party('b', { task_id: 'd', leads: true }),
			party('c', { task_id: 'e', leads: true })
		];
		const [a, b] = parties as [Party, Party];
		expect(changeOf(a, { to: 'd', leads: true }, parties).led_by).toEqual(['b']);
		expect(changeOf(a, { to: 'f', leads: true }, parties).led_by).toEqual([]);
		expect(changeOf(b, { to: 'e', leads: true }, parties).led_by).toEqual(['c']);
		expect(changeOf(b, { to: 'd', leads: true, pinned: false }, parties).led_by).toBeNull();
		expect(changeOf(a, { to: 'd', leads: false }, parties).led_by).toBeNull();
	});

	it('shows the last of several changes of one party', () => {
		const [moved, still] = withChanges(
			[party('a'), party('b')],
			[
				changeOf(party('a'), { to: 'd', leads: false }, []),
				changeOf(party('a', { task_id: 'd' }), { to: 'e', leads: true }, [])
			]
		);
		expect(moved).toMatchObject({ task_id: 'e', leads: true });
		expect(still).toMatchObject({ task_id: null });
	});

	it('suggests the wished kind where people are missing, and last where the party may not go', () => {
		const tasks = [
			{ ...task('water', { hazards: ['deep_water'] }), kind: 'drain' },
			{ ...task('enough', { crew_min: 1 }), kind: 'market' },
			{ ...task('short'), kind: 'market' },
			{ ...task('wished'), kind: 'adverts' }
		];
		const crews = crewsOf([{ ...party('x', { task_id: 'enough' }), wishes: [] as string[] }], tasks);
		const family = { ...party('a', { headcount: 2, minors: 1 }), wishes: ['adverts'] };
		expect(suggestedCrews(family, crews).map((one) => one.task.id)).toEqual([
			'wished',
			'short',
			'enough',
			'water'
		]);
	});
});

describe('differences', () => {
	const gathering = { place: '府后山广场', starts: '08:30', ends: '11:00' };
	type Board = Parameters<typeof differences>[0];
	const told = <Row extends object>(row: Row) => ({
		wishes: [] as string[],
		tools: '',
		note: '',
		minutes: 90,
		...row
	});
	const board = (parties: Party[], tasks: Task[] = [task('d'), task('e')]): Board => ({
		gathering,
		parties: parties.map(told),
		tasks: tasks.map(told)
	});

	it('is empty when nothing happened', () => {
		const before = board([party('a', { task_id: 'd', leads: true })]);
		expect(differences(before, structuredClone(before))).toEqual([]);
	});

	it('tells who went from where to where, and who leads now', () => {
		const before = board([party('a', { task_id: 'd' }), party('b', { task_id: 'd' })]);
		const after = board([
			party('a', { task_id: 'e', leads: true }),
			party('b', { task_id: 'd', leads: true })
		]);
		expect(differences(before, after)).toEqual([
			{ kind: 'moved', party: 'a', name: 'a', from: 'site d', to: 'site e' },
			{ kind: 'leads', party: 'a', name: 'a', task: 'site e' },
			{ kind: 'leads', party: 'b', name: 'b', task: 'site d' }
		]);
	});

	it('tells who came, went, moved up and changed in size', () => {
		const before = board([party('left'), party('up', { status: 'waitlisted' }), party('grew')]);
		const after = board([party('up'), party('grew', { headcount: 2 }), party('new')]);
		expect(differences(before, after).map(({ kind }) => kind)).toEqual([
			'joined',
			'resized',
			'joined',
			'left'
		]);
	});

	it('names a task that is gone', () => {
		const before = board([party('a', { task_id: 'e' })]);
		const after = board([party('a')], [task('d', { crew_max: 9 })]);
		expect(differences(before, after)).toEqual([
			{ kind: 'task_changed', task: 'site d' },
			{ kind: 'task_removed', task: 'site e' },
			{ kind: 'moved', party: 'a', name: 'a', from: 'site e', to: null }
		]);
	});

	it('tells what leaves every count as it was: a wish, a danger at a site, the place', () => {
		const before = board([party('a'), party('b')]);
		const after = {
			gathering: { ...gathering, place: '老城小学' },
			parties: before.parties.map((one) => (one.id === 'a' ? { ...one, wishes: ['adverts'] } : one)),
			tasks: before.tasks.map((one) => (one.id === 'e' ? { ...one, hazards: ['deep_water'] } : one))
		};
		expect(differences(before, after)).toEqual([
			{ kind: 'gathering_changed' },
			{ kind: 'task_edited', task: 'site e' },
			{ kind: 'edited', party: 'a', name: 'a' }
		]);
	});
});
