import { describe, expect, it } from 'vitest';
import {
	NO_FIGURES,
	entryChains,
	estimateKg,
	excessMetres,
	readCode,
	showCode,
	sumEntries,
	type LocalRecord,
	type ResultEntry
} from './index';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 27, 3, minute)).toISOString();

const entry = (id: string, minute: number, more: Partial<ResultEntry> = {}): ResultEntry => ({
	...NO_FIGURES,
	id,
	root_id: id,
	task_id: 't1',
	at: at(minute),
	device_id: 'd1',
	seq: minute,
	late: false,
	accepted_at: null,
	by: '陈师傅',
	...more
});

const written = (
	id: string,
	minute: number,
	figures: object,
	corrects: string | null = null
): LocalRecord => ({
	record: {
		type: 'result',
		...NO_FIGURES,
		id,
		task_id: 't1',
		corrects,
		seq: minute,
		device_id: 'd2',
		at: at(minute),
		device_time: at(minute),
		clock_offset_ms: 0,
		...figures
	},
	state: 'waiting'
});

describe('entries', () => {
	it('of other crews stay theirs', () => {
		const chains = entryChains(
			[entry('a', 0, { metres: 80 }), entry('b', 1, { task_id: 't2', corners: 2 })],
			[],
			't2'
		);
		expect(sumEntries(chains)).toMatchObject({ entries: 1, metres: 0, corners: 2 });
	});

	it('are superseded by their correction also where its phone’s clock is behind', () => {
		const [chain] = entryChains(
			[entry('a', 5, { metres: 80 }), entry('b', 4, { root_id: 'a', metres: 90 })],
			[],
			't1'
		);
		expect(chain).toMatchObject({ current: { metres: 90 }, earlier: [{ metres: 80 }] });
	});

	it('stand each with its corrections, the newest counting', () => {
		const chains = entryChains(
			[
				entry('a', 0, { metres: 150 }),
				entry('b', 1, { bags: 4 }),
				entry('c', 2, { root_id: 'a', metres: 140 })
			],
			[],
			't1'
		);
		expect(chains.map(({ rootId, current }) => [rootId, current.id])).toEqual([
			['a', 'c'],
			['b', 'b']
		]);
		expect(chains[0]!.earlier.map(({ id }) => id)).toEqual(['a']);
		expect(sumEntries(chains)).toMatchObject({ metres: 140, bags: 4, entries: 2 });
	});

	it('hold what this phone wrote, once', () => {
		const local = written('a', 0, { kg: 80 });
		expect(entryChains([], [local], 't1', '我')[0]!.current).toMatchObject({
			kg: 80,
			waiting: true,
			by: '我'
		});
		const both = entryChains([entry('a', 0, { kg: 80 })], [{ ...local, state: 'sent' }], 't1');
		expect(both).toHaveLength(1);
		expect(both[0]!.current).toMatchObject({ waiting: false, by: '陈师傅' });
		expect(entryChains([], [local], 't2')).toEqual([]);
	});

	it('are taken back by a correction that says nothing', () => {
		const chains = entryChains([entry('a', 0, { kg: 80, weighed: true })], [written('x', 5, {}, 'a')], 't1');
		expect(chains[0]).toMatchObject({ withdrawn: true, earlier: [{ id: 'a' }] });
		expect(sumEntries(chains)).toMatchObject({ kgWeighed: 0, entries: 0 });
	});

	it('that came after the closing count for nothing until accepted', () => {
		const late = entry('c', 9, { root_id: 'a', kg: 999, late: true });
		const before = entryChains([entry('a', 0, { kg: 80 }), late], [], 't1');
		expect(before[0]!.current.id).toBe('a');
		expect(sumEntries(before).kgEstimated).toBe(80);
		const after = entryChains([entry('a', 0, { kg: 80 }), { ...late, accepted_at: at(20) }], [], 't1');
		expect(sumEntries(after).kgEstimated).toBe(999);
		expect(sumEntries(entryChains([{ ...late, root_id: 'c' }], [], 't1')).entries).toBe(0);
	});
});

it('offers what bags probably weigh', () => {
	expect(estimateKg(12)).toBe(96);
	expect(estimateKg(0)).toBeNull();
	expect(estimateKg(null)).toBeNull();
});

it('says how far metres would go beyond the drain', () => {
	expect(excessMetres(620, 400, 200)).toBe(0);
	expect(excessMetres(620, 400, 250.5)).toBe(30.5);
	expect(excessMetres(null, 0, 5)).toBeNull();
});

describe('a check-in code', () => {
	it('is read however it was scanned or typed', () => {
		for (const text of ['k7m42xpd', ' K7M4 2XPD ', 'k7m4-2xpd', 'https://example.org/me#k7m42xpd'])
			expect(readCode(text)).toBe('k7m42xpd');
	});

	it('is nothing else', () => {
		for (const text of ['', 'k7m42xp', 'k7m42xpdd', 'k0m42xpd', 'https://example.org/'])
			expect(readCode(text)).toBeNull();
	});

	it('is shown in two halves', () => {
		expect(showCode('k7m42xpd')).toBe('k7m4 2xpd');
	});
});
