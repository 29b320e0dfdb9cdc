/** A visitor without an account, on a phone without JavaScript: finds a gathering, signs up, changes, waits, cancels; in both languages. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { expect, test as base, type RunningApp } from './app.ts';
import { foundDistrict, ok, type District } from './support/district.ts';
import { readQr } from './support/qr.ts';
import { lookAt } from './support/screens.ts';
import { localeOf, words, type Language, type Words } from './support/words.ts';

/** Three gatherings on two days that are far enough for the waitlist to move by itself, whenever the test runs. */
interface Scene {
	district: District;
	/** The next labour day that takes place; the one before it is cancelled. */
	day: { id: string; date: string };
	/** 老城街道, with room. */
	large: string;
	/** 万里路街道, four places. */
	small: string;
	/** 府后山社区, a month later. */
	later: string;
	laterDay: { id: string; date: string };
}

const test = base.extend<object, { scene: Scene }>({
	scene: [
		async ({ app }, use) => {
			const district = await foundDistrict(app);
			const { client } = district.admin;
			const [cancelled, day, laterDay] = district.days;
			if (!cancelled || !day || !laterDay) throw new Error('no days');
			await ok(client.rpc('cancel_labour_day', { p_day: cancelled.id, p_reason: '暴雨预警' }));
			const open = async (p_day: string, area: string, fields: Record<string, string | number>) => {
				const p_id = randomUUID();
				const p_fields = { starts: '08:30', ends: '11:00', lng: 106.92, lat: 27.69, ...fields };
				await ok(client.rpc('save_gathering', { p_id, p_day, p_area: area, p_fields }));
				return p_id;
			};
			await use({
				district,
				day,
				laterDay,
				large: await open(day.id, district.area('老城街道'), {
					place: '官井路口',
					capacity: 60,
					bring: '手套'
				}),
				small: await open(day.id, district.area('万里路街道'), { place: '北关菜场', capacity: 4 }),
				later: await open(laterDay.id, district.area('府后山社区'), { place: '府后山广场', capacity: 60 })
			});
		},
		{ scope: 'worker' }
	]
});

// Many pages are looked at on the way.
test.describe.configure({ timeout: 180_000 });

interface Phone {
	page: Page;
	close: () => Promise<void>;
}

async function pickUp(
	browser: Browser,
	app: RunningApp,
	language: Language,
	{ scripts = false, userAgent }: { scripts?: boolean; userAgent?: string } = {}
): Promise<Phone> {
	const context = await browser.newContext({
		baseURL: app.url,
		locale: localeOf[language],
		javaScriptEnabled: scripts,
		...(userAgent && { userAgent })
	});
	return { page: await context.newPage(), close: () => context.close() };
}

interface Party {
	name: string;
	phone: string;
	heads: number;
	minors?: number;
}

const field = (page: Page, label: string) => page.getByRole('textbox', { name: label });
const number = (page: Page, label: string) => page.getByRole('spinbutton', { name: label });

async function fill(page: Page, say: Words, { name, phone, heads, minors = 0 }: Party): Promise<void> {
	await field(page, say.signup_name()).fill(name);
	await field(page, say.signup_phone()).fill(phone);
	await number(page, say.signup_headcount()).fill(String(heads));
	await number(page, say.signup_minors()).fill(String(minors));
	await page.getByRole('checkbox', { name: say.signup_consent() }).check();
}

/** The button that sends the form: only a script can say for how many. */
const send = (page: Page, say: Words) =>
	page.getByRole('button', { name: say.calendar_sign_up(), exact: true });

/** Signs a party up and ends on its own page. */
async function signUp(page: Page, say: Words, gathering: string, party: Party): Promise<void> {
	await page.goto(`/gatherings/${gathering}/signup`);
	await fill(page, say, party);
	await page.locator('form[method=post] button[type=submit]').last().click();
	await expect(page).toHaveURL(/\/s\/[\w-]{22}$/);
}

async function cancelOwn(page: Page, say: Words): Promise<void> {
	await page.getByText(say.signup_cancel()).click();
	await page.getByRole('button', { name: say.signup_cancel_do() }).click();
	await expect(page.getByText(say.me_is_cancelled())).toBeVisible();
}

