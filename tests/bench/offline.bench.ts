/** A leader's phone without a signal: how soon a tap is answered, and how soon the app, started anew, shows a list to work with. */
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, it } from 'vitest';
import { rowOf } from '../../src/lib/offline/outbox/row.ts';
import { inOrder } from '../../src/lib/domain/roster/index.ts';
import { openCrews, type Crew } from '../e2e/support/crews';
import { onDisk, Phone, signInOnce, takeAlong } from '../e2e/support/phone';
import { startApp, type RunningApp } from '../e2e/process';
import { median } from './load';

const MINUTES = 60_000;
const PARTIES = 60;
const TAPS = 15;
const WAITING = 500;
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

/** Taps boxes that are not ticked yet, as fingers do, one right after the other; answers in milliseconds how soon each was ticked. */
async function tap(page: Page, count: number): Promise<number[]> {
	const places = await page.locator('button.tick:not(.here)').evaluateAll((buttons, count) => {
		const chosen = buttons.slice(0, count);
		chosen[0]!.scrollIntoView({ block: 'center' });
		const shown = chosen.map(
			(button) =>
				new Promise<number>((done) => {
					button.addEventListener(
						'click',
						(event) => {
							// Until the frame that shows the tick has been drawn: what waits in a frame's callback runs after it.
							const look = () =>
								button.classList.contains('here')
									? setTimeout(() => done(performance.now() - event.timeStamp))
									: requestAnimationFrame(look);
							look();
						},
						{ once: true, capture: true }
					);
				})
		);
		Object.assign(globalThis, { shown: Promise.all(shown) });
		return chosen.map((button) => {
			const { x, y, width, height } = button.getBoundingClientRect();
			return { x: x + width / 2, y: y + height / 2 };
		});
	}, count);
	// A finger, which takes its way and finds a page that stands; not Playwright's click, which looks at the page first.
	await page.waitForTimeout(300);
	await Promise.all(places.map(({ x, y }) => page.touchscreen.tap(x, y)));
	return page.evaluate(() => (globalThis as unknown as { shown: Promise<number[]> }).shown);
}

/** Leaves records of an earlier hour on the phone's disk: parties at the end of the list came with more and with fewer. */
async function leaveRecords(): Promise<void> {
	const parties = inOrder(crew.parties).slice(-PARTIES / 3);
	const device = crypto.randomUUID();
	const since = Date.now() - 60 * MINUTES;
	const rows = Array.from({ length: WAITING }, (_, n) => {
		const at = new Date(since + n * 1000).toISOString();
		return rowOf(
			{
				type: 'attendance',
				id: crypto.randomUUID(),
				signup_id: parties[n % parties.length]!.id,
				kind: 'present',
				heads: 1 + (n % 4),
				minors: 0,
				voids: null,
				knows: [],
				device_id: device,
				seq: n + 1,
				at,
				device_time: at,
				clock_offset_ms: 0
			},
			crew.person
		);
	});
	await onDisk(phone.page, 'outbox', rows as unknown as Record<string, unknown>[]);
}

/** Starts the app anew after the browser was killed; answers in milliseconds how soon the list stood there, and how fast the machine was. */
async function startAnew(rest: number): Promise<{ list: number; speed: number }> {
	await phone.kill();
	await phone.start({ offline: true });
	const { page } = phone;
	const speed = await turns(page);
	await page.waitForTimeout(rest);
	await throttle(page, 4);
	await page.addInitScript(() => {
		const list = new Promise<number>((done) => {
			const look = () =>
				document.querySelector('button.tick:not([disabled])')
					? setTimeout(() => done(performance.now()))
					: requestAnimationFrame(look);
			look();
		});
		Object.assign(globalThis, { list });
	});
	// Where the app on the home screen begins.
	await page.goto('/start');
	const list = await page.evaluate(() => (globalThis as unknown as { list: Promise<number> }).list);
	return { list, speed };
}

type Row = Record<string, unknown>;

/** Opens the list and taps at 6× CPU throttling: so many times, with so many fingers at once. */
async function taps(name: string, fingers: number, times: number): Promise<Row> {
	const { page } = phone;
	await page.goto(`/lead/${crew.task}`);
	await page.locator('button.tick').first().waitFor();
	// A moment passes before a finger comes: the page has done by then what it does when it is opened.
	await page.waitForTimeout(3000);
	await throttle(page, 6);
	const answers: number[] = [];
	for (let n = 0; n < times; n++) answers.push(...(await tap(page, fingers)));
	await throttle(page, 1);
	return {
		[`check in, ${PARTIES} parties, 6× CPU`]: name,
		'first ms': Math.round(answers[0]!),
		'median ms': Math.round(median(answers)),
		'slowest ms': Math.round(Math.max(...answers)),
		wanted: '≤ 100'
	};
}

/** Starts the app anew a few times at 4× CPU throttling, when the browser has been up for `rest` milliseconds. */
async function coldStarts(name: string, rest: number): Promise<Row> {
	const starts: Awaited<ReturnType<typeof startAnew>>[] = [];
	for (let n = 0; n < STARTS; n++) starts.push(await startAnew(rest));
	const lists = starts.map(({ list }) => list);
	return {
		[`killed, started offline: ${PARTIES} parties one can tap, 4× CPU`]: name,
		'median ms': Math.round(median(lists)),
		'slowest ms': Math.round(Math.max(...lists)),
		wanted: '≤ 1500',
		'million turns/s (unthrottled)': Math.round(median(starts.map(({ speed }) => speed)))
	};
}

it('a tap’s answer, without a signal', { timeout: 5 * MINUTES }, async () => {
	console.table([await taps(`${TAPS} taps`, 1, TAPS), await taps('two fingers at once, 5 times', 2, 5)]);
});

it('cold start of the installed app, without a signal', { timeout: 10 * MINUTES }, async () => {
	console.table([
		await coldStarts('browser up for 3 s', 3000),
		// The throttle slows the page alone: a desktop’s browser that is still starting takes the cores from it, as no phone’s does.
		await coldStarts('browser still starting itself', 0)
	]);
});

it(`the same with ${WAITING} records waiting`, { timeout: 10 * MINUTES }, async () => {
	await leaveRecords();
	console.table([await taps('10 taps', 1, 10)]);
	console.table([await coldStarts('browser up for 3 s', 3000)]);
});
