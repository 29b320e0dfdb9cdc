import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attendanceBySignup, summariseAttendance, type AttendanceEvent } from './attendance';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const at = (time: string) => Date.parse(`2026-11-27T${time}:00Z`);
const plan = { start: at('08:30'), end: at('11:00') };

let made = 0;

/** A party's fact: at a time, so many heads, of whom so many minors. */
function check(
	time: string,
	heads: number,
	minors = 0,
	more: Partial<AttendanceEvent> = {}
): AttendanceEvent {
	made += 1;
	const id = `e${String(made).padStart(4, '0')}`;
	return { id, signup: 's1', device: 'd1', seq: made, at: at(time), kind: 'present', heads, minors, ...more };
}

function undo(event: AttendanceEvent, more: Partial<AttendanceEvent> = {}): AttendanceEvent {
	return { ...check('12:00', 0), kind: 'void', voids: event.id, ...more };
}

const nobody = {
	participations: 0,
	minors: 0,
	personSeconds: 0,
	minorSeconds: 0,
	selfSeconds: 0,
	namedSeconds: 0,
	namedSelfSeconds: 0,
	presentHeads: 0,
	presentMinors: 0,
	openEnded: false,
	firstAt: null,
	lastAt: null
};

describe('attendance', () => {
	it('of nobody is nothing', () => {
		expect(summariseAttendance([], plan)).toEqual(nobody);
		expect(summariseAttendance([check('09:00', 0)], plan)).toEqual({ ...nobody, lastAt: at('09:00') });
	});

	it('integrates the heads that were really there', () => {
		// Four come with one minor, two leave (one of them the minor), one more leaves, then the last.
		const events = [check('08:40', 4, 1), check('09:40', 2, 0), check('10:10', 1), check('10:40', 0)];
		expect(summariseAttendance(events, plan)).toEqual({
			participations: 4,
			minors: 1,
			personSeconds: 4 * 3600 + 2 * 1800 + 1800,
			minorSeconds: 3600,
			selfSeconds: 0,
			namedSeconds: 2 * 3600,
			namedSelfSeconds: 0,
			presentHeads: 0,
			presentMinors: 0,
			openEnded: false,
			firstAt: at('08:40'),
			lastAt: at('10:40')
		});
	});

	it('counts a party that grew once, by its largest headcount', () => {
		const sum = summariseAttendance([check('08:30', 1), check('09:30', 3, 2), check('10:30', 0)], plan);
		expect(sum).toMatchObject({
			participations: 3,
			minors: 2,
			personSeconds: 4 * 3600,
			minorSeconds: 2 * 3600
		});
	});

	it('counts a forgotten check-out to the planned end, and marks it', () => {
		expect(summariseAttendance([check('09:00', 2)], plan)).toMatchObject({
			personSeconds: 2 * 2 * 3600,
			openEnded: true,
			firstAt: at('09:00'),
			lastAt: at('09:00')
		});
	});

	it('counts to the last event where that came after the planned end', () => {
		const sum = summariseAttendance([check('09:00', 2), check('11:30', 1)], plan);
		expect(sum).toMatchObject({ personSeconds: 2 * 2.5 * 3600, namedSeconds: 2.5 * 3600, openEnded: true });
	});

	it('counts a late arrival after the planned end as a participation without hours', () => {
		const sum = summariseAttendance([check('11:20', 1)], plan);
		expect(sum).toMatchObject({ participations: 1, personSeconds: 0, openEnded: true });
	});

	it('begins half an hour before the planned start at the earliest', () => {
		const sum = summariseAttendance([check('06:00', 1), check('08:30', 0)], plan);
		expect(sum).toMatchObject({ personSeconds: 1800, firstAt: at('06:00'), participations: 1 });
	});

	it('ends two hours after the planned end at the latest', () => {
		const sum = summariseAttendance([check('11:00', 3), check('22:00', 0)], plan);
		expect(sum).toMatchObject({ personSeconds: 3 * 2 * 3600, lastAt: at('22:00'), openEnded: false });
	});

	it('certifies nothing while only minors are left', () => {
		const sum = summariseAttendance([check('08:30', 3, 2), check('09:30', 2, 2), check('10:30', 0)], plan);
		expect(sum).toMatchObject({ namedSeconds: 3600, personSeconds: 5 * 3600, minorSeconds: 4 * 3600 });
	});

	it('does not count the time between leaving and coming back', () => {
		const events = [check('08:30', 1), check('09:00', 0), check('10:00', 1), check('10:30', 0)];
		expect(summariseAttendance(events, plan)).toMatchObject({ namedSeconds: 3600, lastAt: at('10:30') });
	});

	it('takes the last one of several facts of the same instant: device, then sequence', () => {
		const [four, three] = [check('09:00', 4, 0, { seq: 1 }), check('09:00', 3, 0, { seq: 2 })];
		expect(summariseAttendance([three, four, check('10:00', 0)], plan)).toMatchObject({
			participations: 3,
			personSeconds: 3 * 3600
		});
		const other = check('09:00', 5, 0, { device: 'd0', seq: 99 });
		expect(summariseAttendance([other, three, four], plan).participations).toBe(3);
	});

	it('forgets what was voided, whichever arrives first, and nothing else', () => {
		const [wrong, right, out] = [check('08:40', 40), check('08:45', 4), check('10:45', 0)];
		const expected = summariseAttendance([right, out], plan);
		expect(summariseAttendance([undo(wrong), wrong, right, out], plan)).toEqual(expected);
		expect(summariseAttendance([wrong, right, out, undo(wrong)], plan)).toEqual(expected);
		expect(expected).toMatchObject({ participations: 4, personSeconds: 4 * 2 * 3600 });
	});

	it('opens a party again whose check-out was voided', () => {
		const out = check('09:00', 0);
		expect(summariseAttendance([check('08:30', 1), out, undo(out)], plan)).toMatchObject({
			namedSeconds: 2.5 * 3600,
			openEnded: true,
			lastAt: at('08:30')
		});
	});

	it('cannot void a void', () => {
		const wrong = check('08:40', 40);
		const taken = undo(wrong);
		expect(summariseAttendance([wrong, taken, undo(taken)], plan)).toEqual(nobody);
	});

	it('keeps apart what the volunteer began or ended themselves', () => {
		const self = { source: 'self' as const };
		const events = [
			check('08:30', 2),
			check('09:00', 2, 0, self),
			check('09:30', 2),
			check('10:00', 2),
			check('10:30', 0, 0, self)
		];
		// 8:30–9:00 ended and 9:00–9:30 began on their own word, 9:30–10:00 on nobody's but the leader's, 10:00–10:30 ended on theirs.
		expect(summariseAttendance(events, plan)).toMatchObject({
			personSeconds: 4 * 3600,
			selfSeconds: 3 * 3600,
			namedSeconds: 2 * 3600,
			namedSelfSeconds: 1.5 * 3600
		});
	});

	it('counts nothing outside the day, so that two days never share a minute', () => {
		const day = { start: at('00:00'), end: at('00:00') + 24 * HOUR };
		const late = { start: at('21:00'), end: at('23:30'), day };
		expect(
			summariseAttendance([check('23:00', 1), { ...check('23:00', 0), at: day.end + HOUR }], late)
		).toMatchObject({
			namedSeconds: 3600
		});
		const early = { start: at('00:10'), end: at('02:00'), day };
		expect(
			summariseAttendance([{ ...check('00:00', 1), at: day.start - HOUR }, check('01:00', 0)], early)
		).toMatchObject({
			namedSeconds: 3600
		});
	});

	it('keeps parties apart', () => {
		const parties = attendanceBySignup([check('08:30', 2), check('09:30', 5, 4, { signup: 's2' })], plan);
		expect([...parties].map(([signup, sum]) => [signup, sum.participations, sum.minors])).toEqual([
			['s1', 2, 0],
			['s2', 5, 4]
		]);
	});
});

