/** The first run that only wants to look around: the console's code loads the demo district, in the browser. */
import type { Page } from '@playwright/test';
import { expect, startApp, test as base, type RunningApp } from './app.ts';
import { ask, PASSWORD } from './support/people.ts';
import { lookAt } from './support/screens.ts';
import { words } from './support/words.ts';

const test = base.extend<{ fresh: RunningApp }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
	fresh: async ({}, use) => {
		const app = await startApp();
		await use(app);
		await app.stop();
	}
});
test.describe.configure({ timeout: 240_000 });

const say = words('zh');

/** Fills what stands in the form for the demo, and sends it. */
async function load(page: Page, app: RunningApp, code = app.setupCode ?? ''): Promise<void> {
	await page.getByRole('textbox', { name: say.setup_code() }).fill(code);
	await page.getByRole('radio', { name: say.setup_kind_demo() }).check({ force: true });
	await page.getByRole('textbox', { name: say.auth_name() }).fill('看看');
	await page.getByRole('textbox', { name: say.auth_email() }).fill('look@example.org');
	await page.getByLabel(say.auth_password(), { exact: true }).fill(PASSWORD);
	await page.getByRole('checkbox', { name: say.auth_consent() }).check();
	await page.locator('form[method=post] button[type=submit]').last().click();
}

test('the console’s code loads the demo district, and whoever typed it is its admin, signed in', async ({
	browser,
	fresh
}) => {
	const context = await browser.newContext({ baseURL: fresh.url, locale: 'zh-CN' });
	const page = await context.newPage();
	await page.goto('/');
	await page.getByRole('link', { name: '去设置' }).click();
	await load(page, fresh, 'WRONGCODE1');
	await expect(page.getByText(say.errors_bad_setup_code())).toBeVisible();
	await expect(page.getByText(say.setup_demo_hint())).toBeVisible();
	await lookAt(page, 'setup-demo');
	expect((await (await page.request.get('/areas.json')).json()) as unknown[]).toHaveLength(0);

	await load(page, fresh);
	await page.waitForURL('**/organize', { timeout: 120_000 });
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	const rows = async (path: string) => (await ask<unknown[]>(page, path)).data.length;
	expect(await rows('areas?level=eq.street&select=id')).toBe(23);
	expect(await rows('areas?level=eq.community&select=id')).toBe(196);
	const self = await ask<{ roles: { role: string; level: string }[] }>(page, 'rpc/my_self', {});
	expect(self.data.roles).toMatchObject([{ role: 'admin', level: 'district' }]);

	// Everybody sees the demo's day and its sums; the page for the first run is gone.
	await page.goto('/results');
	await expect(page.getByText(say.results_unit_participations()).first()).toBeVisible();
	expect((await page.request.get('/setup')).status()).toBe(410);
	await context.close();
});

test('without scripts it says where to sign in, and the login works', async ({ browser, fresh }) => {
	const bare = await browser.newContext({ baseURL: fresh.url, locale: 'zh-CN', javaScriptEnabled: false });
	const page = await bare.newPage();
	await page.goto('/setup');
	await load(page, fresh);
	await expect(page.getByRole('heading', { name: say.setup_done() })).toBeVisible({ timeout: 120_000 });
	await expect(page.getByRole('link', { name: say.auth_sign_in() }).last()).toHaveAttribute(
		'href',
		'/sign-in?next=%2Forganize'
	);
	await bare.close();

	const context = await browser.newContext({ baseURL: fresh.url, locale: 'zh-CN' });
	const phone = await context.newPage();
	await phone.goto('/sign-in?next=%2Forganize');
	await phone.getByRole('textbox', { name: say.auth_email() }).fill('look@example.org');
	await phone.getByLabel(say.auth_password(), { exact: true }).fill(PASSWORD);
	await phone.getByRole('button', { name: say.auth_sign_in(), exact: true }).click();
	await phone.waitForURL('**/organize');
	await context.close();
});
