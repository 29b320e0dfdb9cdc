/** Public pages that are mere documents: light, complete without the app's scripts, and yet with what a script can add. */
import { test as base, expect } from '@playwright/test';
import { startApp, type RunningApp } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { expectNoSidewaysScroll, inEveryView, shoot } from './support/screens.ts';

/** The demo district, which has a labour day with gatherings. */
const test = base.extend<object, { demo: RunningApp }>({
	demo: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
		async ({}, use) => {
			const app = await startApp({ args: ['--demo'] });
			await use(app);
			await app.stop();
		},
		{ scope: 'worker', timeout: 180_000 }
	],
	baseURL: async ({ demo }, use) => use(demo.url)
});

/** Bytes a first visit moves, by kind, as the browser counts them: headers and compression included. */
test('a first visit to the labour day moves less than 45 kB of scripts and 70 kB in all', async ({
	page
}) => {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Network.enable');
	const kinds = new Map<string, string>();
	const moved = { scripts: 0, all: 0 };
	devtools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
	devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		moved.all += encodedDataLength;
		if (kinds.get(requestId) === 'Script') moved.scripts += encodedDataLength;
	});
	await page.goto('/', { waitUntil: 'networkidle' });
	await expect(page.getByRole('link', { name: '我要报名' })).toBeVisible();
	expect(moved.scripts).toBeGreaterThan(500);
	expect(moved.scripts).toBeLessThan(45_000);
	expect(moved.all).toBeLessThan(70_000);
});

test('large text comes at once and stays', async ({ page }) => {
	await page.goto('/');
	await page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
	await page.getByRole('button', { name: '大字' }).click();
	await expect(page.locator('html')).toHaveAttribute('data-large', '');
	expect(await page.evaluate(() => 'notReloaded' in globalThis)).toBe(true);
	await page.reload();
	await expect(page.getByRole('button', { name: '标准' })).toBeVisible();
});

test.describe('somebody who says where they are', () => {
	// The square of Wanli Road street, in the south of the town.
	test.use({ permissions: ['geolocation'], geolocation: { longitude: 106.93, latitude: 27.69 } });

	test('gets the gatherings by distance, each with how far it is', async ({ page }) => {
		await page.goto('/');
		const rows = page.locator('#gatherings li');
		const before = await rows.allInnerTexts();
		expect(before.length).toBeGreaterThan(2);
		await page.getByRole('button', { name: '找离我最近的' }).click();
		const metres = async () =>
			(await rows.locator('[data-lng]').allInnerTexts()).map((words) => {
				const number = Number(/[\d.]+/.exec(words)?.[0]);
				return words.includes('公里') ? number * 1000 : number;
			});
		await expect.poll(async () => (await metres()).every((one) => one > 0)).toBe(true);
		const found = await metres();
		expect(found).toEqual([...found].sort((a, b) => a - b));
		expect(await rows.count()).toBe(before.length);
	});
});

test('who does not say where they are is told how else to find it', async ({ page }) => {
	await page.goto('/');
	await page.getByRole('button', { name: '找离我最近的' }).click();
	await expect(page.getByText('没能取得位置')).toBeVisible();
});

test('a page made in the browser leads to a document and its enhancements work there too', async ({
	page
}) => {
	await page.goto('/sign-in');
	await page.getByRole('link', { name: '周五义务劳动' }).click();
	await expect(page.getByRole('link', { name: '我要报名' })).toBeVisible();
	await page.getByRole('button', { name: '大字' }).click();
	await expect(page.locator('html')).toHaveAttribute('data-large', '');
	await page.getByRole('button', { name: '找离我最近的' }).click();
	await expect(page.getByText('没能取得位置')).toBeVisible();
});

for (const [name, path] of [
	['day', '/'],
	['sites', '/sites'],
	['results', '/results'],
	['about', '/about'],
	['days', '/days'],
	['sign-in', '/sign-in'],
	['sign-up', '/sign-up']
] as const) {
	test(`${name}: axe finds nothing and nothing is wider than the phone, in every view`, async ({ page }) => {
		test.slow();
		await page.goto(path);
		await inEveryView(page, async () => {
			await expectNoAxeViolations(page);
			await expectNoSidewaysScroll(page);
		});
		await shoot(page, name);
	});
}
