/** The organizer's board with two thousand sign-ups on a phone: a processor six times slower than this one. */
import { chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, it } from 'vitest';
import { findChromium } from '../../src/cli/chromium';
import { startApp, type RunningApp } from '../e2e/process';
import { median } from './load';

const SLOWER = 6;
let app: RunningApp;
beforeAll(async () => {
	app = await startApp({ args: ['--demo'] });
}, 300_000);
afterAll(() => app.stop());

interface Board {
	parties: Record<string, unknown>[];
	tasks: Record<string, unknown>[];
}

const uuid = (kind: number, n: number) => `00000000-0000-4000-800${kind}-${String(n).padStart(12, '0')}`;

/** Stretches a board of the demo to 2,000 parties and 120 tasks. */
function stretch(board: Board): Board {
	const tasks = Array.from({ length: 120 }, (_, n) => ({
		...board.tasks[n % board.tasks.length],
		id: uuid(1, n),
		name: `点位${n}`,
		crew_min: 8,
		crew_max: 40
	}));
	const parties = Array.from({ length: 2000 }, (_, n) => ({
		...board.parties[n % board.parties.length],
		id: uuid(2, n),
		name: `居民${n}`,
		status: 'confirmed',
		task_id: n % 2 ? tasks[n % 120]!.id : null,
		leads: false,
		pinned: false
	}));
	return { ...board, parties, tasks };
}

async function signIn(page: Page): Promise<void> {
	const [, email = '', password = ''] = /(admin@\S+)\s+(\S+)/.exec(app.output()) ?? [];
	await page.goto(`${app.url}/sign-in`);
	await page.locator('input[name=email]').fill(email);
	await page.locator('input[type=password]').fill(password);
	await page.locator('form button[type=submit]').click();
	await page.waitForFunction(() => localStorage.getItem('last-friday-session') !== null);
}

/** Milliseconds until what an act caused is on the screen. */
const painted = (page: Page, act: string) =>
	page.evaluate(async (source) => {
		const start = performance.now();
		(new Function(source) as () => void)();
		await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
		return performance.now() - start;
	}, act);

it('2,000 sign-ups and 120 crews, six times slower', { timeout: 600_000 }, async () => {
	const executablePath = findChromium();
	const browser = await chromium.launch({
		...(executablePath && { executablePath }),
		args: ['--no-sandbox']
	});
	const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
	await signIn(page);
	await page.route('**/rest/v1/rpc/read_board', async (route) => {
		const answer = await route.fetch();
		await route.fulfill({ response: answer, json: stretch((await answer.json()) as Board) });
	});
	await page.goto(`${app.url}/organize/board`);
	await page.locator('ul.rows a').first().click();
	const card = page.locator('[data-party]');
	await card.first().waitFor();
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
	await page.evaluate(() => {
		const tasks: number[] = [];
		Object.assign(window, { longTasks: tasks });
		new PerformanceObserver((list) =>
			tasks.push(...list.getEntries().map(({ duration }) => duration))
		).observe({
			type: 'longtask'
		});
	});
	const reset = () =>
		page.evaluate(() => void (window as unknown as { longTasks: number[] }).longTasks.splice(0));
	const longest = () =>
		page.evaluate(() => Math.round(Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks)));
	const count = () => card.count();
	const rows: Record<string, string | number>[] = [];
	const note = (what: string, ms: number, more = {}) => rows.push({ what, ms: Math.round(ms), ...more });

	const searches: number[] = [];
	for (const text of ['居', '居民', '居民1', '居民12', '居民', '']) {
		searches.push(
			await painted(
				page,
				`const box = document.querySelector('input[type=search]'); box.value = ${JSON.stringify(text)}; box.dispatchEvent(new Event('input', { bubbles: true }))`
			)
		);
	}
	note('search: a letter, median', median(searches), { 'parties in the page': await count() });
	note('search: a letter, worst', Math.max(...searches));

	await reset();
	for (let at = 0; at <= 20; at++) {
		await page.evaluate((share) => scrollTo(0, document.documentElement.scrollHeight * share), at / 20);
		await page.waitForTimeout(150);
	}
	note('scrolling the list: longest block', await longest(), { 'parties in the page': await count() });

	await page.evaluate(() => scrollTo(0, 0));
	await page.waitForTimeout(500);
	note('to the crews', await painted(page, `document.querySelectorAll('.panes button')[1].click()`), {
		'parties in the page': await count()
	});
	await reset();
	for (let at = 0; at <= 20; at++) {
		await page.evaluate((share) => scrollTo(0, document.documentElement.scrollHeight * share), at / 20);
		await page.waitForTimeout(150);
	}
	note('scrolling the crews: longest block', await longest(), { 'parties in the page': await count() });

	await page.evaluate(() => scrollTo(0, 0));
	await page.getByRole('button', { name: '自动分组' }).click();
	await page.getByText('全部重新分').click();
	await reset();
	const start = performance.now();
	await page.getByRole('button', { name: '开始分' }).click();
	await page.getByRole('button', { name: '采用' }).waitFor({ timeout: 120_000 });
	note('planning, tap to preview', performance.now() - start);
	note('planning: longest block of the page', await longest());
	console.table(rows);
	await browser.close();
});
