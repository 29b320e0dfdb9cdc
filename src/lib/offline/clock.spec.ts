import { describe, expect, it } from 'vitest';
import {
	afterJump,
	instantOf,
	latest,
	learnt,
	notBefore,
	recorded,
	setRight,
	UNKNOWN,
	type Clock
} from './clock';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** The server's time when the phone took the day along. */
const TAKEN = Date.UTC(2026, 10, 27, 0, 30);
/** What a phone shows after its battery was flat. */
const RESET = 5000;

const right: Clock = { offset: 0, passed: TAKEN, guessed: false };
const now = (clock: Clock, wall: number) => instantOf(setRight(clock, wall), wall);

describe('what the server says', () => {
	it('is the time in the middle between question and answer', () => {
		expect(learnt(TAKEN, TAKEN + HOUR, TAKEN + HOUR + 2000)).toEqual({
			offset: -HOUR - 1000,
			passed: TAKEN,
			guessed: false
		});
	});

	it.each([
		['ahead', RESET, TAKEN + 300],
		['back', TAKEN + DAY, TAKEN + 300]
	])('is the time of the answer when the phone was put %s in between', (_, asked, received) => {
		expect(learnt(TAKEN, asked, received).offset).toBe(-300);
	});

	it('counts from then on, also when a record of a clock that was ahead had said more', () => {
		expect(learnt(TAKEN, TAKEN, TAKEN).passed).toBe(TAKEN);
	});
});

describe('a clock that agrees with what has passed', () => {
	it.each([
		['right', right],
		['a day ahead, and known to be', { ...right, offset: -DAY }],
		['off by what networks are', { ...right, offset: -30_000 }],
		['never asked', UNKNOWN]
	])('stays as it is: %s', (_, clock) => {
		const wall = TAKEN - clock.offset;
		expect(setRight(clock, wall - 20_000)).toBe(clock);
		expect(setRight(clock, wall + 3 * HOUR)).toBe(clock);
	});
});

describe('a battery ran flat', () => {
	it('and time runs on from what has passed', () => {
		expect(now(right, RESET)).toBe(TAKEN);
		const lost = setRight(right, RESET);
		expect(lost.guessed).toBe(true);
		expect(now(lost, RESET + HOUR)).toBe(TAKEN + HOUR);
	});

	it('twice: from the newest record that was made between', () => {
		const lost = setRight(right, RESET);
		const made = recorded(lost, instantOf(lost, RESET + HOUR));
		expect(now(made, RESET)).toBe(TAKEN + HOUR);
	});

	it('and then the phone finds a network that sets its clock: it is believed again', () => {
		const lost = setRight(right, RESET);
		expect(setRight(lost, TAKEN + 2 * HOUR)).toEqual(right);
	});

	it('on a phone that was known to be a day off: that no longer holds when it is set', () => {
		const lost = setRight({ ...right, offset: DAY }, RESET);
		expect(now(lost, TAKEN + 2 * HOUR)).toBe(TAKEN + 2 * HOUR);
	});

	it('and the clock came up a month behind', () => {
		expect(now(right, TAKEN - 30 * DAY)).toBe(TAKEN);
	});

	it('on a phone that knows nothing of the time: its clock is all there is', () => {
		expect(now(UNKNOWN, RESET)).toBe(RESET);
	});

	it('the evening before the day: whether the day has come cannot be denied, that next month has can', () => {
		const lost = setRight(right, RESET);
		expect(latest(lost, RESET)).toBeGreaterThan(TAKEN + 12 * HOUR);
		expect(latest(lost, RESET)).toBeLessThan(TAKEN + 28 * DAY);
		expect(latest(right, TAKEN)).toBe(TAKEN);
	});
});

describe('a clock that somebody sets', () => {
	it('a phone a day ahead is put right while it was off: it is believed', () => {
		expect(now({ ...right, offset: -DAY }, TAKEN + HOUR)).toBe(TAKEN + HOUR);
	});

	it('a jump by just what was learnt ends it; another one, a night’s sleep, does not', () => {
		const behind = { ...right, offset: DAY };
		expect(afterJump(behind, DAY + 20).offset).toBe(-20);
		expect(afterJump(behind, 7 * HOUR)).toBe(behind);
		expect(afterJump({ ...right, offset: 9000 }, 9000).offset).toBe(9000);
	});

	it('thrown ahead to next year: what it records is no sign of the time', () => {
		const wall = TAKEN + 400 * DAY;
		expect(recorded(right, now(right, wall)).passed).toBe(TAKEN);
		expect(recorded(right, TAKEN + HOUR).passed).toBe(TAKEN + HOUR);
		expect(notBefore(right, TAKEN - HOUR)).toBe(right);
	});
});
