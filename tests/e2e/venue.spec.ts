/** Checking oneself in: the leader shows the code without a signal, guests use it, and what comes too late the leader confirms. */
import { randomUUID } from 'node:crypto';
import type { Browser, Locator, Page } from '@playwright/test';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { venueCode } from '../../src/lib/domain/venue/code.ts';
import { expect, test as base, type RunningApp } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { foundDistrict, ok, type District } from './support/district.ts';
import { startFaultyProxy } from './support/faulty-proxy.ts';
import { expectNoSidewaysScroll, shoot } from './support/screens.ts';
import { openToday, type Today } from './support/today.ts';

const test = base.extend<object, { district: District; today: Today }>({
	district: [async ({ app }, use) => use(await foundDistrict(app)), { scope: 'worker' }],
	today: [async ({ district }, use) => use(await openToday(district)), { scope: 'worker' }]
});

let numbers = 0;
/** A guest signs up on a phone of their own; the page ends at the own page. */
async function guest(
	browser: Browser,
	app: RunningApp,
	{ gathering }: Today,
	name: string,
	heads: number,
	more: { javaScriptEnabled?: boolean } = {}
): Promise<Page> {
	const context = await browser.newContext({ baseURL: app.url, ...more });
	const page = await context.newPage();
	await page.goto(`/gatherings/${gathering}/signup`);
	await page.getByLabel('姓名').fill(name);
	await page.getByLabel('手机号').fill(`1390000${String(++numbers).padStart(4, '0')}`);
	await page.getByRole('spinbutton', { name: '来几个人' }).fill(String(heads));
	await page.getByRole('checkbox', { name: /我同意/ }).check();
	await page.getByRole('button', { name: /报名/ }).click();
	await page.waitForURL('**/s/*');
	return page;
}

/** What the server has of a party. */
async function recorded({ organizer, gathering }: Today, name: string) {
	const [party] = await ok(
		organizer.client.from('signups').select('id').eq('gathering_id', gathering).eq('name', name)
	);
	const { data: events } = await organizer.client
		.from('attendance_events')
		.select('source, claimed, heads, kind')
		.eq('signup_id', party!.id)
		.order('received_at');
	const { data: sums } = await organizer.client
		.from('attendance_sums')
		.select('participations')
		.eq('signup_id', party!.id);
	return { events, participations: sums?.[0]?.participations ?? 0 };
}

async function qrIn(picture: Locator): Promise<string> {
	const { data, info } = await sharp(await picture.screenshot())
		.ensureAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '';
}

