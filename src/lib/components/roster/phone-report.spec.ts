// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PhoneReport, type PhoneWord } from './phone-report';

let told: [string, PhoneWord][];
let fails: boolean;
let now: number;
const store = new Map<string, string>();

function phone() {
	return new PhoneReport({
		send: async (gathering, word) => {
			if (fails) throw new Error('no signal');
			told.push([gathering, word]);
		},
		now: () => now
	});
}
const later = async (ms: number) => {
	now += ms;
	await vi.advanceTimersByTimeAsync(ms);
};

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => store.get(key) ?? null,
		setItem: (key: string, value: string) => void store.set(key, value)
	});
	store.clear();
	[told, fails, now] = [[], false, 1_800_000_000_000];
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('a phone', () => {
	it('is heard when it takes a roster, and when what it holds changes', async () => {
		const one = phone();
		one.holds('g');
		await later(3000);
		expect(told).toEqual([['g', { records: 0, photos: 0 }]]);
		for (const records of [1, 2, 3]) one.counts({ records, photos: 1 });
		await later(3000);
		expect(told.slice(1)).toEqual([['g', { records: 3, photos: 1 }]]);
		one.holds('g');
		await later(3000);
		expect(told).toHaveLength(2);
	});

	it('is heard again after five minutes without a change', async () => {
		const one = phone();
		one.holds('g');
		await later(3000);
		await later(6 * 60_000);
		one.holds('g');
		await later(3000);
		expect(told).toHaveLength(2);
	});

	it('without a signal tells it as soon as it can', async () => {
		const one = phone();
		fails = true;
		one.holds('g');
		one.counts({ records: 4, photos: 0 });
		await later(3000);
		expect(told).toEqual([]);
		fails = false;
		one.holds('g');
		await later(3000);
		expect(told).toEqual([['g', { records: 4, photos: 0 }]]);
	});

	it('opened again tells every roster of the day, and forgets yesterday’s', async () => {
		phone().holds('old');
		now += 40 * 60 * 60_000;
		phone().holds('g');
		const again = phone();
		again.holds('h');
		again.counts({ records: 1, photos: 0 });
		await later(3000);
		expect(new Set(told.map(([gathering]) => gathering))).toEqual(new Set(['g', 'h']));
	});
});
