/** A leader's phone without a signal: how soon a tap is answered, and how soon the app, started anew, shows a list to work with. */
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, it } from 'vitest';
import { openCrews, type Crew } from '../e2e/support/crews';
import { Phone, signInOnce, takeAlong } from '../e2e/support/phone';
import { startApp, type RunningApp } from '../e2e/process';
import { median } from './load';

const MINUTES = 60_000;
const PARTIES = 60;
const TAPS = 25;
const STARTS = 5;
let app: RunningApp;
let crew: Crew;
let phone: Phone;

beforeAll(async () => {
	app = await startApp();
	crew = await (await openCrews(app)).crew(PARTIES);
	phone = await Phone.open(app.url);
	await signInOnce(phone.page, crew.session);
	await takeAlong(phone.page, `/lead/${crew.task}`);
	await phone.page.locator('button.tick').first().waitFor();
	// The own page once with a signal, as on any phone that is used; then closed in good order.
	await phone.page.goto('/me');
	await phone.page.locator(`a[href="/lead/${crew.task}"]`).first().waitFor();
	await phone.restart();
	await phone.context.setOffline(true);
	await phone.page.goto(`/lead/${crew.task}`);
	await phone.page.locator('button.tick').first().waitFor();
}, 5 * MINUTES);
afterAll(async () => {
	await phone.close();
	await app.stop();
});

async function throttle(page: Page, rate: number): Promise<void> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Emulation.setCPUThrottlingRate', { rate });
}

/** How fast this machine is: millions of turns of a plain loop in a second. Four times slower than a fast machine is fast still. */
const turns = (page: Page): Promise<number> =>
	page.evaluate(() => {
		const start = performance.now();
		let sum = 0;
		for (let n = 0; n < 50_000_000; n++) sum = (sum * 31 + n) | 0;
		return (50 / (performance.now() - start)) * 1000 + (sum === 1 ? 1 : 0);
	});

it('a tap’s answer at 6× CPU throttling, without a signal', { timeout: 5 * MINUTES }, async () => {
	const { page } = phone;
	await throttle(page, 6);
	const times: number[] = [];
	for (let n = 0; n < TAPS; n++) {
		const button = page.locator('button.tick:not(.here)').first();
		await button.evaluate((element) => {
			const shown = new Promise<number>((done) => {
				element.addEventListener(
					'click',
					(event) => {
						// Until the frame that shows the tick has been drawn: what waits in a frame's callback runs after it.
						const look = () =>
							element.classList.contains('here')
								? setTimeout(() => done(performance.now() - event.timeStamp))
								: requestAnimationFrame(look);
						look();
					},
					{ once: true, capture: true }
				);
			});
			Object.assign(globalThis, { shown });
		});
		// A finger, not Playwright's click, which looks at the page before the page hears of it.
		await button.evaluate((element) => element.scrollIntoView({ block: 'center' }));
		const { x, y, width, height } = (await button.boundingBox())!;
		await page.touchscreen.tap(x + width / 2, y + height / 2);
		times.push(await page.evaluate(() => (globalThis as unknown as { shown: Promise<number> }).shown));
	}
	await throttle(page, 1);
	const sorted = times.toSorted((a, b) => a - b);
	console.table([
		{
			'': `check in, ${PARTIES} parties, up to ${TAPS} records waiting, 6× CPU`,
			'median ms': Math.round(median(times)),
			'slowest ms': Math.round(sorted.at(-1)!),
			wanted: '≤ 100'
		}
	]);
});

it(
	'cold start of the installed app at 4× CPU throttling, without a signal',
	{ timeout: 10 * MINUTES },
	async () => {
		const starts: number[] = [];
		const speeds: number[] = [];
		for (let n = 0; n < STARTS; n++) {
			await phone.kill();
			await phone.start({ offline: true });
			const { page } = phone;
			speeds.push(await turns(page));
			await throttle(page, 4);
			await page.addInitScript(() => {
				const list = new Promise<number>((done) => {
					const look = () =>
						document.querySelector('button.tick:not([disabled])')
							? requestAnimationFrame(() => done(performance.now()))
							: requestAnimationFrame(look);
					look();
				});
				Object.assign(globalThis, { list });
			});
			// Where the app on the home screen begins.
			await page.goto('/start');
			starts.push(await page.evaluate(() => (globalThis as unknown as { list: Promise<number> }).list));
		}
		console.table([
			{
				'': `browser killed, app started offline: a list of ${PARTIES} parties one can tap, 4× CPU`,
				'median ms': Math.round(median(starts)),
				'slowest ms': Math.round(Math.max(...starts)),
				wanted: '≤ 1500',
				'million turns/s (unthrottled)': Math.round(median(speeds))
			}
		]);
	}
);
