/** What stands around every page: language, size, errors, the app on the phone without a signal. */
import { expect, test } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { expectNoSidewaysScroll, inEveryView, shoot } from './support/screens.ts';

for (const [name, path] of [
	['missing', '/no-such-page'],
	['offline', '/offline']
] as const) {
	test(`${name}: nothing for axe to find, nothing wider than the phone`, async ({ page }) => {
		await page.goto(path);
		await inEveryView(page, async () => {
			await expectNoAxeViolations(page);
			await expectNoSidewaysScroll(page);
		});
		await shoot(page, name);
	});
}

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('language and size change, stay, and lead back to the page one was on', async ({ page }) => {
		await page.goto('/no-such-page?a=1');
		await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有找到这一页');

		await page.getByRole('button', { name: 'EN' }).click();
		await expect(page).toHaveURL(/\/no-such-page\?a=1$/);
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');

		const size = () =>
			page.getByRole('heading', { level: 1 }).evaluate((h) => parseFloat(getComputedStyle(h).fontSize));
		const before = await size();
		await page.getByRole('button', { name: 'Large' }).click();
		expect((await size()) / before).toBeCloseTo(1.25, 1);
		await page.goto('/offline');
		await expect(page.locator('html')).toHaveAttribute('data-large', '');
		await page.getByRole('button', { name: 'Normal' }).click();
		await expect(page.locator('html')).not.toHaveAttribute('data-large');
	});
});

test('the switches never lead to another site', async ({ request, app }) => {
	const answer = await request.post('/prefs', {
		form: { to: 'https://evil.example/', large: '1' },
		headers: { origin: app.url },
		maxRedirects: 0
	});
	expect(answer.status()).toBe(303);
	expect(answer.headers()['location']).toBe('/');
});

test('another site cannot change the language in one’s name', async ({ request }) => {
	const answer = await request.post('/prefs', {
		form: { language: 'en' },
		headers: { origin: 'https://evil.example' },
		maxRedirects: 0
	});
	expect(answer.status()).toBe(403);
	expect(answer.headers()['set-cookie']).toBeUndefined();
});

test('the browser’s language decides until a person does', async ({ browser, app }) => {
	const context = await browser.newContext({ locale: 'en-GB', baseURL: app.url });
	const page = await context.newPage();
	await page.goto('/offline');
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await page.getByRole('button', { name: '中文' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
	await context.close();
});

test('a keyboard gets past the header and sees where it is', async ({ page }) => {
	await page.goto('/no-such-page');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: '回到首页' })).toBeFocused();
});
