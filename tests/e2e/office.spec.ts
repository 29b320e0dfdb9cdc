/** The district office's day after: summary, charts, the day live; and what everybody shares of it. */
import { randomInt, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { APIRequestContext, BrowserContext, Locator } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { brokenRules } from '../office-rules.ts';
import { expect, startApp, test as base, type RunningApp } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { headersOf, rowsOf, signInAs } from './support/demo.ts';
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

/** A place before and after, with both photos public; answers with the day. */
async function publicPair(request: APIRequestContext, app: RunningApp): Promise<string> {
	const today = new Date().toISOString().slice(0, 10);
	const [task] = await rowsOf<{ id: string; date: string }>(
		request,
		app,
		'admin',
		`tasks?select=id,date&gathering_id=not.is.null&date=lt.${today}&order=date.desc&limit=1`
	);
	const headers = await headersOf(app, 'admin');
	for (const kind of ['before', 'after']) {
		// Never the same twice: a photo that is there already stays under its first name.
		const background = { r: randomInt(256), g: randomInt(256), b: randomInt(256) };
		const id = randomUUID();
		const data = await sharp({ create: { width: 400, height: 300, channels: 3, background } })
			.jpeg()
			.toBuffer();
		const sent = await request.post(`${app.url}/photos?id=${id}&task=${task!.id}&kind=${kind}`, {
			headers: { ...headers, 'content-type': 'image/jpeg' },
			data
		});
		expect(sent.status(), await sent.text()).toBe(201);
		const released = await request.post(`${app.url}/rest/v1/rpc/release_photo`, {
			headers,
			data: { p_photo: id, p_release: true }
		});
		expect(released.ok(), await released.text()).toBe(true);
	}
	return task!.date;
}

test('a summary: each number opens its records, own words are kept, the file says the same', async ({
	page,
	app,
	request
}) => {
	await publicPair(request, app);
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
	await expect(page).toHaveURL(/\/organize\/day\/[^/]+\?crew=/);
	await page.goBack();
	await page.goBack();

	// What was done opens its entries, and from there one sees who came.
	await sheet.getByRole('link', { name: /米$/ }).first().click();
	await page.getByRole('main').getByRole('listitem').first().getByRole('link').click();
	await expect(page).toHaveURL(/\/organize\/results\/tasks\//);
	const entries = page.url();
	await page.getByRole('link', { name: '看签到记录' }).click();
	await expect(page).toHaveURL(/\/organize\/day\/[^/]+\?crew=/);
	await page.getByRole('link', { name: '返回' }).first().click();
	await expect(page).toHaveURL(entries);
	await page.goBack();
	await page.goBack();
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
	const file = await readFile(await download.path());
	expect(await brokenRules(file, 'docx')).toEqual([]);
	const paragraphs = paragraphsOf(file);
	const body = await sheet.locator('p.body').allInnerTexts();
	expect(body.length).toBeGreaterThan(5);
	// The pictures of the preview are in it, in a form that Word knows.
	const pictures = Object.entries(unzipSync(file)).filter(([name]) => name.startsWith('word/media/'));
	expect(pictures.length).toBeGreaterThan(1);
	expect(await sheet.locator('img').count()).toBeGreaterThan(1);
	for (const [, bytes] of pictures) expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg' });
	for (const text of body) expect(paragraphs).toContain(text);
	for (const cell of await sheet.locator('th, td').allInnerTexts()) expect(paragraphs).toContain(cell);
});

test('a number in a table opens what it is the sum of, and leads back to the same summary', async ({
	page,
	app
}) => {
	await signInAs(page.context(), app, 'admin');
	await page.goto('/organize/results/summary');
	const row = page.locator('#summary-areas tbody tr').first();
	const cell = row.getByRole('link').first();
	await expect(cell).toBeVisible();
	const value = await cell.innerText();
	const address = page.url();
	await cell.click();
	await expect(page).toHaveURL(/\/records\?/);
	await expect(page.getByText(`合计 ${value} 人次`)).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: '总结' }).first().click();
	await expect(page).toHaveURL(address);

	// A count of sites opens these sites, as many as it says.
	const sites = page
		.getByRole('article')
		.getByRole('link', { name: /处$/ })
		.and(page.locator('[href*="figure=sites_cleaned"]'));
	const count = await sites.first().getAttribute('title');
	await sites.first().click();
	await expect(page.getByText(`共 ${count} 处`)).toBeVisible();
	await shoot(page, 'records-sites');
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: '总结' }).first().click();
	await expect(page).toHaveURL(address);

	// People open on persons, hours on durations that add up to the second.
	for (const [figure, says] of [
		['people', /^合计 [\d,]+ 人，共 [\d,]+ 笔$/],
		['hours', /^合计 [\d,]+ 小时( \d+ 分)?( \d+ 秒)?，共 [\d,]+ 笔$/],
		['leaders', /^共 [\d,]+ 名$/]
	] as const) {
		await page.getByRole('article').locator(`a[href*="figure=${figure}&"]`).first().click();
		await expect(page.getByText(says)).toBeVisible();
		await expectNoAxeViolations(page);
		const first = page.getByRole('main').getByRole('listitem').first().getByRole('link');
		await expect(first).toHaveAttribute('href', figure === 'hours' ? /\/day\// : /\/people\//);
		await page.getByRole('link', { name: '总结' }).first().click();
		await expect(page).toHaveURL(address);
	}

	// Metres done and left open the drains, summed for the same dates.
	const left = page.getByRole('article').getByRole('link', { name: /米$/ }).last();
	const exact = await left.getAttribute('title');
	await left.click();
	await expect(page).toHaveURL(/\/charts\?.*#drains$/);
	await expect(page.locator('#drains')).toBeInViewport();
	await expect(page.getByText(`还剩 ${exact} 米`)).toBeVisible();
});

