import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const kept = new Map<string, string>();
beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal('document', {});
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value)
	});
	kept.clear();
	vi.resetModules();
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** The page is opened anew: only what the browser kept is there. */
async function opened() {
	vi.resetModules();
	return (await import('./said')).said;
}

it('asks once for the words of a key, also when the page is opened anew', async () => {
	const say = vi.fn(() => '11月27日');
	let said = await opened();
	expect([said('a', say), said('a', say)]).toEqual(['11月27日', '11月27日']);
	vi.runAllTimers();
	said = await opened();
	expect(said('a', say)).toBe('11月27日');
	expect(said('b', () => '11月28日')).toBe('11月28日');
	expect(say).toHaveBeenCalledTimes(1);
});

it('forgets what was not said for long, not what is said each time', async () => {
	let said = await opened();
	for (let n = 0; n < 60; n++) {
		said('always', () => 'this');
		said(`once ${n}`, () => String(n));
	}
	vi.runAllTimers();
	said = await opened();
	const again = vi.fn(() => 'again');
	expect(said('always', again)).toBe('this');
	expect(said('once 59', again)).toBe('59');
	expect(said('once 0', again)).toBe('again');
	expect(Object.keys(JSON.parse([...kept.values()][0]!) as object)).toHaveLength(40);
});

it('keeps nothing on the server', async () => {
	vi.unstubAllGlobals();
	const said = await opened();
	expect(said('a', () => 'one')).toBe('one');
	expect(said('a', () => 'two')).toBe('two');
});
