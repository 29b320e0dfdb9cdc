import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetCode, keepCode, keptCode, scannedIn } from './venue-kept';

const G = '00000000-0000-4000-8000-000000000001';
const CODE = '60000000_0123456789abcdef';

describe('the address of a scanned code', () => {
	it('tells gathering and code', () => {
		expect(scannedIn(`/v/${G}/${CODE}`)).toEqual({ gathering: G, code: CODE });
	});
	it.each(['/', `/v/${G}`, `/v/${G}/482913`, `/v/x/${CODE}`, `/s/${G}/${CODE}`, `/v/${G}/${CODE}/x`])(
		'%s is none',
		(path) => expect(scannedIn(path)).toBeNull()
	);
});

describe('a code read without a signal', () => {
	const store = new Map<string, string>();
	beforeEach(() => {
		store.clear();
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => store.get(key) ?? null,
			setItem: (key: string, value: string) => void store.set(key, value),
			removeItem: (key: string) => void store.delete(key)
		});
	});
	afterEach(() => vi.unstubAllGlobals());

	it('keeps the time of its first reading', () => {
		keepCode({ gathering: G, code: CODE, at: 1000 });
		keepCode({ gathering: G, code: CODE, at: 9000 });
		expect(keptCode(G, 10_000)?.at).toBe(1000);
		keepCode({ gathering: G, code: '60000001_0123456789abcdef', at: 9000 });
		expect(keptCode(G, 10_000)?.at).toBe(9000);
	});

	it('is for its gathering and its day', () => {
		keepCode({ gathering: G, code: CODE, at: 1000 });
		expect(keptCode('another', 2000)).toBeUndefined();
		expect(keptCode(G, 1000 + 21 * 60 * 60_000)).toBeUndefined();
		forgetCode();
		expect(keptCode(G, 2000)).toBeUndefined();
	});

	it('is lost, and nothing breaks, where the browser keeps nothing', () => {
		vi.stubGlobal('localStorage', undefined);
		keepCode({ gathering: G, code: CODE, at: 1000 });
		expect(keptCode(G, 2000)).toBeUndefined();
		forgetCode();
	});
});
