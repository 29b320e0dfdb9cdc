import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardParty, BoardTask } from '$lib/data/board';
import { headsOf, withChanges } from '$lib/domain/board';
import { findProblems, makePlan, whyHere, type Plan } from '$lib/domain/planner';
import { orphanedOf, presentOf, toPlanInput, type PlanScope } from './board-input';
import { knowingly, propose } from './proposal';

const AREAS = [
	{ id: 'district', parent_id: null, level: 'district', lng: 106.9, lat: 27.7 },
	{ id: 'old-town', parent_id: 'district', level: 'street', lng: 106.92, lat: 27.72 },
	{ id: 'north-gate', parent_id: 'old-town', level: 'community', lng: 106.91, lat: 27.71 },
	{ id: 'south-gate', parent_id: 'old-town', level: 'community', lng: null, lat: null }
] as const;

const party = (id: string, over: Partial<BoardParty> = {}): BoardParty => ({
	id,
	person_id: `person ${id}`,
	name: id,
	headcount: 2,
	minors: 0,
	status: 'confirmed',
	can_lead: false,
	task_id: null,
	leads: false,
	pinned: false,
	home_area_id: null,
	home: null,
	home_en: null,
	wishes: [],
	tools: '',
	note: '',
	source: 'account',
	queue_no: 1,
	seen_at: null,
	promoted_at: null,
	phone: null,
	assigned_at: null,
	overrides: [],
	attended: null,
	...over
});

const task = (id: string, over: Partial<BoardTask> = {}): BoardTask => ({
	id,
	name: id,
	crew_min: 2,
	crew_max: 6,
	hazards: [],
	site_id: `site ${id}`,
	kind: 'drain',
	length_m: null,
	lng: null,
	lat: null,
	address: '',
	minutes: 60,
	tools: '',
	note: '',
	last_cleaned_on: null,
	overdue_days: null,
	site_area_id: 'north-gate',
	site_area: 'north-gate',
	no: 1,
	entries: 0,
	...over
});

const inputOf = (parties: BoardParty[], tasks: BoardTask[], scope: PlanScope = 'all') =>
	toPlanInput(parties, tasks, AREAS, scope);
const planOf = (assignments: Record<string, string>, leaders: Record<string, string> = {}): Plan => ({
	...makePlan({ parties: [], tasks: [] }),
	assignments: new Map(Object.entries(assignments)),
	leaders: new Map(Object.entries(leaders))
});

