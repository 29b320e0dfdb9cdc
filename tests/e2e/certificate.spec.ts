/** A certificate from asking to its end: made, printed, saved, checked by a stranger, not found when altered, revoked by a correction. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { createClient } from '@supabase/supabase-js';
import { DateTime } from 'luxon';
import type { Database } from '../../src/lib/data/database.types.ts';
import { expect, test as base, type RunningApp } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { foundDistrict, ok, type Account, type District } from './support/district.ts';
import { expectNoSidewaysScroll, inEveryView, lookAt, show } from './support/screens.ts';

/** A district of this file's own: a worker's app holds one. */
const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await foundDistrict(app)), { scope: 'worker' }]
});

/** A page in its languages, themes and sizes; for an organizer's also on a phone. */
async function look(page: Page, name: string, wide = false): Promise<void> {
	const before = page.viewportSize();
	for (const language of ['zh', 'en'] as const) {
		await show(page, { language, theme: 'light', large: false });
		await expect(page.locator('main')).toBeVisible();
		await lookAt(page, name);
		if (!wide) continue;
		await page.setViewportSize({ width: 360, height: 740 });
		await lookAt(page, `${name}-phone`);
		if (before) await page.setViewportSize(before);
	}
	await show(page, { language: 'zh', theme: 'light', large: false });
}

const serviceOf = async (app: RunningApp) => {
	const { secret_key } = JSON.parse(await readFile(join(app.dataDir, 'keys.json'), 'utf8')) as {
		secret_key: string;
	};
	return createClient<Database>(app.url, secret_key, {
		auth: { persistSession: false, autoRefreshToken: false }
	});
};

/** A past day on which the volunteer was there from 8:30 to 10:30, as the records say. */
async function pastDay(app: RunningApp, district: District, volunteer: Account) {
	const service = await serviceOf(app);
	const me = (await ok(volunteer.client.rpc('my_self'))) as { person_id: string };
	const area_id = district.area('老城街道');
	const [day, gathering, signup] = [randomUUID(), randomUUID(), randomUUID()];
	const date = '2024-10-25';
	await ok(
		service
			.from('labour_days')
			.insert({ id: day, area_id: district.area('红花岗区'), month: '2024-10-01', date })
			.select()
	);
	await ok(
		service
			.from('gatherings')
			.insert({
				id: gathering,
				labour_day_id: day,
				area_id,
				place: '广场',
				starts: '08:30',
				ends: '11:00',
				status: 'closed'
			})
			.select()
	);
	await ok(
		service
			.from('signups')
			.insert({
				id: signup,
				gathering_id: gathering,
				labour_day_id: day,
				area_id,
				person_id: me.person_id,
				name: '王女士',
				headcount: 2,
				status: 'confirmed',
				source: 'account'
			})
			.select()
	);
	for (const [seq, time, heads] of [
		[1, '00:30', 2],
		[2, '02:30', 0]
	] as const)
		await ok(
			service
				.from('attendance_events')
				.insert({
					id: randomUUID(),
					signup_id: signup,
					gathering_id: gathering,
					area_id,
					heads,
					at: `${date}T${time}:00Z`,
					device_id: randomUUID(),
					seq,
					device_time: `${date}T${time}:00Z`,
					source: 'leader'
				})
				.select()
		);
	return { signup, gathering };
}

