import { describe, expect, it } from 'vitest';
import {
	countHeads,
	filterParties,
	findParties,
	hazardsToConfirm,
	inOrder,
	partiesOf,
	recordsOfCrew,
	sumAttendance,
	type LocalRecord,
	type Roster,
	type RosterEvent,
	type RosterParty,
	type WalkInRecord
} from './index';

const at = (time: string) => `2026-11-27T${time}:00.000Z`;
const ms = (time: string) => Date.parse(at(time));
let made = 0;

const event = (time: string, heads: number, more: Partial<RosterEvent> = {}): RosterEvent => ({
	id: `e${++made}`,
	kind: 'present',
	heads,
	minors: 0,
	at: at(time),
	voids: null,
	device_id: 'd1',
	seq: made,
	late: false,
	accepted: false,
	source: 'leader',
	claimed: false,
	knows: [],
	by: null,
	...more
});

const party = (name: string, more: Partial<RosterParty> = {}): RosterParty => ({
	id: `s-${name}`,
	no: 1,
	name,
	headcount: 3,
	minors: 1,
	can_lead: false,
	status: 'confirmed',
	source: 'guest',
	task_id: 't1',
	leads: false,
	note: '',
	phone: null,
	code_hash: null,
	events: [],
	...more
});

const roster = (...parties: RosterParty[]): Roster => ({
	server_time: at('08:00'),
	gathering: {
		id: 'g1',
		place: '广场',
		starts: '08:30',
		ends: '11:00',
		starts_at: at('08:30'),
		ends_at: at('11:00'),
		date: '2026-11-27',
		time_zone: 'UTC',
		status: 'open'
	},
	venue_secret: '0'.repeat(64),
	organizer: false,
	tasks: [],
	parties
});

const stamp = (time: string) => ({
	seq: ++made,
	device_id: 'd2',
	at: at(time),
	device_time: at(time),
	clock_offset_ms: 0
});

const tapped = (
	signup: string,
	time: string,
	heads: number,
	more: Partial<LocalRecord> = {}
): LocalRecord => ({
	record: {
		type: 'attendance',
		id: `l${++made}`,
		signup_id: signup,
		kind: 'present',
		heads,
		minors: 0,
		voids: null,
		...stamp(time)
	},
	state: 'waiting',
	...more
});

const walkIn = (name: string, time: string, more: Partial<LocalRecord> = {}): LocalRecord => ({
	record: {
		type: 'walk_in',
		id: `w-${name}`,
		event_id: `we-${name}`,
		gathering_id: 'g1',
		task_id: 't1',
		name,
		phone: null,
		headcount: 2,
		minors: 0,
		...stamp(time)
	},
	state: 'waiting',
	...more
});

const only = (parties: ReturnType<typeof partiesOf>) => {
	expect(parties).toHaveLength(1);
	return parties[0]!;
};

it('of one crew shows who just came to it, not to another or to none', () => {
	const other = walkIn('李先生', '08:40');
	const nowhere = walkIn('赵先生', '08:40');
	const local = [
		walkIn('路人', '08:40'),
		{ ...other, record: { ...other.record, task_id: 't2' } as WalkInRecord },
		{ ...nowhere, record: { ...nowhere.record, task_id: null } as WalkInRecord }
	];
	const names = partiesOf(roster(), recordsOfCrew(local, 't1'), ms('09:00')).map(({ name }) => name);
	expect(names).toEqual(['路人']);
	expect(partiesOf(roster(), local, ms('09:00'))).toHaveLength(3);
});

it('is in the order of the names as one looks for them, by pinyin, who just came among the others', () => {
	const announced = inOrder(['赵', '张', '陈', '王'].map((name) => party(name)));
	expect(announced.map(({ name }) => name)).toEqual(['陈', '王', '张', '赵']);
	const names = (...local: LocalRecord[]) =>
		partiesOf(roster(...announced), local, ms('09:00')).map(({ name }) => name);
	expect(names()).toEqual(['陈', '王', '张', '赵']);
	expect(names(walkIn('李', '08:40'))).toEqual(['陈', '李', '王', '张', '赵']);
});