describe('the board as the planner sees it', () => {
	it('knows the community and the street of a home, as far as it was told', () => {
		const homes = ['north-gate', 'old-town', 'district', 'elsewhere', null];
		const { parties } = inputOf(
			homes.map((home_area_id, n) => party(`${n}`, { home_area_id })),
			[]
		);
		expect(parties.map(({ community, street }) => [community, street])).toEqual([
			['north-gate', 'old-town'],
			[null, 'old-town'],
			[null, null],
			['elsewhere', null],
			[null, null]
		]);
	});

	it('knows about where a home lies: at its community, else at its street', () => {
		const homes = ['north-gate', 'south-gate', 'old-town', 'district', null];
		const { parties } = inputOf(
			homes.map((home_area_id, n) => party(`${n}`, { home_area_id })),
			[]
		);
		const street = { lng: 106.92, lat: 27.72 };
		expect(parties.map(({ place }) => place)).toEqual([
			{ lng: 106.91, lat: 27.71 },
			street,
			street,
			null,
			null
		]);
	});

	it('sends who lives elsewhere to the nearer of two places', () => {
		const near = task('near', { site_area_id: 'elsewhere', lng: 106.913, lat: 27.71 });
		const far = task('far', { site_area_id: 'elsewhere', lng: 106.95, lat: 27.75 });
		const who = party('guest', { home_area_id: 'north-gate', headcount: 2 });
		const input = inputOf([who], [far, near]);
		const plan = makePlan(input);
		expect(plan.assignments.get('guest')).toBe('near');
		expect(whyHere(input, plan, input.parties[0]!)).toEqual([{ code: 'nearby' }]);
	});

	it('takes an area that nobody placed to lie in the middle of its tasks', () => {
		const there = [
			task('a', { site_area_id: 'south-gate', lng: 106.93, lat: 27.73 }),
			task('b', { site_area_id: 'south-gate', lng: 106.95, lat: 27.77 }),
			task('unmeasured', { site_area_id: 'south-gate' }),
			task('c', { site_area_id: 'north-gate', lng: 107, lat: 28 })
		];
		const homes = ['south-gate', 'north-gate', 'old-town'].map((home) => party(home, { home_area_id: home }));
		const [south, north, street] = inputOf(homes, there).parties.map(({ place }) => place);
		expect(south!.lng).toBeCloseTo(106.94);
		expect(south!.lat).toBeCloseTo(27.75);
		expect(north).toEqual({ lng: 106.91, lat: 27.71 });
		expect(street).toEqual({ lng: 106.92, lat: 27.72 });
	});

	it('lets who leads a crew go on, and names nobody else as its leader', () => {
		const board = [
			party('able', { can_lead: true, headcount: 1 }),
			party('leader', { task_id: 'a', leads: true, pinned: true })
		];
		const input = inputOf(board, [task('a')]);
		const plan = makePlan(input);
		expect(plan.leaders.get('a')).toBe('leader');
		expect(propose(board, [task('a')], plan).steps.map(({ change }) => change.leads)).toEqual([false]);
	});

	it('keeps what a person decided; the rest only where it was asked to', () => {
		const parties = [
			party('decided', { task_id: 'a', pinned: true }),
			party('planned', { task_id: 'a' }),
			party('new')
		];
		const pins = (scope: PlanScope) =>
			inputOf(parties, [task('a')], scope).parties.map(({ pinned }) => pinned);
		expect(pins('all')).toEqual(['a', null, null]);
		expect(pins('fewest')).toEqual(['a', null, null]);
		expect(pins('rest')).toEqual(['a', 'a', null]);
		expect(inputOf(parties, [], 'all').parties.map(({ previous }) => previous)).toEqual(['a', 'a', null]);
		expect(inputOf(parties, [], 'fewest').stability).toBe('fewest-moves');
	});

	it('does not plan who only waits for a place', () => {
		const [waiting] = inputOf([party('late', { status: 'waitlisted' })], [task('a')], 'rest').parties;
		expect(waiting).toMatchObject({ waitlisted: true, pinned: null });
	});

	it('keeps minors from hazards and sends a second adult with them elsewhere', () => {
		const tasks = [task('deep water', { hazards: ['deep_water'] }), task('square')];
		const [deep, square] = inputOf([party('family', { headcount: 3, minors: 2 })], tasks).tasks;
		expect(deep).toMatchObject({ minorsAllowed: false, minAdults: 1 });
		expect(square).toMatchObject({ minorsAllowed: true, minAdults: 2 });
		expect(inputOf([party('pair')], tasks).tasks[1]).toMatchObject({ minAdults: 1 });
	});

	it('gives those who came the places of those who did not', () => {
		const tasks = [task('a', { crew_min: 4, crew_max: 4 }), task('b', { crew_max: 4 })];
		const board = [
			party('came', { task_id: 'a', attended: 1 }),
			party('stayed away', { task_id: 'a' }),
			party('also came', { task_id: 'b', attended: 2 }),
			party('walk-in', { headcount: 3, attended: 3 }),
			party('not here yet')
		];
		const present = presentOf(board);
		const plan = makePlan(inputOf(present, tasks, 'rest'));
		const { steps } = propose(present, tasks, plan);
		expect(steps.map(({ party, change }) => [party.id, change.task_id])).toEqual([['walk-in', 'a']]);
		// On paper the crew has one head too many: those who stayed away still stand in it.
		expect(knowingly(steps, board, tasks)[0]?.change.confirm).toEqual(['over_max']);
		expect(knowingly(steps, present, tasks)[0]?.change.confirm).toEqual([]);
	});

	it('on the day gives a crew whose leader stayed away to somebody who came and can, and moves nobody', () => {
		const tasks = [task('a'), task('b'), task('c')];
		const board = [
			party('away', { task_id: 'a', leads: true, can_lead: true }),
			party('able', { task_id: 'a', can_lead: true, attended: 1 }),
			party('leader', { task_id: 'b', leads: true, attended: 2 }),
			party('second', { task_id: 'b', can_lead: true, attended: 2 }),
			party('hand', { task_id: 'c', attended: 2 })
		];
		expect(orphanedOf(board)).toEqual(['a']);
		const present = presentOf(board);
		const { steps } = propose(present, tasks, makePlan(inputOf(present, tasks, 'rest')));
		expect(
			knowingly(steps, board, tasks).map(({ change }) => [change.signup_id, change.task_id, change.leads])
		).toEqual([['able', 'a', true]]);
		// Who leads on paper is no news that would refuse it.
		expect(knowingly(steps, board, tasks)[0]?.change.led_by).toEqual(['away']);
	});

	it('takes a crew that a person filled beyond its maximum as it is', () => {
		const parties = [1, 2, 3, 4].map((n) => party(`${n}`, { task_id: 'a', pinned: true }));
		const input = inputOf([...parties, party('new')], [task('a')]);
		expect(findProblems(input).filter(({ blocking }) => blocking)).toEqual([]);
		expect(makePlan(input).assignments.has('new')).toBe(false);
	});

	it('still tells that a maximum lies below its minimum', () => {
		const input = inputOf([party('pair', { task_id: 'a', pinned: true })], [task('a', { crew_min: 9 })]);
		expect(findProblems(input).map(({ code }) => code)).toContain('crew_max_below_min');
	});
});