test('a certificate is made, checked, not found when altered, and revoked by a correction', async ({
	app,
	district,
	browser
}) => {
	test.setTimeout(300_000);
	const volunteer = await district.account('王女士');
	const organizer = await district.account('张主任', district.area('老城街道'), 'organizer');
	const { gathering } = await pastDay(app, district, volunteer);

	const phone = await browser.newContext({
		baseURL: app.url,
		viewport: { width: 360, height: 740 },
		locale: 'zh-CN',
		acceptDownloads: true
	});
	await volunteer.signIn(phone);
	const page = await phone.newPage();
	await page.goto('/me/hours');
	await expect(page.getByText('现场记录 2 小时').first()).toBeVisible();
	await expectNoSidewaysScroll(page);
	await expectNoAxeViolations(page);
	await page.screenshot({ path: 'test-results/me-hours.png', fullPage: true });

	await page.getByRole('button', { name: '开 2024 年工时证明' }).click();
	await expect(page).toHaveURL(/\/me\/certificates\/[a-z0-9]{16}$/);
	const number = page.url().split('/').at(-1)!;
	await expect(page.getByText('王女士')).toBeVisible();
	await inEveryView(page, async () => {
		await expect(page.getByText('王女士')).toBeVisible();
		await expectNoSidewaysScroll(page);
		await expectNoAxeViolations(page);
	});

	// On paper only the sheet is left.
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('button', { name: '打印' })).toBeHidden();
	await expect(page.getByText('志愿服务工时证明').last()).toBeVisible();
	await page.emulateMedia({ media: 'screen' });

	const download = page.waitForEvent('download');
	// What makes the file comes only now.
	const maker = page.waitForResponse(
		async (one) => one.url().endsWith('.js') && (await one.text()).includes('jsPDF')
	);
	await page.getByRole('button', { name: '存成 PDF' }).click();
	await maker;
	const file = await download;
	expect(file.suggestedFilename()).toBe(`志愿服务工时证明-${number}.pdf`);
	const pdf = await readFile(await file.path());
	expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
	expect(pdf.length).toBeGreaterThan(30_000);
	await file.saveAs('test-results/certificate.pdf');
	// Its one picture is the page; the code in it leads to where it is checked.
	const picture = pdf.subarray(pdf.indexOf(Buffer.from([0xff, 0xd8, 0xff])));
	const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	const code = jsQR(new Uint8ClampedArray(data), info.width, info.height);
	expect(new URL(code?.data ?? '').pathname).toBe(`/verify/${number}`);

	// A stranger: no account, no scripts.
	const outside = await browser.newContext({
		baseURL: app.url,
		javaScriptEnabled: false,
		locale: 'zh-CN',
		viewport: { width: 360, height: 740 }
	});
	const stranger = await outside.newPage();
	await stranger.goto('/verify');
	await stranger.getByLabel('证明编号').fill(number.toUpperCase().replace(/(.{4})(?=.)/g, '$1-'));
	await stranger.getByRole('button', { name: '核对' }).click();
	await expect(stranger.getByRole('heading', { name: '这份证明有效' })).toBeVisible();
	await expect(stranger.getByText('王女士')).toBeVisible();
	await expect(stranger.getByText('现场记录 2 小时')).toBeVisible();
	// What was certified, and nothing else.
	const told = (await stranger.locator('main').innerText())
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean);
	expect(told).toEqual([
		'这份证明有效',
		number.toUpperCase().replace(/(.{4})(?=.)/g, '$1-'),
		'王女士',
		expect.stringMatching(/^2024年1月1日.*2024年12月31日，在红花岗区参加义务劳动 1 天，本人在场时间合计：$/),
		'2 小时',
		'现场记录 2 小时',
		expect.stringMatching(/^红花岗区，\d{4}年\d+月\d+日开具$/),
		'请与纸上的内容逐项对照：有一处不同，那张纸就不可信。'
	]);
	expect(await stranger.content()).not.toMatch(/老城街道|@example|person_id|signup/);
	await expectNoSidewaysScroll(stranger);
	await stranger.screenshot({ path: 'test-results/verify.png', fullPage: true });

	const altered = number.slice(0, -1) + (number.endsWith('2') ? '3' : '2');
	await stranger.goto(`/verify/${altered}`);
	await expect(stranger.getByRole('heading', { name: '查不到这份证明' })).toBeVisible();
	await expect(stranger.getByText('王女士')).toBeHidden();

	// The volunteer asks, the organizer credits: the former certificate is void, a new one says the new.
	await page.goto('/me/hours');
	await page.getByRole('button', { name: '工时不对' }).click();
	await page.getByLabel('您那天什么时候到、什么时候走').fill('我八点半到，十一点才走');
	await page.getByRole('button', { name: '发给组织者' }).click();
	await expect(page.getByText('等组织者回复')).toBeVisible();

	const desk = await browser.newContext({
		baseURL: app.url,
		locale: 'zh-CN',
		viewport: { width: 1200, height: 800 }
	});
	await organizer.signIn(desk);
	const office = await desk.newPage();
	await office.goto('/organize/people/hours');
	await expect(office.getByText('我八点半到，十一点才走')).toBeVisible();
	await expectNoAxeViolations(office);
	await office.screenshot({ path: 'test-results/organize-hours.png', fullPage: true });
	await office.getByRole('button', { name: '补记' }).click();
	const dialog = office.getByRole('dialog');
	await dialog.getByRole('spinbutton', { name: '补几分钟' }).fill('30');
	await dialog.getByLabel('理由（志愿者看得到）').fill('组长证明');
	await dialog.getByRole('button', { name: '补记' }).click();
	await expect(office.getByText('组织者补记 0.5 小时：组长证明')).toBeVisible();
	// And stands in the sum of that day's check-ins.
	await office.goto(`/organize/day/${gathering}`);
	await expect(office.getByText('2 人次，4.5 小时')).toBeVisible();
	await expect(office.getByText('补记 0.5 小时：王女士，组长证明')).toBeVisible();

	await stranger.goto(`/verify/${number}`);
	await expect(stranger.getByRole('heading', { name: '这份证明已作废' })).toBeVisible();
	await expect(stranger.getByText('王女士')).toBeHidden();
	await page.reload();
	await expect(page.getByText('组织者补记 0.5 小时').first()).toBeVisible();
	await expect(page.getByText('已作废')).toBeVisible();

	// Nobody asked, and somebody asks in person: both on the person's page.
	const me = (await ok(volunteer.client.rpc('my_self'))) as { person_id: string };
	await ok(
		(await serviceOf(app))
			.from('people')
			.update({ area_id: district.area('老城街道') })
			.eq('id', me.person_id)
			.select()
	);
	await office.goto(`/organize/people/${me.person_id}`);
	await expect(office.getByText('现场记录 2 小时 · 组织者补记 0.5 小时')).toBeVisible();
	await expect(office.getByText('本人问：我八点半到，十一点才走')).toBeVisible();
	await office.getByRole('button', { name: '给2024年10月25日补记工时' }).click();
	await office.getByRole('dialog').getByRole('spinbutton', { name: '补几分钟' }).fill('12');
	await office.getByRole('dialog').getByLabel('理由（志愿者看得到）').fill('收工具');
	await office.getByRole('dialog').getByRole('button', { name: '补记', exact: true }).click();
	await expect(office.getByText('组织者补记 0.2 小时：收工具')).toBeVisible();
	await expect(office.getByText('组织者补记 0.7 小时')).toBeVisible();
	await look(office, 'organize-person', true);
	await office.getByRole('combobox', { name: '开哪一年或哪一天的' }).selectOption({ label: '2024 年' });
	await office.getByRole('button', { name: '开证明' }).click();
	await expect(office).toHaveURL(/\/organize\/people\/[0-9a-f-]+\/certificates\/[a-z0-9]{16}$/);
	const handed = office.url().split('/').at(-1)!;
	expect(handed).not.toBe(number);
	await expect(office.getByText('组织者补记 0.7 小时')).toBeVisible();
	await look(office, 'organize-certificate', true);
	await stranger.goto(`/verify/${handed}`);
	await expect(stranger.getByRole('heading', { name: '这份证明有效' })).toBeVisible();

	await office.goto(`/organize/people/${me.person_id}`);
	// Both are taken back, the one that was asked for too, and nothing says any more that it stands.
	for (const [former, hours, reason] of [
		['收工具', '0.2', '记错人了'],
		['组长证明', '0.5', '组长记错了日子']
	] as const) {
		await office.locator('.credit', { hasText: former }).getByRole('button', { name: '收回' }).click();
		await office.getByRole('dialog').getByLabel('理由（志愿者看得到）').fill(reason);
		await office.getByRole('dialog').getByRole('button', { name: '收回' }).click();
		await expect(office.getByText(`组织者收回补记 ${hours} 小时：${reason}`)).toBeVisible();
		await expect(office.getByText(`组织者补记 ${hours} 小时（后来收回了）：${former}`)).toBeVisible();
	}
	await expect(office.getByRole('button', { name: '收回' })).toBeHidden();
	await stranger.goto(`/verify/${handed}`);
	await expect(stranger.getByRole('heading', { name: '这份证明已作废' })).toBeVisible();
	await page.goto('/me/hours');
	await office.goto('/organize/people/hours');
	for (const told of [page, office])
		await expect(told.getByText('组织者补记 0.5 小时（后来收回了）：组长证明')).toBeVisible();
	for (const context of [phone, outside, desk]) await context.close();
});