test('a guest checks in by the leader’s QR or six digits; a code that ran out is for the leader to confirm', async ({
	browser,
	app,
	district,
	today
}) => {
	test.setTimeout(180_000);
	const { organizer, gathering, task } = today;
	const chen = await district.account('陈师傅');
	const own = randomUUID();
	await ok(chen.client.rpc('sign_up', { p_id: own, p_gathering: gathering, p_party: { headcount: 1 } }));
	const wang = await guest(browser, app, today, '王女士', 3);
	const liu = await guest(browser, app, today, '刘奶奶', 2, { javaScriptEnabled: false });
	const zhao = await guest(browser, app, today, '赵师傅', 2);
	const faulty = await startFaultyProxy(app.url);
	const sun = await guest(browser, { ...app, url: faulty.url }, today, '孙阿姨', 1);
	const parties = await ok(organizer.client.from('signups').select('id').eq('gathering_id', gathering));
	await ok(
		organizer.client.rpc('save_plan', {
			p_gathering: gathering,
			p_changes: parties.map(({ id }) => ({ signup_id: id, task_id: task, was: null, leads: id === own }))
		})
	);
	await ok(organizer.client.rpc('publish_plan', { p_gathering: gathering }));

	const context = await browser.newContext({ baseURL: app.url });
	await chen.signIn(context);
	const leader = await context.newPage();
	await leader.goto(`/lead/${task}`);
	await expect(leader.getByText('已到 0 / 9 人')).toBeVisible();
	const { secret } = await ok(
		chen.client.rpc('read_roster', { p_gathering: gathering }).then(({ data, error }) => ({
			data: { secret: (data as { venue_secret: string }).venue_secret },
			error
		}))
	);

	await context.setOffline(true);
	await leader.getByRole('button', { name: '出示现场签到码' }).click();
	const dialog = leader.getByRole('dialog', { name: '现场签到码' });
	const picture = dialog.getByRole('img', { name: '现场签到二维码' });
	const shown = async () => (await dialog.locator('.digits').innerText()).trim();
	await expect(picture).toBeVisible();
	const first = { link: await qrIn(picture), digits: await shown() };
	await expectNoAxeViolations(leader);
	await expectNoSidewaysScroll(leader);

	await test.step('by the QR, with one tap', async () => {
		const link = await qrIn(picture);
		expect(link).toContain(`/v/${gathering}/`);
		await wang.goto(link);
		await expect(wang).toHaveURL(/\/s\/.*code=/);
		await expect(wang.getByText('码扫到了，点一下就签到。')).toBeVisible();
		await expectNoAxeViolations(wang);
		await expectNoSidewaysScroll(wang);
		await shoot(wang, 'venue-scanned');
		await wang.getByRole('button', { name: '签到', exact: true }).click();
		await expect(wang.getByText('已签到').first()).toBeVisible();
		expect(await recorded(today, '王女士')).toEqual({
			events: [{ source: 'self', claimed: false, heads: 3, kind: 'present' }],
			participations: 3
		});
	});

	await test.step('by six digits, without scripts, with fewer than announced', async () => {
		await liu.reload();
		await liu.getByLabel('六位数签到码').fill(await shown());
		await liu.getByRole('spinbutton', { name: '来了几人' }).fill('1');
		await liu.getByRole('button', { name: '签到', exact: true }).click();
		await expect(liu.getByText('已签到').first()).toBeVisible();
		expect(await recorded(today, '刘奶奶')).toMatchObject({ participations: 1 });
	});

	await test.step('a wrong code is told at the field', async () => {
		await zhao.reload();
		await zhao.getByLabel('六位数签到码').fill('000000');
		await zhao.getByRole('button', { name: '签到', exact: true }).click();
		await expect(zhao.getByText('签到码不对')).toBeVisible();
		await shoot(zhao, 'venue-digits');
	});

	await test.step('an old link is a claim; the leader confirms it with one tap', async () => {
		await zhao.goto(`/v/${gathering}/${venueCode(secret, Date.now() - 5 * 60_000).code}`);
		await zhao.getByRole('button', { name: '签到', exact: true }).click();
		await expect(zhao.getByText('记下了，等组长确认')).toBeVisible();
		expect(await recorded(today, '赵师傅')).toMatchObject({ participations: 0, events: [{ claimed: true }] });

		// All the while the leader had no signal, and another code every half minute.
		await expect.poll(shown, { timeout: 40_000 }).not.toBe(first.digits);
		const link = await qrIn(picture);
		expect(link).toContain(`/v/${gathering}/`);
		expect(link).not.toBe(first.link);
		await dialog.getByRole('button', { name: '关闭' }).click();
		await context.setOffline(false);
		await leader.reload();
		await expect(leader.getByText('自己签的').first()).toBeVisible();
		await expect(leader.getByText(/自己说 .* 到的，2 人/)).toBeVisible();
		await shoot(leader, 'venue-claim');
		await leader.getByRole('button', { name: /^确认 赵师傅 .* 到的$/ }).click();
		await expect.poll(async () => (await recorded(today, '赵师傅')).participations).toBe(2);
		await zhao.reload();
		await expect(zhao.getByText('已签到').first()).toBeVisible();
	});

	await test.step('scanned where there is no signal: kept, and sent by itself', async () => {
		await sun.evaluate(async () => {
			await navigator.serviceWorker.ready;
			if (!navigator.serviceWorker.controller)
				await new Promise((done) =>
					navigator.serviceWorker.addEventListener('controllerchange', done, { once: true })
				);
		});
		const { code } = venueCode(secret, Date.now());
		// One bar: the phone says that it is online all the while.
		faulty.down = true;
		await sun.goto(`/v/${gathering}/${code}`);
		await expect(sun.getByText('码已经记在手机里')).toBeVisible();
		faulty.down = false;
		await expect
			.poll(async () => (await recorded(today, '孙阿姨')).participations, { timeout: 30_000 })
			.toBe(1);
	});

	const { count } = await organizer.client
		.from('attendance_events')
		.select('*', { count: 'exact', head: true })
		.eq('gathering_id', gathering);
	// Four check-ins and the leader's answer to one of them.
	expect(count).toBe(5);
	for (const page of [wang, liu, zhao, sun, leader]) await page.context().close();
	faulty.close();
});