describe('a plan held against the board', () => {
	const tasks = [task('a'), task('b', { crew_max: 2 })];

	it('changes only what is different, and says what was seen', () => {
		const parties = [party('stays', { task_id: 'a', leads: true, can_lead: true }), party('comes')];
		const { steps } = propose(parties, tasks, planOf({ stays: 'a', comes: 'b' }, { a: 'stays', b: 'comes' }));
		expect(steps.map(({ change }) => change)).toEqual([
			{
				signup_id: 'comes',
				task_id: 'b',
				was: null,
				leads: true,
				was_leads: false,
				led_by: [],
				confirm: [],
				pinned: false,
				was_pinned: false
			}
		]);
	});

	it('leaves a crew to who leads it already', () => {
		const parties = [party('leader', { task_id: 'a', leads: true }), party('able', { can_lead: true })];
		const { steps } = propose(parties, tasks, planOf({ leader: 'a', able: 'a' }, { a: 'able' }));
		expect(steps.map(({ change }) => [change.signup_id, change.leads])).toEqual([['able', false]]);
	});

	it('keeps a person’s decision when its party becomes the leader', () => {
		const parties = [party('decided', { task_id: 'a', pinned: true, can_lead: true })];
		const { steps } = propose(parties, tasks, planOf({ decided: 'a' }, { a: 'decided' }));
		expect(steps[0]?.change).toMatchObject({ task_id: 'a', leads: true, pinned: true });
	});

	it('takes out whom the plan has no crew for, and never touches the waitlist', () => {
		const parties = [party('out', { task_id: 'a' }), party('waiting', { status: 'waitlisted' })];
		const { steps, after } = propose(parties, tasks, planOf({ waiting: 'a' }));
		expect(steps.map(({ change }) => [change.signup_id, change.task_id])).toEqual([['out', null]]);
		expect(after).toEqual({ placed: 0, staffed: 0, leaderless: 0 });
	});

	it('whatever the board, changes only confirmed parties, and can be taken back to the letter', () => {
		const anyTask = fc.record({
			crew_min: fc.integer({ min: 1, max: 6 }),
			crew_max: fc.integer({ min: 6, max: 12 }),
			hazards: fc.subarray(['deep_water' as const])
		});
		const anyParty = fc.record({
			headcount: fc.integer({ min: 1, max: 6 }),
			minors: fc.constantFrom(0, 0, 0, 1),
			status: fc.constantFrom('confirmed' as const, 'confirmed' as const, 'waitlisted' as const),
			can_lead: fc.boolean(),
			at: fc.option(fc.nat({ max: 3 })),
			leads: fc.boolean(),
			pinned: fc.boolean(),
			home_area_id: fc.constantFrom(null, 'north-gate', 'south-gate', 'old-town')
		});
		let planned = 0;
		fc.assert(
			fc.property(
				fc.array(anyTask, { minLength: 1, maxLength: 4 }),
				fc.array(anyParty, { maxLength: 12 }),
				fc.constantFrom<PlanScope>('all', 'rest', 'fewest'),
				(someTasks, someParties, scope) => {
					const tasks = someTasks.map((over, n) => task(`t${n}`, over));
					const parties = someParties.map(({ at, leads, pinned, ...over }, n) => {
						const placed = over.status === 'confirmed' && at !== null && at < tasks.length;
						return party(`p${n}`, {
							...over,
							task_id: placed ? `t${at}` : null,
							leads: placed && leads,
							pinned: placed && pinned
						});
					});
					const input = inputOf(parties, tasks, scope);
					if (findProblems(input).some(({ blocking }) => blocking)) return;
					planned++;
					const { steps, undo, after } = propose(parties, tasks, makePlan(input));
					expect(steps.every(({ party: { status } }) => status === 'confirmed')).toBe(true);
					for (const { party: who, change } of steps)
						if (who.pinned || (scope === 'rest' && who.task_id)) expect(change.task_id).toBe(who.task_id);
					const changed = withChanges(
						parties,
						steps.map(({ change }) => change)
					);
					expect(headsOf(changed.filter(({ task_id }) => task_id !== null))).toBe(after.placed);
					expect(withChanges(changed, undo)).toEqual(parties);
				}
			),
			{ numRuns: 150 }
		);
		expect(planned).toBeGreaterThan(50);
	}, 60_000);

	it('counts both standings and can put everything back, crews that were too full too', () => {
		const parties = [
			party('1', { task_id: 'b', leads: true, pinned: true }),
			party('2', { task_id: 'b' }),
			party('3')
		];
		const { steps, undo, before, after } = propose(
			parties,
			tasks,
			planOf({ 1: 'b', 2: 'a', 3: 'a' }, { b: '1' })
		);
		expect(before).toEqual({ placed: 4, staffed: 1, leaderless: 0 });
		expect(after).toEqual({ placed: 6, staffed: 2, leaderless: 1 });
		const changed = withChanges(
			parties,
			steps.map(({ change }) => change)
		);
		expect(withChanges(changed, undo)).toEqual(parties);
		for (const change of undo) {
			const now = changed.find(({ id }) => id === change.signup_id);
			expect([change.was, change.was_leads]).toEqual([now?.task_id, now?.leads]);
		}
		expect(undo.find(({ signup_id }) => signup_id === '2')).toMatchObject({
			confirm: ['over_max'],
			pinned: false
		});
	});
});