for (const language of ['zh', 'en'] as const) {
	const say = words(language);
	/** Each language's people have numbers of their own. */
	const party = (headcount: number, minors: number) =>
		`王女士${say.common_separator()}${say.me_party_with_minors({ headcount, minors })}`;
	const phoneNo = (n: number) => `13${language === 'zh' ? 8 : 9} 0000 00${n}`;

	test(`${language}: signs up a family, changes it and cancels, without scripts`, async ({
		browser,
		app,
		scene
	}) => {
		const { page, close } = await pickUp(browser, app, language);

		await test.step('finds the nearest gathering by community', async () => {
			await page.goto('/');
			await expect(page.getByText(say.calendar_because({ reason: '暴雨预警' }))).toBeVisible();
			await page.getByRole('link', { name: say.calendar_sign_up(), exact: true }).click();
			await page.getByRole('searchbox', { name: say.calendar_search() }).fill('府后山社区');
			await page.getByRole('button', { name: say.common_search() }).click();
			await expect(page.getByRole('link', { name: '老城街道' })).toBeVisible();
			await expect(page.getByText('北关菜场')).toBeHidden();
			await lookAt(page, 'visitor-day');
			await page.getByRole('link', { name: '老城街道' }).click();
			await expect(page).toHaveURL(`/gatherings/${scene.large}/signup`);
		});

		await test.step('is told in words what is wrong, and has lost nothing', async () => {
			await fill(page, say, { name: '王女士', phone: '138 0000', heads: 4, minors: 4 });
			await page
				.getByRole('combobox', { name: say.signup_home() })
				.selectOption({ value: scene.district.area('府后山社区') });
			await page.getByText(say.signup_wish_drain()).click();
			await field(page, say.signup_tools()).fill('铁锹');
			await page.getByRole('checkbox', { name: say.signup_lead() }).check();
			await send(page, say).click();

			await expect(page.getByText(say.signup_fix())).toBeVisible();
			await expect(page.getByText(say.signup_phone_too_short())).toBeVisible();
			await expect(page.getByText(say.signup_minors_wrong())).toBeVisible();
			await expect(field(page, say.signup_name())).toHaveValue('王女士');
			await expect(field(page, say.signup_phone())).toHaveValue('138 0000');
			await expect(number(page, say.signup_headcount())).toHaveValue('4');
			await expect(number(page, say.signup_minors())).toHaveValue('4');
			await expect(page.getByRole('combobox', { name: say.signup_home() })).toHaveValue(
				scene.district.area('府后山社区')
			);
			await expect(page.getByRole('checkbox', { name: say.signup_wish_drain() })).toBeChecked();
			await expect(page.getByRole('checkbox', { name: say.signup_lead() })).toBeChecked();
			await expect(page.getByRole('checkbox', { name: say.signup_consent() })).toBeChecked();
			await expect(field(page, say.signup_tools())).toHaveValue('铁锹');
			await lookAt(page, 'visitor-form');
		});

		await test.step('is told what was booked, and can keep it', async () => {
			await field(page, say.signup_phone()).fill(phoneNo(11));
			await number(page, say.signup_minors()).fill('2');
			await send(page, say).click();
			await expect(page).toHaveURL(/\/s\/[\w-]{22}$/);
			await expect(page.getByText(say.me_is_booked(), { exact: true })).toBeVisible();
			await expect(page.getByText(party(4, 2))).toBeVisible();
			await expect(page.getByText('官井路口', { exact: true })).toBeVisible();

			await page.getByText(say.signup_link(), { exact: true }).click();
			await expect(field(page, say.signup_link_label())).toHaveValue(page.url());
			expect(await readQr(page.getByRole('img', { name: say.signup_link_qr() }))).toBe(page.url());

			const [file] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('link', { name: say.calendar_add() }).click()
			]);
			const event = await readFile(await file.path(), 'utf8');
			// 8:30 in Shanghai.
			expect(event).toContain(`DTSTART:${scene.day.date.replaceAll('-', '')}T003000Z`);
			await lookAt(page, 'visitor-booked');
		});

		await test.step('the same number again shows the way, not whose it is', async () => {
			const other = await pickUp(browser, app, language);
			await other.page.goto(`/gatherings/${scene.small}/signup`);
			await fill(other.page, say, { name: '李先生', phone: phoneNo(11).replaceAll(' ', ''), heads: 1 });
			await send(other.page, say).click();
			await expect(other.page.getByText(say.signup_taken())).toBeVisible();
			await expect(field(other.page, say.signup_name())).toHaveValue('李先生');
			const answer = await other.page.content();
			expect(answer).not.toContain('王女士');
			expect(answer).not.toContain('官井路口');
			await lookAt(other.page, 'visitor-taken');
			await other.page.getByRole('link', { name: say.calendar_already() }).click();
			await expect(other.page.getByText(say.signup_my_none(), { exact: true })).toBeVisible();
			await lookAt(other.page, 'visitor-none-here');
			await other.close();
		});

		await test.step('grows, shrinks and cancels through the link that the phone remembers', async () => {
			const link = page.url();
			await page.goto('/s');
			await expect(page).toHaveURL(link);
			const change = async (heads: number, minors: number) => {
				await page.getByText(say.signup_change()).click();
				await number(page, say.signup_headcount()).fill(String(heads));
				await number(page, say.signup_minors()).fill(String(minors));
				await page.getByRole('button', { name: say.signup_change_save(), exact: true }).click();
			};
			await change(6, 2);
			await expect(page.getByText(party(6, 2))).toBeVisible();
			await change(2, 1);
			await expect(page.getByText(party(2, 1))).toBeVisible();
			await change(2, 2);
			await expect(page.getByText(say.signup_minors_wrong())).toBeVisible();
			// What was typed comes back, to be put right.
			await expect(number(page, say.signup_minors())).toHaveValue('2');
			await cancelOwn(page, say);
			await expect(page.getByRole('link', { name: say.signup_again() })).toBeVisible();
			await lookAt(page, 'visitor-cancelled');
		});
		await close();
	});

	test(`${language}: waits where it is full, and moves up when somebody cancels`, async ({
		browser,
		app,
		scene
	}) => {
		const first = await pickUp(browser, app, language);
		const second = await pickUp(browser, app, language);
		await signUp(first.page, say, scene.small, { name: '刘家', phone: phoneNo(21), heads: 4 });

		await second.page.goto(`/gatherings/${scene.small}/signup`);
		await expect(second.page.getByText(say.signup_full(), { exact: true })).toBeVisible();
		await fill(second.page, say, { name: '周先生', phone: phoneNo(22), heads: 2 });
		await second.page.getByRole('button', { name: say.signup_submit_waitlist() }).click();
		await expect(second.page.getByText(say.me_is_waiting(), { exact: true })).toBeVisible();
		await expect(second.page.getByText(say.me_is_waiting_next())).toBeVisible();
		await lookAt(second.page, 'visitor-waiting');

		await cancelOwn(first.page, say);
		await second.page.reload();
		await expect(second.page.getByText(say.me_news_promoted())).toBeVisible();
		await expect(second.page.getByText(say.me_is_booked(), { exact: true })).toBeVisible();
		await lookAt(second.page, 'visitor-promoted');
		await cancelOwn(second.page, say);
		await first.close();
		await second.close();
	});

	test(`${language}: a moved day and a cancelled gathering tell why; wrong links tell what to do`, async ({
		browser,
		app,
		scene
	}) => {
		const { client } = scene.district.admin;
		const { page, close } = await pickUp(browser, app, language);
		await signUp(page, say, scene.later, { name: '陈师傅', phone: phoneNo(31), heads: 3 });
		const link = page.url();

		await test.step('the day moves', async () => {
			const moved = new Date(`${scene.laterDay.date}T00:00Z`);
			moved.setUTCDate(moved.getUTCDate() + 1);
			const p_date = moved.toISOString().slice(0, 10);
			await ok(client.rpc('move_labour_day', { p_day: scene.laterDay.id, p_date, p_reason: '考试周' }));
			await page.reload();
			await expect(page.getByText(say.me_news_moved())).toBeVisible();
			await expect(page.getByText('考试周')).toBeVisible();
			await lookAt(page, 'visitor-moved');
			await page.goto(`/days/${scene.laterDay.id}`);
			await expect(page.getByText(say.calendar_because({ reason: '考试周' }))).toBeVisible();
			await lookAt(page, 'visitor-moved-day');
			await ok(
				client.rpc('move_labour_day', {
					p_day: scene.laterDay.id,
					p_date: scene.laterDay.date,
					p_reason: ''
				})
			);
		});

		await test.step('the gathering is cancelled while a form for it is open', async () => {
			const other = await pickUp(browser, app, language);
			await other.page.goto(`/gatherings/${scene.later}/signup`);
			await ok(client.rpc('cancel_gathering', { p_gathering: scene.later, p_reason: '下雨' }));
			await fill(other.page, say, { name: '迟到的人', phone: phoneNo(32), heads: 2 });
			await send(other.page, say).click();
			await expect(other.page.getByText(say.signup_closed(), { exact: true })).toBeVisible();
			await expect(other.page.getByText(say.calendar_because({ reason: '下雨' }))).toBeVisible();
			await lookAt(other.page, 'visitor-closed');
			await other.page.getByRole('link', { name: say.signup_choose_other() }).click();
			await expect(other.page).toHaveURL(new RegExp(`/days/${scene.laterDay.id}`));
			await other.close();

			await page.goto(link);
			await expect(page.getByText(say.me_is_gathering_cancelled())).toBeVisible();
			await expect(page.getByText(say.me_because({ reason: '下雨' }))).toBeVisible();
			await expect(page.getByRole('link', { name: say.signup_choose_other() })).toBeVisible();
			await lookAt(page, 'visitor-rained-off');
			await page.goto(`/gatherings/${scene.later}`);
			await expect(page.getByText(say.calendar_gathering_cancelled_title())).toBeVisible();
			await expect(page.getByText(say.calendar_because({ reason: '下雨' }))).toBeVisible();
			await lookAt(page, 'visitor-gathering-cancelled');
			await ok(client.rpc('restore_gathering', { p_gathering: scene.later }));
			await page.goto(link);
			await expect(page.getByText(say.me_is_booked(), { exact: true })).toBeVisible();
			await cancelOwn(page, say);
		});

		await test.step('a link that is wrong', async () => {
			const answer = await page.goto('/s/AAAAAAAAAAAAAAAAAAAAAA');
			expect(answer?.status()).toBe(404);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(say.errors_page_404_title());
			await expect(page.getByRole('link', { name: say.common_home() })).toBeVisible();
			await lookAt(page, 'visitor-wrong-link');
		});
		await close();
	});

	test(`${language}: inside WeChat the phone remembers, and is told the way to the system browser`, async ({
		browser,
		app,
		scene
	}) => {
		const { page, close } = await pickUp(browser, app, language, {
			scripts: true,
			userAgent:
				'Mozilla/5.0 (Linux; Android 12; V2162A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50.2701(0x28003237) WeChat/arm64 NetType/4G Language/zh_CN'
		});
		await page.goto(`/gatherings/${scene.large}/signup`);
		await field(page, say.signup_name()).fill('赵阿姨');
		await field(page, say.signup_phone()).fill(phoneNo(41));
		await page.getByRole('button', { name: say.common_more({ label: say.signup_headcount() }) }).click();
		await page.getByRole('button', { name: say.common_more({ label: say.signup_minors() }) }).click();
		await expect(page.getByText(say.signup_minors_hint())).toBeVisible();
		await page.getByRole('checkbox', { name: say.signup_consent() }).check();
		await page.getByRole('button', { name: say.signup_submit({ count: 2 }) }).click();
		await expect(page.getByText(say.me_is_booked(), { exact: true })).toBeVisible();
		await expect(page.getByText(say.common_install_wechat())).toBeVisible();
		await lookAt(page, 'visitor-wechat');
		const link = page.url();

		await page.goto('/');
		await expect(page.getByText(say.calendar_booked_here())).toBeVisible();
		await page.getByRole('link', { name: say.calendar_see_booking() }).first().click();
		await expect(page).toHaveURL(link);
		await page.getByRole('button', { name: say.me_show_checkin_code() }).click();
		const code = page.getByRole('img', { name: say.me_checkin_code() });
		expect(await readQr(code)).toMatch(/^\S{8,}$/);
		await lookAt(page, 'visitor-code');
		await close();
	});
}