test('the report of a month and of a single day, in both languages', async ({ page, app }) => {
	await signInAs(page.context(), app, 'admin');
	await page.goto('/organize/results/summary');
	const sheet = page.getByRole('article');
	const title = sheet.getByRole('heading', { level: 2 });
	for (const [kind, query, zh, en] of [
		['一个月', 'month', /^红花岗区\d{4}年\d{1,2}月全民义务劳动工作小结$/, /[A-Z][a-z]+ \d{4}/],
		['一天', 'day', /^红花岗区\d{4}年\d{1,2}月\d{1,2}日/, /\d{1,2} [A-Z][a-z]+ \d{4}/]
	] as const) {
		await page.getByRole('link', { name: kind }).click();
		await expect(page).toHaveURL(new RegExp(`[?&]${query}=`));
		await expect(title).toHaveText(zh);
		await page.getByRole('combobox', { name: '文件用哪种语言' }).selectOption('en');
		await expect(title).toHaveText(en);
		await expect(sheet).toHaveAttribute('lang', 'en');
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: '下载 Word 文件' }).click()
		]);
		const paragraphs = paragraphsOf(await readFile(await download.path()));
		const body = await sheet.locator('p.body').allInnerTexts();
		expect(body.length).toBeGreaterThan(3);
		expect(body.join('')).not.toMatch(/[。；，]/);
		for (const text of body)
			expect(paragraphs).toContain(text.replaceAll('&', '&amp;').replaceAll("'", '&apos;'));
		await page.getByRole('combobox', { name: '文件用哪种语言' }).selectOption('zh');
		await expect(title).toHaveText(zh);
	}
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

	// The bars of streets are as long as what they stand for, the best across the card; those of drains have one for what is left.
	const lengths = (region: string, part: string) =>
		page
			.getByRole('region', { name: region })
			.first()
			.locator(`.chart .${part}`)
			.evaluateAll((bars) => bars.map((bar) => Math.round(bar.getBoundingClientRect().width)));
	const streets = await lengths('各区域对比', 'bar');
	expect(streets.length).toBeGreaterThan(2);
	expect(streets[0]).toBeGreaterThan(200);
	expect(streets).toEqual(streets.toSorted((a, b) => b - a));
	expect(streets.at(-1)).toBeGreaterThan(0);
	expect(streets.at(-1)).toBeLessThan(streets[0]!);
	expect(Math.max(...(await lengths('沟渠疏通了多少', 'rest')))).toBeGreaterThan(200);

	// What a street's number is the sum of, a crew of it down to its check-ins, and all the way back.
	const charts = page.url();
	await page.getByText('看表格').nth(1).click();
	await page.locator('a[href*="/records?"]').first().click();
	await expect(page).toHaveURL(/labour=1/);
	const records = page.url();
	const crew = page.getByRole('main').getByRole('listitem').first();
	const name = await crew.getByRole('link').innerText();
	const counted = Number.parseInt(await crew.locator('b.num').innerText());
	expect(counted).toBeGreaterThan(0);
	await crew.getByRole('link').click();
	await expect(page.getByRole('combobox', { name: '小组' }).locator('option:checked')).toHaveText(name);
	await expect(page.getByText(`${counted} 人次，`)).toBeVisible();
	await inEveryView(page, () => expectNoSidewaysScroll(page));
	await shoot(page, 'records-check-ins');
	await expectNoAxeViolations(page);
	let heads = 0;
	const parties = page.locator('main li button.words');
	for (const party of await parties.all()) {
		if (/没来/.test(await party.innerText())) continue;
		await party.click();
		const facts = page.getByRole('list', { name: '记录' }).getByRole('listitem');
		await expect(facts.first()).toHaveText(/^\d{1,2}:\d\d · 在场 \d+ 人/);
		const said = await facts.allInnerTexts();
		heads += Math.max(...said.map((fact) => Number(/在场 (\d+) 人/.exec(fact)?.[1] ?? 0)));
		await page.keyboard.press('Escape');
	}
	expect(heads).toBe(counted);
	// The other views of the day keep the way back.
	await page.getByRole('link', { name: '小组', exact: true }).click();
	await page.getByRole('link', { name: '返回' }).first().click();
	await expect(page).toHaveURL(records);
	await page.getByRole('main').locator('a[href*="/results/charts"]').first().click();
	await expect(page).toHaveURL(charts);

	await page.getByRole('link', { name: '今天', exact: true }).click();
	await expect(page.getByRole('heading', { name: '哪里缺人' })).toBeVisible();
	await expect(page.getByText('每 20 秒刷新一次')).toBeVisible();
});

