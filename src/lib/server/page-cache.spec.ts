import { setImmediate } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodingFor, PageCache, type PageCacheOptions } from './page-cache';

let now: number;
let renders: number;
beforeEach(() => {
	now = 0;
	renders = 0;
});

const cacheWith = (options: PageCacheOptions = {}) =>
	new PageCache({ fresh: 5, stale: 60, now: () => now, ...options });

/** Renders '#1', '#2', … each after other work had its turn, as a real render awaits its data. */
const render = (init?: ResponseInit, body?: (count: number) => string) => async () => {
	const count = ++renders;
	await setImmediate();
	return new Response(body?.(count) ?? `#${count}`, init);
};
const read = async (cache: PageCache, key = 'page', init?: ResponseInit) =>
	(await cache.get(key, 'identity', render(init))).text();

describe('the page cache', () => {
	it('renders once for a thousand readers who come at the same time', async () => {
		const cache = cacheWith();
		const answers = await Promise.all(Array.from({ length: 1000 }, () => read(cache)));
		expect(new Set(answers)).toEqual(new Set(['#1']));
		expect(renders).toBe(1);
	});

	it('renders different keys beside each other', async () => {
		const cache = cacheWith();
		expect(await Promise.all([read(cache, 'zh /'), read(cache, 'en /')])).toEqual(['#1', '#2']);
	});

	it('serves the old page while one new one is made behind it', async () => {
		const cache = cacheWith();
		await read(cache);
		now = 6;
		expect(await Promise.all(Array.from({ length: 100 }, () => read(cache)))).toEqual(Array(100).fill('#1'));
		expect(renders).toBe(2);
		await setImmediate();
		await setImmediate();
		expect(await read(cache)).toBe('#2');
	});

	it('keeps the old page when making a new one fails, until its time is up', async () => {
		const cache = cacheWith();
		await read(cache);
		now = 30;
		const failing = () => Promise.reject(new Error('the database is away'));
		expect(await (await cache.get('page', 'identity', failing)).text()).toBe('#1');
		expect(await (await cache.get('page', 'identity', render({ status: 500 }))).text()).toBe('#1');
		await setImmediate();
		now = 66;
		await expect(cache.get('page', 'identity', failing)).rejects.toThrow('away');
	});

	it('tells an error to all who waited, renders it once, and forgets it', async () => {
		const cache = cacheWith();
		const answers = await Promise.all(
			Array.from({ length: 50 }, () => cache.get('page', 'identity', render({ status: 500 })))
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([500]));
		expect(renders).toBe(1);
		expect(cache.size.pages).toBe(0);
		expect(await read(cache)).toBe('#2');
	});

	it('gives nobody an answer that was made for another', async () => {
		const cache = cacheWith();
		const personal: Record<string, string>[] = [
			{ 'set-cookie': 'a=b' },
			{ 'cache-control': 'no-store' },
			{ 'cache-control': 'private, no-cache' }
		];
		for (const headers of personal) {
			renders = 0;
			const answers = await Promise.all([1, 2, 3].map(() => read(cache, 'page', { headers })));
			expect(answers.toSorted()).toEqual(['#1', '#2', '#3']);
			expect(cache.size.pages).toBe(0);
		}
	});

	it('keeps no more pages than it may, the least recently read going first', async () => {
		const cache = cacheWith({ maxPages: 2 });
		await read(cache, 'a');
		await read(cache, 'b');
		await read(cache, 'a');
		await read(cache, 'c');
		expect(cache.size.pages).toBe(2);
		expect(await read(cache, 'a')).toBe('#1');
		expect(await read(cache, 'b')).toBe('#4');
	});

	it('keeps no more bytes than it may, whatever is asked of it', async () => {
		const cache = cacheWith({ maxBytes: 10_000 });
		const page = (bytes: number) => render({}, () => 'x'.repeat(bytes));
		for (let i = 0; i < 500; i++) await cache.get(`/?area=${i}`, 'identity', page(999));
		expect(cache.size).toEqual({ pages: 5, bytes: 9990 });
		await cache.get('large', 'identity', page(20_000));
		expect(cache.size.pages).toBe(5);
	});

	it('counts a page made anew once', async () => {
		const cache = cacheWith();
		for (now = 0; now < 1000; now += 100) await read(cache);
		expect(cache.size).toEqual({ pages: 1, bytes: 6 });
	});

	it('keeps the headers of the page with it', async () => {
		const cache = cacheWith();
		const policy = { 'content-security-policy': "script-src 'sha256-x'" };
		await read(cache, 'page', { headers: policy });
		const { headers } = await cache.get('page', 'identity', render());
		expect(headers.get('content-security-policy')).toBe("script-src 'sha256-x'");
	});

	it('compresses a page once, and names each form of it by its content', async () => {
		const cache = cacheWith();
		const words = () => '义务劳动日 '.repeat(500);
		const get = (encoding: 'identity' | 'gzip' | 'br') => cache.get('page', encoding, render({}, words));
		const [plain, gzip, br] = await Promise.all([get('identity'), get('gzip'), get('br')]);
		const [, again] = [await get('br'), await get('br')];
		expect(br.headers.get('content-encoding')).toBe('br');
		expect(br.headers.get('vary')).toBe('accept-encoding');
		expect(again.headers.get('etag')).toBe(br.headers.get('etag'));
		const names = [plain, gzip, br].map(({ headers }) => headers.get('etag'));
		expect(new Set(names).size).toBe(3);
		const packed = Buffer.from(await br.arrayBuffer());
		expect(packed.byteLength).toBe(Number(br.headers.get('content-length')));
		expect(brotliDecompressSync(packed).toString()).toBe(words());
		expect(gunzipSync(Buffer.from(await gzip.arrayBuffer())).toString()).toBe(words());
	});
});

describe('the encoding', () => {
	it.each([
		[null, 'identity'],
		['gzip, deflate', 'gzip'],
		['gzip, deflate, br, zstd', 'br'],
		['br;q=0, gzip;q=0.5', 'gzip'],
		['gzip;q=0.0', 'identity']
	] as const)('for %s is %s', (accepted, encoding) => expect(encodingFor(accepted)).toBe(encoding));
});
