/** The district office's day after: summary, charts, the day live; and what everybody shares of it. */
import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { expect, startApp, test as base, type RunningApp } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { signInAs } from './support/demo.ts';
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
	await signInAs(page.context(), app, 'admin');
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
	await signInAs(page.context(), app, 'organizer');
	await page.goto('/organize/results/summary');
	await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(/街道\d{4}年/);
	const areas = await (await page.request.get('/areas.json')).json();
	const district = (areas as { id: string; parent_id: string | null }[]).find(
		(area) => area.parent_id === null
	);
	expect(district).toBeDefined();
	await page.goto(`/organize/results/summary?area=${district?.id}`);
	await expect(page.getByText('您没有这项权限')).toBeVisible();
	await expect(page.getByRole('article')).toHaveCount(0);
});

test('the year as charts and the day live, for one’s own areas', async ({ page, app }) => {
	await signInAs(page.context(), app, 'admin');
	await page.goto('/organize/results/charts');
	const months = page.getByRole('region', { name: '一年十二个月' }).first();
	await expect(months).toBeVisible();
	// Every chart is a table too.
	await page.getByText('看表格').first().click();
	const rows = await page.getByRole('table').first().getByRole('row').count();
	expect(rows).toBeGreaterThan(5);
	await expect(page.getByText('参加满 3 次才排名次')).toBeVisible();

	await page.getByRole('link', { name: '今天', exact: true }).click();
	await expect(page.getByRole('heading', { name: '哪里缺人' })).toBeVisible();
	await expect(page.getByText('每 20 秒刷新一次')).toBeVisible();
});

test('a poster is saved as a picture of its size, its code leads to the day', async ({ page }) => {
	await page.goto('/');
	await page.getByRole('link', { name: '做张海报、发到群里' }).click();
	await expect(page).toHaveURL(/\/days\/[0-9a-f-]{36}\/share/);
	const day = new URL(page.url()).pathname.replace('/share', '');
	const sizes = { '海报（A4 打印）': [1654, 2339], 手机图: [1080, 1920] } as const;
	for (const [label, [width, height]] of Object.entries(sizes)) {
		await page.getByText(label, { exact: true }).click();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: '保存图片' }).click()
		]);
		expect(download.suggestedFilename()).toMatch(/^\d{4}-\d{2}-\d{2}义务劳动海报\.png$/);
		const image = sharp(await readFile(await download.path()));
		const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
		expect([info.width, info.height]).toEqual([width, height]);
		const code = jsQR(new Uint8ClampedArray(data), info.width, info.height);
		expect(new URL(code?.data ?? '').pathname).toBe(day);
	}
});

test('a link to a day is shown with its date and a picture', async ({ page, request, app }) => {
	await page.goto('/');
	const meta = (name: string) => page.locator(`meta[property="og:${name}"]`).getAttribute('content');
	expect(await meta('title')).toMatch(/\d+月\d+日/);
	expect(await meta('url')).toBe(`${app.url}/`);
	const address = await meta('image');
	const answer = await request.get(address ?? '');
	expect(answer.headers()['content-type']).toBe('image/png');
	expect(await sharp(await answer.body()).metadata()).toMatchObject({ format: 'png' });
	const gathering = await page.locator('#gatherings a[href^="/gatherings/"]').first().getAttribute('href');
	await page.goto((gathering ?? '').replace('/signup', ''));
	expect((await request.get((await meta('image')) ?? '')).status()).toBe(200);
	expect((await request.get('/days/00000000-0000-4000-8000-000000000000/preview.png')).status()).toBe(404);
});

for (const [name, path, ready] of [
	['summary', '/organize/results/summary', 'article'],
	['charts', '/organize/results/charts', 'main .chart'],
	['live', '/organize/results/live', 'main .figure'],
	['share', '/', 'main h1']
] as const) {
	test(`${name}: axe finds nothing and nothing is wider than the phone, in every view`, async ({
		page,
		app
	}) => {
		test.slow();
		await signInAs(page.context(), app, 'admin');
		await page.goto(path);
		if (name === 'share') await page.getByRole('link', { name: '做张海报、发到群里' }).click();
		await inEveryView(page, async () => {
			await expect(page.locator(ready).first()).toBeVisible();
			await expectNoAxeViolations(page);
			await expectNoSidewaysScroll(page);
		});
		await shoot(page, name);
	});
}