test('a street below the minimum of days is shown, and gets no place', async ({ page, app }) => {
	await signInAs(page.context(), app, 'admin');
	await page.goto('/organize/results/charts');
	const card = page.getByRole('region', { name: '各区域对比' }).first();
	const read = async () => {
		await card.getByText('看表格').click();
		await expect(card.getByRole('row').nth(1)).toBeVisible();
		const rows = await card.getByRole('row').all();
		const cells = await Promise.all(rows.slice(1).map((row) => row.locator('th, td').allInnerTexts()));
		const marks = await card.locator('.chart .mark').allInnerTexts();
		return cells.map(([name, place, , , days], n) => ({ name, place, days: Number(days), mark: marks[n] }));
	};
	const year = await read();
	const ranked = year.filter(({ days }) => days >= 3);
	expect(ranked.length).toBeGreaterThan(2);
	expect(ranked[0]).toMatchObject({ place: '1', mark: '1' });
	for (const { days, place, mark, name } of year) {
		expect(place === '未满 3 次', name).toBe(days < 3);
		expect(mark, name).toBe(days < 3 ? '–' : place);
	}

	// Within a month nobody was there often enough: the same streets, by what they did, and no place at all.
	const month = page.getByRole('region', { name: '一年十二个月' }).first();
	await month.getByText('看表格').click();
	let done: string | null = null;
	for (const row of (await month.getByRole('row').all()).slice(1))
		if ((await row.locator('td').first().innerText()) !== '0')
			done = await row.getByRole('link').getAttribute('href');
	const from = `${/month=(\d{4}-\d\d)/.exec(done ?? '')?.[1]}-01`;
	const [y, mo] = from.split('-').map(Number);
	const end = new Date(Date.UTC(y!, mo!, 0)).toISOString().slice(0, 10);
	await page.goto(`/organize/results/charts?from=${from}&to=${end}`);
	const few = await read();
	expect(few.length).toBeGreaterThan(2);
	for (const { days, place, mark, name } of few) {
		expect(days, name).toBeLessThan(3);
		expect([place, mark], name).toEqual(['未满 3 次', '–']);
	}
	await page.goto('/organize/results/charts');

	// On paper the navigation is gone, and each chart's table stands below it without a tap.
	await expect(page.locator('main .chart').first()).toBeVisible();
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('button', { name: '打印' })).toBeHidden();
	const charts = await page.locator('main .chart').count();
	expect(charts).toBeGreaterThan(2);
	for (const table of await page.locator('main details table').all()) await expect(table).toBeVisible();
	expect(await page.locator('main details table').count()).toBeGreaterThanOrEqual(charts);
	const over = await page.evaluate(
		() => [...document.querySelectorAll('main table')].filter((table) => table.scrollWidth > 1000).length
	);
	expect(over).toBe(0);
});