describe('a party', () => {
	it('is expected, then here, then gone; and absent once the planned end has passed', () => {
		const state = (now: string, ...events: RosterEvent[]) =>
			only(partiesOf(roster(party('王女士', { events })), [], ms(now))).presence;
		expect(state('10:59')).toBe('expected');
		expect(state('11:01')).toBe('absent');
		expect(state('09:00', event('08:30', 3))).toBe('here');
		expect(state('10:00', event('08:30', 3), event('09:30', 0))).toBe('left');
	});

	it('shows a tap at once, before the server knows it, and once when it does', () => {
		const tap = tapped('s-王女士', '08:40', 2);
		const before = only(partiesOf(roster(party('王女士')), [tap], ms('09:00')));
		expect(before).toMatchObject({ presence: 'here', heads: 2, came: 2, waiting: 1 });
		const arrived = event('08:40', 2, { id: tap.record.id, device_id: 'd2', seq: tap.record.seq });
		const after = only(
			partiesOf(roster(party('王女士', { events: [arrived] })), [{ ...tap, state: 'sent' }], ms('09:00'))
		);
		expect(after).toMatchObject({ presence: 'here', came: 2, waiting: 0 });
		expect(after.facts).toHaveLength(1);
	});

	it('is late or leaves early only beyond a quarter of an hour', () => {
		const state = (...events: RosterEvent[]) =>
			only(partiesOf(roster(party('李先生', { events })), [], ms('12:00')));
		expect(state(event('08:45', 1), event('10:45', 0))).toMatchObject({ late: false, leftEarly: false });
		expect(state(event('08:46', 1), event('10:44', 0))).toMatchObject({ late: true, leftEarly: true });
	});

	it('left when the last head did, even if somebody checked it out twice', () => {
		const events = [event('08:30', 2), event('10:00', 0), event('10:30', 0)];
		expect(only(partiesOf(roster(party('李先生', { events })), [], ms('12:00'))).leftAt).toBe(ms('10:00'));
	});

	it('that nobody checked out is marked after the end, not before', () => {
		const list = roster(party('李先生', { events: [event('08:30', 1)] }));
		expect(only(partiesOf(list, [], ms('10:30'))).openEnded).toBe(false);
		expect(only(partiesOf(list, [], ms('11:30'))).openEnded).toBe(true);
	});

	it('is as before once a tap is taken back, and may come again', () => {
		const tap = tapped('s-王女士', '08:40', 3);
		const undo: LocalRecord = {
			record: { ...tapped('s-王女士', '08:41', 0).record, kind: 'void', voids: tap.record.id } as never,
			state: 'waiting'
		};
		expect(only(partiesOf(roster(party('王女士')), [tap, undo], ms('09:00')))).toMatchObject({
			presence: 'expected',
			came: 0,
			waiting: 2
		});
	});

	it('does not count what came after the closing until somebody accepts it', () => {
		const late = { ...event('08:40', 3), late: true };
		const state = (accepted: boolean) =>
			only(partiesOf(roster(party('王女士', { events: [{ ...late, accepted }] })), [], ms('09:00')));
		expect(state(false)).toMatchObject({ came: 0, undecided: 1 });
		expect(state(true)).toMatchObject({ came: 3, undecided: 0 });
		const local = tapped('s-王女士', '08:40', 3, { state: 'late' });
		expect(only(partiesOf(roster(party('王女士')), [local], ms('09:00')))).toMatchObject({ undecided: 1 });
	});
});

describe('somebody who just comes', () => {
	it('is on the roster at once, and once when the server has them', () => {
		const came = walkIn('路人', '09:00');
		expect(only(partiesOf(roster(), [came], ms('09:01')))).toMatchObject({
			id: 'w-路人',
			walkIn: true,
			came: 2,
			waiting: 1
		});
		const known = party('路人', {
			id: 'w-路人',
			source: 'walk_in',
			headcount: 2,
			events: [event('09:00', 2, { id: 'we-路人' })]
		});
		expect(partiesOf(roster(known), [{ ...came, state: 'sent' }], ms('09:01'))).toHaveLength(1);
	});

	it('becomes the party that signed up with the same phone', () => {
		const came = walkIn('路人', '09:00', { state: 'sent', signup_id: 's-赵阿姨' });
		expect(only(partiesOf(roster(party('赵阿姨')), [came], ms('09:01')))).toMatchObject({
			name: '赵阿姨',
			came: 2,
			walkIn: false
		});
	});

	it('is gone when taken back', () => {
		const came = walkIn('路人', '09:00', { state: 'sent' });
		const undo: LocalRecord = {
			record: { ...tapped('w-路人', '09:01', 0).record, kind: 'void', voids: 'we-路人' } as never,
			state: 'sent'
		};
		expect(partiesOf(roster(), [came, undo], ms('09:02'))).toEqual([]);
	});

	it('belongs to no other gathering’s roster', () => {
		const came = walkIn('路人', '09:00');
		const elsewhere = { ...came, record: { ...came.record, gathering_id: 'g2' } as never };
		expect(partiesOf(roster(), [elsewhere], ms('09:01'))).toEqual([]);
	});
});

