/** The district office's day after: the summary on the screen and as a file, its numbers down to their records. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { expect, startApp, test as base, type RunningApp } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { expectNoSidewaysScroll, inEveryView, shoot } from './support/screens.ts';

const test = base.extend<object, { app: RunningApp }>({
	app: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
		async ({}, use) => {
			const app = await startApp({ args: ['--demo'] });
			await use(app);
			await app.stop();
		},
		{ scope: 'worker', timeout: 180_000 }
	]
});

async function signIn(page: Page, app: RunningApp, role: 'admin' | 'organizer' = 'admin'): Promise<void> {
	const [, email, password] = new RegExp(`(${role}@\\S+)\\s+(\\S+)`).exec(app.output()) ?? [];
	await page.goto('/sign-in');
	await page.locator('input[name=email]').fill(email ?? '');
	await page.locator('input[type=password]').fill(password ?? '');
	await page.locator('form button[type=submit]').click();
	await page.waitForFunction(() => localStorage.getItem('last-friday-session') !== null);
}

/** The paragraphs of a Word file. */
function paragraphsOf(file: Uint8Array): string[] {
	const xml = strFromU8(unzipSync(file)['word/document.xml']!);
	return [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)]
		.map(([paragraph]) =>
			[...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text = '']) => text).join('')
		)
		.filter((text) => text.trim() !== '');
}

test('a summary: each number opens its records, own words are kept, the file says the same', async ({
	page,
	app
}) => {
	await signIn(page, app);
	await page.goto('/organize/results');
	await page.getByRole('link', { name: '总结' }).click();
	const sheet = page.getByRole('article');
	await expect(sheet.getByRole('heading', { level: 2 })).toHaveText(/^红花岗区\d{4}年全民义务劳动工作总结$/);

	// A number and what it is made of.
	const number = sheet.getByRole('link', { name: /余人次$/ }).first();
	const exact = await number.getAttribute('title');
	await number.click();
	await expect(page.getByText(`合计 ${exact} 人次`)).toBeVisible();
	await page.getByRole('main').getByRole('listitem').first().getByRole('link').click();
	await expect(page).toHaveURL(/\/organize\/(results\/tasks|gatherings)\//);
	await page.goBack();
	await page.goBack();

	// One's own words.
	await page.getByRole('button', { name: '写一段：补充打算' }).click();
	await page.getByRole('textbox', { name: '补充打算' }).fill('明年把老城的沟渠先清一遍。');
	await page.getByRole('button', { name: '保存' }).click();
	await expect(sheet.getByText('明年把老城的沟渠先清一遍。')).toBeVisible();
	await page.reload();
	await expect(sheet.getByText('明年把老城的沟渠先清一遍。')).toBeVisible();

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: '下载 Word 文件' }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/^红花岗区\d{4}年全民义务劳动工作总结\.docx$/);
	const paragraphs = paragraphsOf(await readFile(await download.path()));
	const body = await sheet.locator('p.body').allInnerTexts();
	expect(body.length).toBeGreaterThan(5);
	for (const text of body) expect(paragraphs).toContain(text);
	for (const cell of await sheet.locator('th, td').allInnerTexts()) expect(paragraphs).toContain(cell);
});

test('the summary is for the person whose area it is', async ({ page, app }) => {
	await signIn(page, app, 'organizer');
	await page.goto('/organize/results/summary');
	await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(/街道\d{4}年/);
	const areas = await (await page.request.get('/areas.json')).json();
	const district = (areas as { id: string; level: string }[]).find(({ level }) => level === 'district');
	await page.goto(`/organize/results/summary?area=${district?.id}`);
	await expect(page.getByText('您没有这项权限')).toBeVisible();
	await expect(page.getByRole('article')).toHaveCount(0);
});

for (const [name, path, ready] of [['summary', '/organize/results/summary', 'article']] as const) {
	test(`${name}: axe finds nothing and nothing is wider than the phone, in every view`, async ({
		page,
		app
	}) => {
		test.slow();
		await signIn(page, app);
		await page.goto(path);
		await inEveryView(page, async () => {
			await expect(page.locator(ready).first()).toBeVisible();
			await expectNoAxeViolations(page);
			await expectNoSidewaysScroll(page);
		});
		await shoot(page, name);
	});
}