/** Any history of one party: whole minutes and few devices, so that ties and voids happen. */
const history = fc
	.array(
		fc.record({
			minute: fc.integer({ min: -300, max: 400 }),
			device: fc.constantFrom('d1', 'd2'),
			heads: fc.nat({ max: 5 }),
			minors: fc.nat({ max: 5 }),
			source: fc.constantFrom('leader' as const, 'self' as const),
			voids: fc.oneof(
				{ weight: 4, arbitrary: fc.constant(null) },
				{ weight: 1, arbitrary: fc.nat({ max: 11 }) }
			)
		}),
		{ maxLength: 12 }
	)
	.map((rows) =>
		rows.map(({ minute, device, heads, minors, source, voids }, index): AttendanceEvent => ({
			source,
			id: `e${index}`,
			signup: 's1',
			device,
			seq: index,
			at: plan.start + minute * MINUTE,
			heads,
			minors: Math.min(heads, minors),
			...(voids === null ? { kind: 'present' } : { kind: 'void', voids: `e${voids}` })
		}))
	);

const shuffledAndRepeated = history.chain((events) =>
	fc.tuple(
		fc.constant(events),
		fc
			.array(fc.nat({ max: Math.max(0, events.length - 1) }), { maxLength: 8 })
			.map((again) => [...events, ...again.flatMap((index) => events[index] ?? [])])
			.chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }))
	)
);