test('a guest asks through the secret link, without scripts, and reads the answer there', async ({
	app,
	district,
	browser
}) => {
	test.setTimeout(200_000);
	const organizer = await district.account('李主任', district.area('万里路街道'), 'organizer');
	const service = await serviceOf(app);
	const area_id = district.area('万里路街道');
	const [day, gathering] = [randomUUID(), randomUUID()];
	const soon = DateTime.now().plus({ months: 14 }).startOf('month');
	await ok(
		service
			.from('labour_days')
			.insert({
				id: day,
				area_id: district.area('红花岗区'),
				month: soon.toISODate(),
				date: soon.plus({ days: 20 }).toISODate()
			})
			.select()
	);
	await ok(
		service
			.from('gatherings')
			.insert({ id: gathering, labour_day_id: day, area_id, place: '桥头', starts: '08:30', ends: '11:00' })
			.select()
	);
	const phone = await browser.newContext({
		baseURL: app.url,
		javaScriptEnabled: false,
		locale: 'zh-CN',
		viewport: { width: 360, height: 740 }
	});
	const page = await phone.newPage();
	await page.goto(`/gatherings/${gathering}/signup`);
	await page.getByRole('textbox', { name: '姓名' }).fill('赵阿姨');
	await page.getByRole('textbox', { name: '手机号' }).fill('13800001234');
	await page.getByRole('checkbox', { name: /我同意保存/ }).check();
	await page.getByRole('button', { name: '我要报名' }).click();
	await expect(page).toHaveURL(/\/s\/[\w-]+$/);
	await expect(page.getByText('我的志愿工时')).toBeHidden();

	// The day has come and gone.
	const { id: signup } = (await ok(
		service.from('signups').select('id').eq('gathering_id', gathering).single()
	)) as { id: string };
	await ok(
		service
			.from('attendance_events')
			.insert({
				id: randomUUID(),
				signup_id: signup,
				gathering_id: gathering,
				area_id,
				heads: 1,
				at: '2024-11-29T01:30:00Z',
				device_id: randomUUID(),
				seq: 1,
				device_time: '2024-11-29T01:30:00Z',
				source: 'leader'
			})
			.select()
	);
	await ok(
		service.from('labour_days').update({ month: '2024-11-01', date: '2024-11-29' }).eq('id', day).select()
	);
	await ok(service.from('gatherings').update({ ends: '11:30' }).eq('id', gathering).select());
	await page.reload();
	await expect(page.getByRole('heading', { name: '我的志愿工时' })).toBeVisible();
	await expect(page.getByText('现场记录 2 小时')).toBeVisible();
	await page.getByText('工时不对').click();
	await page.getByRole('textbox', { name: '您那天什么时候到、什么时候走' }).fill('我八点半就到了');
	await page.getByRole('button', { name: '发给组织者' }).click();
	await expect(page.getByText('等组织者回复')).toBeVisible();
	await expect(page.getByText('工时不对')).toBeHidden();

	const desk = await browser.newContext({ baseURL: app.url, locale: 'zh-CN' });
	await organizer.signIn(desk);
	const office = await desk.newPage();
	await office.goto('/organize/people/hours');
	await expect(office.getByText('我八点半就到了')).toBeVisible();
	await office.getByRole('button', { name: '不补' }).click();
	await office.getByRole('dialog').getByLabel('理由（志愿者看得到）').fill('组长说九点半到');
	await office.getByRole('dialog').getByRole('button', { name: '不补' }).click();
	await expect(office.getByText('没有补记：组长说九点半到')).toBeVisible();

	await page.reload();
	await expect(page.getByText('您问：我八点半就到了')).toBeVisible();
	await expect(page.getByText('没有补记：组长说九点半到')).toBeVisible();
	await expect(page.getByText('工时不对')).toBeVisible();
	const eye = await browser.newContext({
		baseURL: app.url,
		locale: 'zh-CN',
		viewport: { width: 360, height: 740 }
	});
	const seen = await eye.newPage();
	await seen.goto(page.url());
	await look(seen, 'guest-hours');
	for (const context of [phone, desk, eye]) await context.close();
});
