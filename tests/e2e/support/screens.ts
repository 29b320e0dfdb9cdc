/** A page in every way it can be shown: for the eye of whoever changes it, and for tests that must hold in all of them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { expectNoAxeViolations } from './axe.ts';

export interface View {
	language: 'zh' | 'en';
	theme: 'light' | 'dark';
	large: boolean;
}

/** Every combination of language, theme and size: for the eye. */
export const views: View[] = (['zh', 'en'] as const).flatMap((language) =>
	(['light', 'dark'] as const).flatMap((theme) => [false, true].map((large) => ({ language, theme, large })))
);

export const viewName = ({ language, theme, large }: View): string =>
	[language, theme, large && 'large'].filter(Boolean).join('-');

/** Shows the page that is open in another way. */
export async function show(page: Page, view: View): Promise<void> {
	const url = new URL(page.url()).origin;
	await page.context().addCookies([
		{ name: 'lang', value: view.language, url },
		{ name: 'large', value: view.large ? '1' : '0', url }
	]);
	await page.emulateMedia({ colorScheme: view.theme, reducedMotion: 'reduce' });
	await page.reload();
	await page.waitForLoadState('networkidle');
}

/** Half of them, in which each two of language, theme and size still meet: enough for a machine to judge. */
const pairs = views.filter(
	({ language, theme, large }) => large === ((language === 'en') !== (theme === 'dark'))
);

/** Runs a check in every language, theme and size; leaves the page in the first view, as a test that goes on expects it. */
export async function inEveryView(page: Page, check: (view: View) => Promise<void>): Promise<void> {
	await forEach(page, pairs, check);
}

async function forEach(page: Page, list: View[], check: (view: View) => Promise<void>): Promise<void> {
	for (const view of list) {
		await show(page, view);
		await check(view);
	}
	await show(page, views[0] as View);
}

/** A page must never be wider than the phone. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
	const over = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(over, `pixels wider than the screen: ${page.url()}`).toBeLessThanOrEqual(0);
}

/**
 * Takes the page's picture in every view, into the folder that SCREENS_DIR names; without it, does nothing:
 *   SCREENS_DIR=/tmp/screens npx playwright test -c tests/e2e
 */
export async function shoot(page: Page, name: string): Promise<void> {
	const dir = process.env['SCREENS_DIR'];
	if (!dir) return;
	await mkdir(dir, { recursive: true });
	await forEach(page, views, async (view) => {
		await page.screenshot({ path: join(dir, `${name}-${viewName(view)}.png`), fullPage: true });
	});
}

/**
 * Judges what is on the screen in the language it is in, open dialogs too: without loading it anew, in the themes and sizes
 * of {@link inEveryView}. With SCREENS_DIR it also takes its picture in all four.
 */
export async function lookAt(page: Page, name: string): Promise<void> {
	const root = page.locator('html');
	const language = (await root.getAttribute('lang'))?.startsWith('zh') ? 'zh' : 'en';
	const large = await root.evaluate((html) => html.hasAttribute('data-large'));
	const dir = process.env['SCREENS_DIR'];
	if (dir) await mkdir(dir, { recursive: true });
	const judge = await withScripts(page);
	const put = async (theme: View['theme'], enlarged: boolean) => {
		for (const one of new Set([page, judge])) {
			await one.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
			await one.locator('html').evaluate((html, to) => html.toggleAttribute('data-large', to), enlarged);
		}
	};

	for (const view of views.filter((one) => one.language === language)) {
		const judged = pairs.includes(view);
		if (!judged && !dir) continue;
		await put(view.theme, view.large);
		if (dir) await page.screenshot({ path: join(dir, `${name}-${viewName(view)}.png`), fullPage: true });
		if (!judged) continue;
		await expectNoSidewaysScroll(page);
		await expectNoAxeViolations(judge);
	}
	await put('light', large);
	if (judge !== page) await judge.context().close();
}

/** The page itself, or, where its scripts are off, the same document where axe can work (it needs timers). */
async function withScripts(page: Page): Promise<Page> {
	if (await page.evaluate(() => matchMedia('(scripting: enabled)').matches)) return page;
	const browser = page.context().browser();
	const viewport = page.viewportSize();
	if (!browser) throw new Error('no browser');
	const twin = await (await browser.newContext({ viewport })).newPage();
	const body = await page.content();
	await twin.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
	await twin.route(/\.js(\?|$)/, (route) => route.abort());
	await twin.goto(page.url());
	return twin;
}
