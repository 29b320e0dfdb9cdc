/** The app on the phone: what is kept there, what opens without a signal, and that a new version waits to be let in. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { startReleases } from './support/releases.ts';

/** Opens a page and waits until the service worker rules it. */
async function installed(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (!navigator.serviceWorker.controller)
			await new Promise((done) =>
				navigator.serviceWorker.addEventListener('controllerchange', done, { once: true })
			);
	});
}

/** Paths of everything the service worker has kept. */
const kept = (page: Page): Promise<string[]> =>
	page.evaluate(async () => {
		const requests = await Promise.all(
			(await caches.keys()).map(async (name) => (await caches.open(name)).keys())
		);
		return [...new Set(requests.flat().map(({ url }) => new URL(url).pathname))].sort();
	});

/** What the pages of leaders and organizers ask for when they open. */
const keepAll = (page: Page) =>
	page.evaluate(async () => (await navigator.serviceWorker.ready).active?.postMessage({ type: 'keep-all' }));

const ASSET = /^\/_app\/immutable\//;

test('a visitor’s phone keeps two pages and the files it had anyway', async ({ page }) => {
	const loaded = new Set<string>();
	page.on('request', (request) => loaded.add(new URL(request.url()).pathname));
	await installed(page, '/no-such-page');
	await expect.poll(async () => (await kept(page)).some((path) => ASSET.test(path))).toBe(true);
	const paths = await kept(page);
	expect(paths.filter((path) => !ASSET.test(path))).toEqual(['/enhance.js', '/offline', '/shell']);
	for (const path of paths.filter((path) => ASSET.test(path))) expect(loaded).toContain(path);
});

test('an organizer’s phone keeps every file of the app', async ({ page, request }) => {
	const worker = await (await request.get('/service-worker.js')).text();
	const built = new Set([...worker.matchAll(/_app\/immutable\/[\w./-]+/g)].map(([path]) => `/${path}`));
	built.delete('/_app/immutable/');
	expect(built.size).toBeGreaterThan(10);
	await installed(page, '/no-such-page');
	await keepAll(page);
	await expect
		.poll(async () => (await kept(page)).filter((path) => ASSET.test(path)).length, { timeout: 20_000 })
		.toBe(built.size);
});

test('without a signal the shells open, and what was never seen says so', async ({ page, context }) => {
	await installed(page, '/no-such-page');
	await keepAll(page);
	const files = async () => (await kept(page)).filter((path) => ASSET.test(path)).length;
	await expect.poll(files, { timeout: 20_000 }).toBeGreaterThan(10);
	await context.setOffline(true);

	for (const path of ['/organize', '/me', '/lead', '/organize/results/charts']) {
		await page.goto(path);
		await expect(page.locator('main'), path).toBeVisible();
		await expect(page.getByRole('heading', { name: '现在没有信号' }), path).toBeHidden();
	}
	await page.goto('/results?never=seen');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('现在没有信号');
	await context.setOffline(false);
});

test('people’s data never rest in its caches', async ({ page }) => {
	await installed(page, '/no-such-page');
	await page.evaluate(async () => {
		for (const path of ['/config.json', '/rest/v1/', '/auth/v1/settings', '/photos/x', '/healthz'])
			await fetch(path).catch(() => {});
	});
	expect((await kept(page)).filter((path) => /^\/(config|rest|auth|photos|healthz)/.test(path))).toEqual([]);
});

test('a phone that was made ready stays so when a new version comes in the background and the app is closed', async ({
	page,
	context,
	app
}) => {
	const releases = await startReleases(app.url);
	await installed(page, `${releases.site}/no-such-page`);
	await keepAll(page);
	const mark = (of: Page) => of.evaluate(async () => (await caches.match('/_app/complete'))?.text());
	await expect.poll(() => mark(page), { timeout: 20_000 }).toBe(releases.version.old);

	releases.released = true;
	await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
	const waits = () =>
		page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
	await expect.poll(waits, { timeout: 20_000 }).toBe(true);
	// The phone is put away; the new version takes over by itself. Where it is taken out again there is no signal.
	const later = await context.newPage();
	await page.close();
	await later.waitForTimeout(1500);
	releases.close();
	await later.goto(`${releases.site}/lead`);
	await expect(later.locator('main')).toBeVisible();
	const loaded = await later.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
	expect(loaded.some((name) => name.endsWith(releases.renamed))).toBe(true);
	await expect.poll(() => mark(later)).toBe(releases.version.next);
});

test('a new version that cannot be had whole does not take the place of one that is', async ({
	page,
	app
}) => {
	const releases = await startReleases(app.url);
	await installed(page, `${releases.site}/no-such-page`);
	await keepAll(page);
	const marked = () => page.evaluate(async () => (await caches.match('/_app/complete')) !== undefined);
	await expect.poll(marked, { timeout: 20_000 }).toBe(true);
	releases.released = releases.broken = true;
	const state = await page.evaluate(async () => {
		const registration = (await navigator.serviceWorker.getRegistration())!;
		const found = new Promise<ServiceWorker>((done) =>
			registration.addEventListener('updatefound', () => done(registration.installing!), { once: true })
		);
		await registration.update();
		const worker = await found;
		return new Promise<string>((done) => {
			const look = () => worker.state !== 'installing' && done(worker.state);
			worker.addEventListener('statechange', look);
			look();
		});
	});
	expect(state).toBe('redundant');
	releases.close();
	await page.goto(`${releases.site}/lead`);
	await expect(page.locator('main')).toBeVisible();
});

test('a new version waits until the person says so', async ({ page, app }) => {
	const releases = await startReleases(app.url);
	await installed(page, `${releases.site}/no-such-page`);
	await page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
	releases.released = true;
	await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
	const prompt = page.getByRole('button', { name: '更新' });
	await expect(prompt).toBeVisible();
	expect(await page.evaluate(() => 'notReloaded' in globalThis)).toBe(true);

	await prompt.click();
	await expect.poll(() => page.evaluate(() => 'notReloaded' in globalThis).catch(() => true)).toBe(false);
	await expect(prompt).toBeHidden();
	const waiting = () =>
		page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
	expect(await waiting()).toBe(false);
	releases.close();
});

test('it can be installed', async ({ page, request }) => {
	await page.goto('/');
	const href = await page.locator('link[rel=manifest]').getAttribute('href');
	const manifest = await (await request.get(href ?? '')).json();
	expect(manifest).toMatchObject({ name: '周五义务劳动', display: 'standalone', start_url: '/start' });
	const purposes = manifest.icons.map((icon: { purpose?: string }) => icon.purpose ?? 'any');
	expect(purposes).toContain('maskable');
	for (const { src, sizes } of manifest.icons) {
		const answer = await request.get(src);
		expect(answer.status(), src).toBe(200);
		if (sizes === 'any') continue;
		// Width and height stand in a PNG's first chunk.
		const png = await answer.body();
		expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, src).toBe(sizes);
	}
	const inEnglish = await request.get('/', { headers: { cookie: 'lang=en' } });
	const [, english = ''] = /<link rel="manifest" href="([^"]+)"/.exec(await inEnglish.text()) ?? [];
	expect(await (await request.get(english)).json()).toEqual({
		...manifest,
		lang: 'en',
		name: 'Last Friday: clean-up day',
		short_name: 'Last Friday',
		description: expect.stringContaining('last Friday'),
		shortcuts: [
			expect.objectContaining({ name: 'My task', url: '/me' }),
			expect.objectContaining({ name: 'Check in my crew', url: '/lead' })
		]
	});
});
