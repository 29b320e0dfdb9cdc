/** People of a browser test: each with a browser of their own, doing what people do to get in. */
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { RunningApp } from '../app.ts';
import { localeOf, words, type Language, type Words } from './words.ts';

/** Two streets, one community each. */
export const AREAS = [
	'code,parent_code,level,name',
	'520302001,520302,street,老城街道',
	'520302002,520302,street,万里路街道',
	'520302001001,520302001,community,府后山社区',
	'520302002001,520302002,community,北关社区'
].join('\n');

export const PASSWORD = 'a long enough one';

/** Sets the installation up in the browser; the page ends at the organizer's home, signed in as the first admin. */
export async function setUp(page: Page, app: RunningApp): Promise<void> {
	await page.goto('/');
	await page.getByRole('link', { name: '去设置' }).click();
	await page.getByRole('textbox', { name: '设置码' }).fill(app.setupCode ?? '');
	await page.getByRole('textbox', { name: '区名' }).fill('红花岗区');
	await page.getByRole('textbox', { name: '街道、镇和社区、村' }).fill(AREAS);
	await page.getByRole('textbox', { name: '姓名' }).fill('区办公室');
	await page.getByRole('textbox', { name: '邮箱' }).fill('admin@example.org');
	await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
	await page.getByRole('checkbox', { name: '我看过了，同意这样保存' }).check();
	await page.getByRole('button', { name: '建好，开始用' }).click();
	await page.waitForURL('**/organize');
}

/** Somebody's own phone, in their language. */
export async function phoneOf(
	browser: Browser,
	app: RunningApp,
	language: Language = 'zh'
): Promise<{ context: BrowserContext; page: Page }> {
	const context = await browser.newContext({ baseURL: app.url, locale: localeOf[language] });
	return { context, page: await context.newPage() };
}

/** Fills the page that makes an account and sends it. */
export async function signUp(
	page: Page,
	name: string,
	email: string,
	community?: string,
	say: Words = words('zh')
): Promise<void> {
	await page.getByRole('textbox', { name: say.auth_email() }).fill(email);
	await page.getByLabel(say.auth_password(), { exact: true }).fill(PASSWORD);
	await page.getByRole('textbox', { name: say.auth_name() }).fill(name);
	if (community)
		await page.getByRole('combobox', { name: say.auth_area() }).selectOption({ label: community });
	await page.getByRole('checkbox', { name: say.auth_consent() }).check();
	await page.getByRole('button', { name: say.auth_sign_up() }).click();
}

/** The session's token, to do by a command what another test does by hand. */
export const tokenOf = (page: Page): Promise<string> =>
	page.evaluate(
		() =>
			(JSON.parse(localStorage.getItem('last-friday-session') ?? '{}') as { access_token: string })
				.access_token
	);

/** Asks the data interface as the person of this page. */
export async function ask<T>(page: Page, path: string, body?: unknown): Promise<{ status: number; data: T }> {
	const { key } = (await (await page.request.get('/config.json')).json()) as { key: string };
	const answer = await page.request.fetch(`/rest/v1/${path}`, {
		method: body === undefined ? 'GET' : 'POST',
		headers: { apikey: key, authorization: `Bearer ${await tokenOf(page)}` },
		...(body !== undefined && { data: body })
	});
	const text = await answer.text();
	return { status: answer.status(), data: (text ? JSON.parse(text) : null) as T };
}

/** The link that a text ready to paste holds. */
export async function linkIn(page: Page, label: string): Promise<string> {
	const text = await page.getByRole('textbox', { name: label }).inputValue();
	const link = /https?:\S+#[0-9a-f]{32}/.exec(text)?.[0];
	expect(link, `a link in “${text}”`).toBeTruthy();
	return link as string;
}
