/** The public page of the labour day against a bare SvelteKit page: rate, memory, weight, Lighthouse. */
import { chromium } from '@playwright/test';
import { launch } from 'chrome-launcher';
import lighthouse, { type RunnerResult } from 'lighthouse';
import { afterAll, beforeAll, it } from 'vitest';
import { findChromium } from '../../src/cli/chromium';
import { startApp, type RunningApp } from '../e2e/process';
import { startBareApp } from './bare';
import { median, requestRate, residentMegabytes } from './load';

const MINUTES = 60_000;
const flags = ['--no-sandbox', '--headless=new', '--disable-gpu', '--disable-background-networking'];
let app: RunningApp;
let bare: Awaited<ReturnType<typeof startBareApp>>;
beforeAll(async () => {
	bare = await startBareApp();
	app = await startApp({ args: ['--demo'] });
}, 5 * MINUTES);
afterAll(async () => {
	bare.stop();
	await app.stop();
});

it('rate', { timeout: 10 * MINUTES }, async () => {
	const ways = { plain: {}, compressed: { 'accept-encoding': 'br' } };
	for (const [way, headers] of Object.entries(ways)) {
		const ours: number[] = [];
		const bares: number[] = [];
		for (let round = 0; round < 5; round++) {
			ours.push(await requestRate({ url: app.url, requests: 3000, headers }));
			bares.push(await requestRate({ url: bare.url, requests: 3000, headers }));
		}
		const ratio = median(ours.map((rate, n) => rate / bares[n]!));
		console.table([
			{
				page: `labour day, ${way}`,
				'requests/s (median of 5)': Math.round(median(ours)),
				'share of bare': ratio.toFixed(2)
			},
			{ page: `bare, ${way}`, 'requests/s (median of 5)': Math.round(median(bares)), 'share of bare': '1' }
		]);
	}
});

it('memory over 100,000 requests', { timeout: 20 * MINUTES }, async () => {
	// With gigabytes of heap allowed, V8 puts collecting off and a growing number says nothing; within these it must collect.
	const small = await startApp({ args: ['--demo'], env: { NODE_OPTIONS: '--max-old-space-size=256' } });
	const rows = [];
	for (let sent = 0; sent <= 100_000; sent += 20_000) {
		if (sent > 0) await requestRate({ url: small.url, requests: 20_000 });
		rows.push({ requests: sent, 'resident MB, 256 MB of heap allowed': residentMegabytes(small.pid) });
	}
	console.table(rows);
	await small.stop();
});

it('weight of a first visit', { timeout: 5 * MINUTES }, async () => {
	const executablePath = findChromium();
	const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: flags });
	const weigh = async (url: string) => {
		const page = await browser.newPage({ viewport: { width: 360, height: 740 }, serviceWorkers: 'block' });
		const session = await page.context().newCDPSession(page);
		await session.send('Network.enable');
		const kinds = new Map<string, string>();
		const bytes = { script: 0, all: 0 };
		session.on('Network.responseReceived', ({ requestId, type }) => void kinds.set(requestId, type));
		session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
			bytes.all += encodedDataLength;
			if (kinds.get(requestId) === 'Script') bytes.script += encodedDataLength;
		});
		await page.goto(url, { waitUntil: 'networkidle' });
		await page.close();
		return { 'JavaScript kB': (bytes.script / 1000).toFixed(1), 'all kB': (bytes.all / 1000).toFixed(1) };
	};
	const rows = [];
	for (const path of ['/', '/results', '/sites', '/days', '/about'])
		rows.push({ page: path, ...(await weigh(app.url + path)) });
	rows.push({ page: 'bare', ...(await weigh(bare.url)) });
	console.table(rows);
	await browser.close();
});

it('weight of what is loaded only where it is used', { timeout: 5 * MINUTES }, async () => {
	const executablePath = findChromium();
	const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: flags });
	const context = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' });
	const page = await context.newPage();
	const [, email = '', password = ''] = /(admin@\S+)\s+(\S+)/.exec(app.output()) ?? [];
	await page.goto(`${app.url}/sign-in`);
	await page.locator('input[name=email]').fill(email);
	await page.locator('input[type=password]').fill(password);
	await page.locator('form button[type=submit]').click();
	await page.waitForFunction(() => localStorage.getItem('last-friday-session') !== null);
	const session = await context.newCDPSession(page);
	await session.send('Network.enable');
	const scripts = new Set<string>();
	let bytes = 0;
	session.on(
		'Network.responseReceived',
		({ requestId, type }) => void (type === 'Script' && scripts.add(requestId))
	);
	session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		if (scripts.has(requestId)) bytes += encodedDataLength;
	});
	/** Scripts that an act brings, over those that are there already. */
	const brought = async (act: () => Promise<unknown>) => {
		bytes = 0;
		await act();
		await page.waitForLoadState('networkidle');
		return (bytes / 1000).toFixed(1);
	};
	const press = (name: string) => async () => {
		const button = page.getByRole('button', { name }).first();
		await Promise.all([page.waitForEvent('download'), button.click()]);
	};
	const open = async (path: string) => void (await page.goto(app.url + path, { waitUntil: 'networkidle' }));
	// The results' own pages first, so that what they share with the others does not count for the library.
	await open('/organize/results');
	const rows = [];
	await open('/organize/results/summary');
	rows.push({
		what: 'the Word writer, when the summary is saved',
		'JavaScript kB': await brought(press('下载 Word 文件'))
	});
	await open('/organize/results/export');
	rows.push({
		what: 'the Excel writer, when a table is saved',
		'JavaScript kB': await brought(press('存成 Excel'))
	});
	await open('/organize/results');
	rows.push({
		what: 'the page of charts with its library, after the page of results',
		'JavaScript kB': await brought(() => open('/organize/results/charts'))
	});
	console.table(rows);
	await browser.close();
});

it('Lighthouse, mobile, medians of five', { timeout: 20 * MINUTES }, async () => {
	const chromePath = findChromium() ?? chromium.executablePath();
	const chrome = await launch({ chromePath, chromeFlags: flags, logLevel: 'silent' });
	const rows = [];
	for (const path of ['/', '/results']) {
		const runs: RunnerResult['lhr'][] = [];
		for (let run = 0; run < 5; run++) {
			const result = await lighthouse(app.url + path, {
				port: chrome.port,
				output: 'json',
				logLevel: 'silent'
			});
			if (result) runs.push(result.lhr);
		}
		const score = (key: string) =>
			Math.round(100 * median(runs.map((run) => run.categories[key]?.score ?? 0)));
		const audit = (key: string) => Math.round(median(runs.map((run) => run.audits[key]?.numericValue ?? 0)));
		rows.push({
			page: path,
			performance: score('performance'),
			accessibility: score('accessibility'),
			'best practices': score('best-practices'),
			SEO: score('seo'),
			'first paint ms': audit('first-contentful-paint'),
			'largest paint ms': audit('largest-contentful-paint'),
			'blocking ms': audit('total-blocking-time')
		});
	}
	chrome.kill();
	console.table(rows);
});
