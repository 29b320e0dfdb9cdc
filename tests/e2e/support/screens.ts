/** A page in every way it can be shown: for the eye of whoever changes it, and for tests that must hold in all of them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';

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