describe('the screen', () => {
	const list = partiesOf(
		roster(
			party('王女士', { phone: '+8613800138000', events: [event('08:30', 2)] }),
			party('Li 先生', { headcount: 1 }),
			party('五(2)班', { headcount: 6, events: [event('08:30', 6), event('09:30', 0)] }),
			party('候补', { status: 'waitlisted' })
		),
		[],
		ms('10:00')
	);

	it('counts heads that came against heads announced', () => {
		expect(countHeads(list)).toEqual({
			expected: 10,
			came: 8,
			here: 2,
			parties: 3,
			missing: 1,
			hereParties: 1
		});
	});

	it('finds a party by a part of its name or the end of its phone', () => {
		const found = (words: string) => findParties(list, words).map(({ name }) => name);
		expect(found('王')).toEqual(['王女士']);
		expect(found('li先')).toEqual(['Li 先生']);
		expect(found('8000')).toEqual(['王女士']);
		expect(found('00')).toEqual([]);
		expect(found('')).toHaveLength(4);
	});

	it('shows who is missing and who is here', () => {
		const names = (filter: Parameters<typeof filterParties>[1]) =>
			filterParties(list, filter).map(({ name }) => name);
		expect(names('missing').toSorted()).toEqual(['Li 先生', '候补']);
		expect(names('here')).toEqual(['王女士']);
	});
});

describe('a volunteer’s own check-in', () => {
	const claim = (more: Partial<RosterEvent> = {}) =>
		event('08:40', 2, { id: 'claim', source: 'self', claimed: true, device_id: 's-王', ...more });
	const now = ms('09:30');

	it('is told from a leader’s', () => {
		const [own] = partiesOf(
			roster(party('王', { events: [event('08:40', 3, { source: 'self' })] })),
			[],
			now
		);
		expect(own).toMatchObject({ bySelf: true, presence: 'here', claim: null });
		const [led] = partiesOf(roster(party('王', { events: [event('08:40', 3)] })), [], now);
		expect(led).toMatchObject({ bySelf: false });
	});

	it('that came too late is a claim: it counts for nothing and waits for the leader', () => {
		const [state] = partiesOf(roster(party('王', { events: [claim()] })), [], now);
		expect(state).toMatchObject({
			presence: 'expected',
			came: 0,
			undecided: 0,
			claim: { id: 'claim', at: ms('08:40'), heads: 2 },
			known: ['claim']
		});
	});

	it('is answered by the leader’s record, and open again when that is taken back', () => {
		const answer = event('08:40', 2, { id: 'answer', knows: ['claim'] });
		const [answered] = partiesOf(roster(party('王', { events: [claim(), answer] })), [], now);
		expect(answered).toMatchObject({ presence: 'here', claim: null });
		const undo = event('08:50', 0, { kind: 'void', voids: 'answer' });
		const [open] = partiesOf(roster(party('王', { events: [claim(), answer, undo] })), [], now);
		expect(open).toMatchObject({ presence: 'expected', claim: { id: 'claim' } });
	});

	it('is let go by taking it back, and needs no answer once somebody was seen', () => {
		const undo = event('08:50', 0, { kind: 'void', voids: 'claim' });
		expect(partiesOf(roster(party('王', { events: [claim(), undo] })), [], now)[0]).toMatchObject({
			claim: null
		});
		expect(
			partiesOf(roster(party('王', { events: [claim(), event('09:00', 3)] })), [], now)[0]
		).toMatchObject({ claim: null, came: 3 });
	});
});

it('two phones’ headcounts that disagree are shown with the party', () => {
	const [state] = partiesOf(
		roster(party('王', { events: [event('08:40', 4), event('08:41', 3, { device_id: 'd9', by: '李' })] })),
		[],
		ms('09:00')
	);
	expect(state?.conflict?.map(({ heads, by }) => [heads, by])).toEqual([
		[4, null],
		[3, '李']
	]);
});