describe('whatever happened', () => {
	it('the order and the number of arrivals change nothing', () => {
		fc.assert(
			fc.property(shuffledAndRepeated, ([events, arrived]) => {
				expect(summariseAttendance(arrived, plan)).toEqual(summariseAttendance(events, plan));
			})
		);
	});

	it('equals a head count minute by minute', () => {
		fc.assert(
			fc.property(history, (events) => {
				const gone = new Set(events.map((event) => event.voids));
				const facts = events.filter((event) => event.kind === 'present' && !gone.has(event.id));
				let person = 0;
				let named = 0;
				for (let now = plan.start - 30 * MINUTE; now < plan.end + 2 * HOUR; now += MINUTE) {
					const before = facts.filter((fact) => fact.at <= now);
					const newest = Math.max(...before.map((fact) => fact.at));
					const ties = before.filter((fact) => fact.at === newest);
					const lastDevice = ties
						.map((fact) => fact.device)
						.toSorted()
						.at(-1);
					const holding = ties.findLast((fact) => fact.device === lastDevice);
					const isLast = facts.every((fact) => fact.at <= now);
					const counts = holding && !(isLast && now >= plan.end);
					const heads = counts ? holding.heads : 0;
					person += heads * 60;
					named += counts && heads > holding.minors ? 60 : 0;
				}
				expect(summariseAttendance(events, plan)).toMatchObject({
					personSeconds: person,
					namedSeconds: named
				});
			}),
			{ numRuns: 300 }
		);
	});

	it('the sums stay within each other’s bounds', () => {
		fc.assert(
			fc.property(history, (events) => {
				const sum = summariseAttendance(events, plan);
				const longest = (plan.end - plan.start + 2.5 * HOUR) / 1000;
				expect(sum.namedSeconds).toBeLessThanOrEqual(longest);
				expect(sum.personSeconds).toBeGreaterThanOrEqual(sum.namedSeconds);
				expect(sum.personSeconds).toBeLessThanOrEqual(sum.participations * longest);
				expect(sum.personSeconds - sum.minorSeconds).toBeGreaterThanOrEqual(sum.namedSeconds);
				expect(sum.minorSeconds).toBeLessThanOrEqual(sum.minors * longest);
				expect(sum.selfSeconds).toBeLessThanOrEqual(sum.personSeconds);
				expect(sum.namedSelfSeconds).toBeLessThanOrEqual(Math.min(sum.namedSeconds, sum.selfSeconds));
				expect(sum.minors).toBeLessThanOrEqual(sum.participations);
				expect(sum.firstAt === null).toBe(sum.participations === 0);
			})
		);
	});
});