test('a machine that fills in what no person sees signs nobody up, and learns nothing', async ({
	page,
	app,
	scene
}) => {
	const say = words('zh');
	await page.goto(`/gatherings/${scene.large}/signup`);
	const trap = page.locator('input[name=website]');
	await expect(trap).not.toBeInViewport();
	await expect(trap).toHaveAttribute('tabindex', '-1');
	const { client } = scene.district.admin;
	const parties = async () =>
		(await ok(client.from('signups').select('id').eq('gathering_id', scene.large))).length;
	const before = await parties();
	const send = (website: string) =>
		page.request.post(`${app.url}/gatherings/${scene.large}/signup`, {
			headers: { origin: app.url, accept: 'text/html' },
			maxRedirects: 0,
			form: {
				name: '机器',
				phone: '13700000077',
				headcount: '1',
				minors: '0',
				consent: 'on',
				key: 'A'.repeat(22),
				website
			}
		});
	const refused = await send('https://spam.example');
	expect(refused.status()).toBe(400);
	expect(await refused.text()).toContain(say.errors_unknown());
	expect(await parties()).toBe(before);
	// The same without it is a sign-up: nothing else was wrong.
	expect((await send('')).status()).toBe(303);
	expect(await parties()).toBe(before + 1);
});

test('what has ended asks nobody to come, though the day is not over and nobody has closed it yet', async ({
	page,
	scene: { district }
}) => {
	const say = words('zh');
	const { client } = district.admin;
	// The cancelled day takes place after all: today, in the first minute.
	const { id: p_day } = district.days[0]!;
	const p_date = new Intl.DateTimeFormat('en-CA', { timeZone: district.timeZone }).format(new Date());
	await ok(client.rpc('restore_labour_day', { p_day }));
	await ok(client.rpc('move_labour_day', { p_day, p_date, p_reason: '考试周' }));
	const p_id = randomUUID();
	const p_fields = { place: '钟楼', starts: '00:00', ends: '00:01' };
	await ok(client.rpc('save_gathering', { p_id, p_day, p_area: district.area('万里路街道'), p_fields }));

	await page.goto(`/days/${p_day}`);
	await expect(page.getByText(say.calendar_past(), { exact: true })).toBeVisible();
	await expect(page.getByText(say.calendar_choose(), { exact: true })).toHaveCount(0);
	await expect(page.getByRole('link', { name: say.calendar_sign_up(), exact: true })).toHaveCount(0);
	// Who came still finds the way to their own page.
	await expect(page.getByRole('link', { name: say.calendar_already() })).toBeVisible();
	await lookAt(page, 'visitor-evening');
	await page.goto(`/gatherings/${p_id}`);
	await expect(page.getByText(say.calendar_gathering_closed_title(), { exact: true })).toBeVisible();
	await expect(page.getByRole('link', { name: say.calendar_sign_up(), exact: true })).toHaveCount(0);
	await page.goto(`/gatherings/${p_id}/signup`);
	await expect(page.getByText(say.signup_closed(), { exact: true })).toBeVisible();
	await expect(page.getByText(say.calendar_gathering_closed_title(), { exact: true })).toBeVisible();
	await expect(field(page, say.signup_name())).toHaveCount(0);

	// While another goes on, it alone is offered.
	const other = randomUUID();
	const going = { place: '北门', starts: '00:00', ends: '23:59' };
	await ok(
		client.rpc('save_gathering', {
			p_id: other,
			p_day,
			p_area: district.area('老城街道'),
			p_fields: going
		})
	);
	await page.goto(`/days/${p_day}?area=`);
	await expect(page.getByRole('link', { name: '万里路街道' })).toHaveAttribute('href', `/gatherings/${p_id}`);
	await expect(page.getByRole('link', { name: '老城街道' })).toHaveAttribute(
		'href',
		`/gatherings/${other}/signup`
	);
});