it('adds up to heads and hours: minors, own word and open ends told apart, nobody who stayed away', () => {
	const states = partiesOf(
		roster(
			party('王', { events: [event('08:30', 3, { minors: 2 }), event('09:30', 1), event('10:30', 0)] }),
			party('李', { events: [event('10:00', 2, { source: 'self' })] }),
			party('赵')
		),
		[],
		ms('12:00')
	);
	expect(sumAttendance(states)).toEqual({
		came: 5,
		personSeconds: (3 + 1 + 2) * 3600,
		minorSeconds: 2 * 3600,
		selfSeconds: 2 * 3600,
		openEnded: 1
	});
	expect(states.map(({ cameMinors }) => cameMinors)).toEqual([2, 0, 0]);
});

describe('worked out again', () => {
	const before = new Map();
	const people = [party('陈'), party('李', { events: [event('08:40', 3)] }), party('王')];
	const states = (local: LocalRecord[], now = ms('09:00'), all = people) =>
		new Map(partiesOf(roster(...all), local, now, before).map((state) => [state.name, state]));
	const tap = tapped('s-陈', '08:45', 2, { kept: false });
	const first = states([tap]);

	it('a party of which nothing new is known is the same object, also from a fresh answer of the server', () => {
		const again = states([structuredClone(tap)], ms('09:01'), structuredClone(people));
		for (const name of ['陈', '李', '王']) expect(again.get(name), name).toBe(first.get(name));
	});

	it('one of which something is, is not: a tap, the disk’s or the server’s word, a record put right, the end of the day', () => {
		const kept = states([{ ...tap, kept: true }]);
		expect(kept.get('陈')).toMatchObject({ waiting: 1, writing: 0 });
		expect(kept.get('李')).toBe(first.get('李'));
		expect(states([{ ...tap, kept: true, state: 'sent' }]).get('陈')).toMatchObject({ waiting: 0 });
		expect(states([{ ...tap, record: { ...tap.record, heads: 1 } } as LocalRecord]).get('陈')).toMatchObject({
			heads: 1
		});
		expect(states([]).get('陈')).toMatchObject({ presence: 'expected' });
		expect(states([tap, tapped('s-王', '08:50', 3)]).get('王')).toMatchObject({ presence: 'here' });
		const fewer = [people[0]!, { ...people[1]!, events: [] }, people[2]!];
		expect(states([], ms('09:00'), fewer).get('李')).toMatchObject({ presence: 'expected' });
		expect(states([], ms('12:00'), fewer).get('李')).toMatchObject({ presence: 'absent' });
	});
});

describe('children at a dangerous site', () => {
	const tasks = [{ id: 't1', hazards: ['deep_water' as const] }];
	const stateOf = (more: Partial<RosterParty>, local: LocalRecord[] = []) =>
		partiesOf(roster(party('刘家', more)), local, ms('09:00'))[0]!;
	const asks = (more: Partial<RosterParty>, minors: number, local: LocalRecord[] = []) =>
		hazardsToConfirm(stateOf(more, local), minors, tasks).length > 0;

	it('are asked about when there are more than anybody has said, here or on another phone', () => {
		const events = [event('08:40', 3, { minors: 1 })];
		expect([asks({}, 0), asks({}, 1)]).toEqual([false, true]);
		expect([asks({ events }, 1), asks({ events }, 2)]).toEqual([false, true]);
		const { record, state } = tapped('s-刘家', '08:45', 3);
		const two: LocalRecord = { record: { ...record, minors: 2 } as typeof record, state };
		expect([asks({ events }, 2, [two]), asks({ events }, 3, [two])]).toEqual([false, true]);
	});

	it('are not asked about again once somebody said that they know, nor where there is no danger', () => {
		expect(asks({ minors_confirmed: true }, 5)).toBe(false);
		expect(asks({ task_id: null }, 5)).toBe(false);
		expect(hazardsToConfirm(stateOf({}), 5, [{ id: 't1', hazards: [] }])).toEqual([]);
	});

	it('whom the party itself claims to have brought are asked about', () => {
		const events = [event('08:40', 3, { minors: 1, source: 'self', claimed: true })];
		expect(asks({ events }, 1)).toBe(true);
	});
});