test('a table is saved of all one’s areas, or of one street and its communities apart', async ({
	page,
	app
}) => {
	await signInAs(page.context(), app, 'admin');
	await page.goto('/organize/results/export');
	const choice = page.getByRole('combobox', { name: '哪个区域' });
	/** The areas that the rows of a table are of. */
	const saved = async (area: string) => {
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('region', { name: '任务' }).getByRole('button', { name: 'CSV' }).click()
		]);
		expect(download.suggestedFilename()).toMatch(new RegExp(`^${area}-任务-\\d{4}\\.csv$`));
		const [, ...rows] = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
		return new Set(rows.map((row) => row.split(',')[1]!));
	};
	await expect(choice).toBeVisible();
	const names = await choice
		.locator('option')
		.evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).text));
	const [district, street] = names as [string, string];
	const next = names.findIndex((name, n) => n > 1 && !name.startsWith('\u3000'));
	const all = await saved(district);
	expect(all.size).toBeGreaterThan(1);
	await choice.selectOption({ label: street });
	await expect(page).toHaveURL(/area=/);
	const some = await saved(street);
	expect(some.size).toBeGreaterThan(0);
	expect(some.size).toBeLessThan(all.size);
	for (const area of some) expect(names.slice(1, next).map((name) => name.trim())).toContain(area);
	await expectNoAxeViolations(page);
});

test('a poster is in either language; the card of a day says what was done, before and after', async ({
	page,
	app,
	request
}) => {
	const address = (src: string | null) =>
		decodeURIComponent((src ?? '').replace(/^data:image\/svg\+xml;charset=utf-8,/, ''));
	await page.goto('/');
	await page.getByRole('link', { name: '做张海报、发到群里' }).click();
	const picture = page.locator('main img');
	await expect(picture).toHaveAttribute('src', /^data:/);
	expect(address(await picture.getAttribute('src'))).toContain('扫码报名');
	await page.getByRole('combobox', { name: '图上的文字' }).selectOption('en');
	await expect.poll(async () => address(await picture.getAttribute('src'))).toContain('Scan to sign up');

	// A day on which something was done, with photos that are public.
	const date = await publicPair(request, app);
	const [past] = await rowsOf<{ id: string }>(request, app, 'admin', `labour_days?select=id&date=eq.${date}`);
	for (const [language, words, file] of [
		['zh', ['我们做到了', '人次', '扫码看每一笔记录'], '义务劳动成果'],
		['en', ['We did it', 'participations', 'Scan to see every record'], 'we-did-it-']
	] as const) {
		await page.goto(`/days/${past!.id}/share`);
		await page.getByRole('combobox', { name: '图上的文字' }).selectOption(language);
		await page.waitForLoadState('networkidle');
		const svg = async () => address(await picture.getAttribute('src'));
		for (const word of words) await expect.poll(svg).toContain(word);
		await expect.poll(svg).toContain('<image');
		for (const word of language === 'zh' ? ['清理前', '清理后'] : ['Before', 'After'])
			expect(await svg()).toContain(word);
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: '保存图片' }).click()
		]);
		expect(download.suggestedFilename()).toContain(file);
		const { data, info } = await sharp(await readFile(await download.path()))
			.ensureAlpha()
			.raw()
			.toBuffer({ resolveWithObject: true });
		expect([info.width, info.height]).toEqual([1080, 1440]);
		const code = new URL(jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '');
		expect(code.pathname + code.search).toBe(`/results?day=${date}`);
	}
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

/** What is heavy, by a word that only its files have. */
const HEAVY = {
	charts: 'layercake-container',
	word: 'wordprocessingml',
	excel: 'spreadsheetml',
	pdf: 'jsPDF'
} as const;