test('two phones that disagree: the organizer sees both and settles it with a tap', async ({
	browser,
	app,
	district,
	today
}) => {
	const { organizer, gathering } = today;
	const [id, name] = [randomUUID(), '青年队'];
	await ok(
		organizer.client.rpc('sign_up_for', { p_gathering: gathering, p_parties: [{ id, name, headcount: 5 }] })
	);
	const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
	const record = (heads: number, minutes: number) => ({
		p_events: [
			{
				id: randomUUID(),
				signup_id: id,
				kind: 'present',
				heads,
				minors: 0,
				at: at(minutes),
				device_id: randomUUID(),
				seq: 1
			}
		]
	});
	await ok(organizer.client.rpc('record_attendance', record(5, 3)));
	await ok(district.admin.client.rpc('record_attendance', record(4, 2)));

	const context = await browser.newContext({ baseURL: app.url });
	await organizer.signIn(context);
	const page = await context.newPage();
	await page.goto(`/organize/day/${gathering}/close`);
	await expect(page.getByRole('heading', { name: '1 家人数对不上' })).toBeVisible();
	await expect(page.getByText(/管理员的手机/)).toBeVisible();
	await expectNoAxeViolations(page);
	await expectNoSidewaysScroll(page);
	await shoot(page, 'venue-conflict');
	await page.getByRole('button', { name: '青年队：是 4 人' }).click();
	await expect(page.getByRole('heading', { name: '1 家人数对不上' })).toBeHidden();
	await expect.poll(async () => (await recorded(today, name)).participations).toBe(4);

	// Somebody left in between: then neither number was wrong, and the largest party was really there.
	await ok(organizer.client.rpc('record_attendance', record(6, 1)));
	await page.reload();
	await expect(page.getByRole('heading', { name: '1 家人数对不上' })).toBeVisible();
	await page.getByRole('button', { name: '都对，人数变过' }).click();
	await expect(page.getByRole('heading', { name: '1 家人数对不上' })).toBeHidden();
	await expect.poll(async () => (await recorded(today, name)).participations).toBe(6);
	await context.close();
});

test('closing lists the phones that still hold records', async ({ browser, app, district, today }) => {
	const { organizer, gathering } = today;
	const [silent, busy] = [district.admin, await district.account('周组长', today.area)];
	const report = (records: number) => ({
		p_gathering: gathering,
		p_device: randomUUID(),
		p_records: records,
		p_photos: 1,
		p_at: new Date().toISOString()
	});
	await ok(busy.client.rpc('report_phone', report(12)));
	await ok(silent.client.rpc('report_phone', { ...report(0), p_photos: 0 }));

	const context = await browser.newContext({ baseURL: app.url });
	await organizer.signIn(context);
	const page = await context.newPage();
	await page.goto(`/organize/day/${gathering}/close`);
	await expect(page.getByRole('heading', { name: '1 部手机还有没传的' })).toBeVisible();
	await expect(page.getByText('12 条记录 · 1 张照片')).toBeVisible();
	await shoot(page, 'venue-phones');
	// The phone on which this is read tells about itself, and is not in its own list.
	await expect
		.poll(
			async () =>
				(await organizer.client.from('day_phones').select('records').eq('gathering_id', gathering)).data
					?.length
		)
		.toBeGreaterThan(2);
	await page.reload();
	await expect(page.getByRole('heading', { name: '1 部手机还有没传的' })).toBeVisible();
	await context.close();
});