/** Which of it a page has loaded so far; the service worker, which keeps things for organizers, is left out. */
async function watchHeavy(context: BrowserContext) {
	const page = await context.newPage();
	const bodies: Promise<string>[] = [];
	page.on('response', (answer) => {
		if (answer.url().endsWith('.js')) bodies.push(answer.text().catch(() => ''));
	});
	const loaded = async () => {
		const all = (await Promise.all(bodies)).join('\n');
		return Object.entries(HEAVY).flatMap(([name, word]) => (all.includes(word) ? [name] : []));
	};
	return { page, loaded };
}

test('charts, Word, Excel and PDF are loaded only where they are used, and by no public page', async ({
	app,
	browser,
	request
}) => {
	test.setTimeout(180_000);
	const options = { baseURL: app.url, serviceWorkers: 'block', locale: 'zh-CN' } as const;
	const outside = await browser.newContext(options);
	const visitor = await watchHeavy(outside);
	const id = async (path: string, name = 'id') =>
		(await rowsOf<Record<string, string>>(request, app, 'admin', path))[0]![name]!;
	const [gathering, day] = [
		await id('gatherings?select=id&status=eq.open&limit=1'),
		await id('gatherings?select=labour_day_id&status=eq.open&limit=1', 'labour_day_id')
	];
	for (const path of [
		...[
			'/',
			'/days',
			'/results',
			'/sites',
			'/about',
			'/open-data',
			'/verify',
			'/sign-in',
			'/sign-up',
			'/enrol',
			'/s',
			'/offline'
		],
		`/days/${day}`,
		`/days/${day}/share`,
		`/gatherings/${gathering}`,
		`/gatherings/${gathering}/signup`,
		`/v/${gathering}`,
		`/sites/${await id('sites?select=id&limit=1')}`,
		`/results/tasks/${await id('result_entries?select=task_id&limit=1', 'task_id')}`
	]) {
		await visitor.page.goto(path, { waitUntil: 'networkidle' });
		expect(await visitor.loaded(), path).toEqual([]);
	}
	await outside.close();

	const inside = await browser.newContext(options);
	await signInAs(inside, app, 'admin');
	const { page, loaded } = await watchHeavy(inside);
	await page.goto('/organize/results/summary', { waitUntil: 'networkidle' });
	expect(await loaded()).toEqual([]);
	const save = async (button: Locator) =>
		void (await Promise.all([page.waitForEvent('download'), button.click()]));
	await save(page.getByRole('button', { name: '下载 Word 文件' }));
	expect(await loaded()).toEqual(['word']);
	await page.goto('/organize/results/export', { waitUntil: 'networkidle' });
	expect(await loaded()).toEqual(['word']);
	await save(page.getByRole('button', { name: '存成 Excel' }).first());
	expect(await loaded()).toEqual(['word', 'excel']);
	await page.goto('/organize/results/charts', { waitUntil: 'networkidle' });
	expect(await loaded()).toEqual(['charts', 'word', 'excel']);
	await inside.close();
});

test('sites are open data as points with a name and a kind, and nothing that is only for organizers', async ({
	app,
	request
}) => {
	const answer = await request.get(`${app.url}/open-data/sites.geojson`);
	const { features } = (await answer.json()) as {
		features: {
			geometry: { type: string; coordinates: [number, number] };
			properties: Record<string, unknown>;
		}[];
	};
	const sites = await rowsOf(
		request,
		app,
		'admin',
		'sites?select=id&retired_at=is.null&lng=not.is.null&limit=1000'
	);
	expect(features.length).toBe(sites.length);
	expect(features.length).toBeGreaterThan(20);
	for (const { geometry, properties } of features) {
		const [lng, lat] = geometry.coordinates;
		expect(geometry.type).toBe('Point');
		// Longitude first; the district lies in Guizhou.
		expect(lng > 105 && lng < 109 && lat > 26 && lat < 29, JSON.stringify(geometry)).toBe(true);
		expect(Object.keys(properties).toSorted()).toEqual([
			'area',
			'kind',
			'last_cleaned_on',
			'length_m',
			'name'
		]);
	}
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
