/** What is called off, taken back, given up and taken away on the screens; the days' journeys go forward only. */
import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test as base } from './app.ts';
import { foundDistrict, ok, type Account, type District } from './support/district.ts';
import { lookAt } from './support/screens.ts';
import { openToday } from './support/today.ts';
import { localeOf, words } from './support/words.ts';

const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await foundDistrict(app)), { scope: 'worker' }]
});
test.describe.configure({ timeout: 120_000 });

const say = words('zh');

async function openGathering(organizer: Account, day: string, area: string): Promise<string> {
	const id = randomUUID();
	const p_fields = { place: '府后山广场', starts: '08:30', ends: '11:00' };
	await ok(organizer.client.rpc('save_gathering', { p_id: id, p_day: day, p_area: area, p_fields }));
	return id;
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });

for (const language of ['zh', 'en'] as const) {
	test(`${language}: rain calls one gathering off, and it takes place after all`, async ({
		browser,
		app,
		district
	}) => {
		const say = words(language);
		const area = district.area('老城街道');
		const day = district.days[language === 'zh' ? 3 : 4]!.id;
		const organizer = await district.account('李主任', area);
		const own = await openGathering(organizer, day, area);
		const other = await openGathering(district.admin, day, district.area('万里路街道'));
		const context = await browser.newContext({ baseURL: app.url, locale: localeOf[language] });
		await organizer.signIn(context);
		const page = await context.newPage();
		const statuses = async () =>
			(await ok(organizer.client.from('gatherings').select('id, status, reason').in('id', [own, other])))
				.toSorted((a) => (a.id === own ? -1 : 1))
				.map(({ status, reason }) => [status, reason]);

		await page.goto(`/organize/gatherings/${own}`);
		await button(page, say.gathering_cancel()).click();
		const asked = dialog(page, say.gathering_cancel_title({ area: '老城街道' }));
		const off = asked.getByRole('button', { name: say.gathering_cancel_do(), exact: true });
		await off.click();
		await expect(asked.getByText(say.common_reason_missing())).toBeVisible();
		// No more is taken than can be kept.
		const why = asked.getByRole('textbox', { name: say.gathering_cancel_reason() });
		await why.fill('雨'.repeat(300));
		await expect(why).toHaveValue('雨'.repeat(200));
		await why.fill('暴雨');
		await lookAt(page, 'gathering-cancel');
		await off.click();
		await expect(page.getByText(say.gathering_cancelled_title())).toBeVisible();
		await expect(page.getByText(say.gathering_reason({ reason: '暴雨' }))).toBeVisible();
		await lookAt(page, 'gathering-off');
		expect(await statuses()).toEqual([
			['cancelled', '暴雨'],
			['open', '']
		]);

		await button(page, say.gathering_restore()).click();
		await dialog(page, say.gathering_restore_title())
			.getByRole('button', { name: say.gathering_restore(), exact: true })
			.click();
		await expect(page.getByText(say.gathering_cancelled_title())).toBeHidden();
		await expect(button(page, say.gathering_cancel())).toBeVisible();
		expect(await statuses()).toEqual([
			['open', ''],
			['open', '']
		]);
		await context.close();
	});
}

/** A phone on which somebody is signed in, in Chinese. */
async function phoneOf(context: BrowserContext, account: Account): Promise<Page> {
	await account.signIn(context);
	return context.newPage();
}
test.use({ locale: 'zh-CN' });

test('an admin cancels a day, the public page says why, and it is restored; a holiday comes and goes', async ({
	context,
	browser,
	app,
	district
}) => {
	const day = district.days[5]!;
	const gathering = await openGathering(district.admin, day.id, district.area('老城街道'));
	const page = await phoneOf(context, district.admin);
	const visitor = await (await browser.newContext({ baseURL: app.url, locale: 'zh-CN' })).newPage();

	await page.goto(`/organize/days/${day.id}`);
	await button(page, say.calendar_cancel()).click();
	const asked = page.getByRole('dialog');
	await asked.getByRole('textbox', { name: say.calendar_cancel_reason() }).fill('防疫');
	await lookAt(page, 'day-cancel');
	await asked.getByRole('button', { name: say.calendar_cancel_confirm(), exact: true }).click();
	await expect(page.getByText(say.calendar_all_cancelled())).toBeVisible();
	await expect(page.getByText(say.calendar_reason({ reason: '防疫' }))).toBeVisible();
	await lookAt(page, 'day-off');
	await visitor.goto(`/days/${day.id}`);
	await expect(visitor.getByText(say.calendar_because({ reason: '防疫' }))).toBeVisible();
	// A chat that shows the link invites nobody any more.
	const told = visitor.locator('meta[property="og:description"]');
	await expect(told).toHaveAttribute('content', /已取消/);
	await visitor.goto(`/gatherings/${gathering}`);
	await expect(told).toHaveAttribute('content', /已取消/);
	await visitor.goto(`/gatherings/${gathering}/signup`);
	await expect(visitor.locator('form[method=post] button[type=submit]').last()).toHaveCount(0);

	await button(page, say.calendar_restore()).click();
	await page.getByRole('dialog').getByRole('button', { name: say.calendar_restore(), exact: true }).click();
	await expect(button(page, say.calendar_cancel())).toBeVisible();
	expect(await ok(district.admin.client.from('labour_days').select('status, date').eq('id', day.id))).toEqual(
		[{ status: 'planned', date: day.date }]
	);
	await page.getByText('改动记录').click();
	await expect(page.getByText('取消：防疫')).toBeVisible();

	await page.goto('/organize');
	await page.getByText(say.calendar_holidays(), { exact: true }).click();
	await button(page, say.calendar_holiday_add()).click();
	await expect(page.getByText(say.calendar_holiday_missing())).toBeVisible();
	await page.getByLabel(say.calendar_holiday_date()).fill(day.date);
	await page.getByRole('textbox', { name: say.calendar_holiday_name(), exact: true }).fill('运动会');
	await button(page, say.calendar_holiday_add()).click();
	const remove = page.getByRole('button', { name: /^去掉 .* 运动会$/ });
	await expect(remove).toBeVisible();
	await lookAt(page, 'holidays');
	await remove.click();
	await expect(remove).toBeHidden();
	expect(await ok(district.admin.client.from('extra_holidays').select('name'))).toEqual([]);
	await visitor.context().close();
});

test('a resident takes a sign-up of this phone into the account, cancels it, and changes the password', async ({
	context,
	district
}) => {
	const gathering = await openGathering(district.admin, district.days[6]!.id, district.area('老城街道'));
	const resident = await district.account('周先生');
	const mine = () => ok(resident.client.from('signups').select('status, name'));
	const page = await context.newPage();
	await page.goto(`/gatherings/${gathering}/signup`);
	await page.getByRole('textbox', { name: say.signup_name() }).fill('周家');
	await page.getByRole('textbox', { name: say.signup_phone() }).fill('138 0000 6611');
	await page.getByRole('checkbox', { name: say.signup_consent() }).check();
	await page.locator('form[method=post] button[type=submit]').last().click();
	await page.waitForURL(/\/s\/[\w-]{22}$/);
	await expect(button(page, say.signup_claim())).toHaveCount(0);
	expect(await mine()).toEqual([]);

	await resident.signIn(context);
	await page.reload();
	await lookAt(page, 'claim');
	await button(page, say.signup_claim()).click();
	await page.waitForURL('**/me');
	await expect(page.getByText(say.me_is_booked(), { exact: true })).toBeVisible();
	expect(await mine()).toEqual([{ status: 'confirmed', name: '周家' }]);

	await button(page, say.me_cancel()).click();
	const asked = dialog(page, say.me_cancel_title());
	await lookAt(page, 'me-cancel');
	await asked.getByRole('button', { name: say.me_cancel_confirm(), exact: true }).click();
	await expect(asked).toBeHidden();
	await expect.poll(mine).toEqual([{ status: 'cancelled', name: '周家' }]);

	await page.goto('/me/profile');
	await page.getByText(say.me_password(), { exact: true }).first().click();
	await page.getByLabel(say.me_password_new(), { exact: true }).fill('a new long password');
	await lookAt(page, 'password');
	await button(page, say.me_password()).click();
	await expect(page.getByText(say.me_password_changed())).toBeVisible();
	const enter = async (password: string) =>
		(await resident.client.auth.signInWithPassword({ email: resident.email, password })).error?.status ?? 200;
	expect(await enter(resident.password)).toBe(400);
	expect(await enter('a new long password')).toBe(200);
});

test('an organizer cancels a party, gives a role and takes it, and deletes what is known of somebody', async ({
	context,
	district
}) => {
	const area = district.area('府后山社区');
	const organizer = await district.account('李主任', district.area('老城街道'));
	const { client } = organizer;
	const gathering = await openGathering(organizer, district.days[7]!.id, area);
	const page = await phoneOf(context, organizer);
	await ok(
		client.rpc('sign_up_for', {
			p_gathering: gathering,
			p_parties: [{ id: randomUUID(), name: '赵阿姨', headcount: 3 }]
		})
	);
	const [{ person_id }] = (await ok(
		client.from('signups').select('person_id').eq('gathering_id', gathering)
	)) as [{ person_id: string }];

	await page.goto(`/organize/gatherings/${gathering}`);
	await page.getByRole('button', { name: /赵阿姨/ }).click();
	await dialog(page, '赵阿姨').getByRole('button', { name: say.gathering_party_cancel() }).click();
	const asked = dialog(page, say.gathering_party_cancel_title({ name: '赵阿姨' }));
	await lookAt(page, 'party-cancel');
	await asked.locator('button[type=submit]').click();
	await expect(page.getByText(say.gathering_signups_none())).toBeVisible();
	expect(await ok(client.from('signups').select('status').eq('gathering_id', gathering))).toEqual([
		{ status: 'cancelled' }
	]);

	const roles = async () => ok(client.from('memberships').select('role').eq('person_id', person_id));
	await page.goto(`/organize/people/${person_id}`);
	await button(page, say.people_role_give()).click();
	const giving = dialog(page, say.people_role_give());
	await giving.getByRole('radio', { name: say.people_role_leader() }).check({ force: true });
	await giving.getByRole('combobox', { name: say.people_role_where() }).selectOption({ label: '府后山社区' });
	await lookAt(page, 'role-give');
	await button(page, say.common_save()).click();
	await expect(giving).toBeHidden();
	expect(await roles()).toEqual([{ role: 'leader' }]);
	await page
		.getByRole('button', {
			name: say.people_role_take_of({ role: say.people_role_leader(), area: '府后山社区' })
		})
		.click();
	await page.getByRole('dialog').getByRole('button', { name: say.people_role_take(), exact: true }).click();
	await expect(page.getByText(say.people_no_role())).toBeVisible();
	expect(await roles()).toEqual([]);

	await button(page, say.people_forget()).click();
	const sure = dialog(page, say.people_forget_title({ name: '赵阿姨' }));
	await lookAt(page, 'forget');
	await sure.getByRole('button', { name: say.people_forget_confirm(), exact: true }).click();
	await page.waitForURL('**/organize/people');
	await expect(page.getByText('赵阿姨')).toHaveCount(0);
	expect(await ok(client.from('people').select('display_name').eq('id', person_id))).toEqual([
		{ display_name: '–' }
	]);
});

test('an admin adds an area, and removes it while nobody used it', async ({ context, district }) => {
	const page = await phoneOf(context, district.admin);
	const named = () => ok(district.admin.client.from('areas').select('level').eq('name', '杨柳社区'));
	await page.goto('/organize/areas');
	await button(page, say.people_area_add()).click();
	const asked = dialog(page, say.people_area_add());
	await asked.getByRole('combobox', { name: say.people_area_parent() }).selectOption({ label: '老城街道' });
	await asked.getByRole('textbox', { name: say.people_area_name(), exact: true }).fill('杨柳社区');
	await lookAt(page, 'area-add');
	await asked.getByRole('button', { name: say.people_area_add(), exact: true }).click();
	await expect(asked).toBeHidden();
	expect(await named()).toEqual([{ level: 'community' }]);

	await page.getByRole('link', { name: '杨柳社区' }).click();
	await button(page, say.people_area_remove()).click();
	await page.getByRole('dialog').getByRole('button', { name: say.people_area_remove(), exact: true }).click();
	await page.waitForURL('**/organize/areas');
	expect(await named()).toEqual([]);

	// One that is in use stays, in words.
	await page.goto(`/organize/areas/${district.area('老城街道')}`);
	await button(page, say.people_area_remove()).click();
	const refused = page.getByRole('dialog');
	await refused.getByRole('button', { name: say.people_area_remove(), exact: true }).click();
	await expect(refused.getByText(say.errors_in_use())).toBeVisible();
});

test('what comes after the closing counts on a tap, and a closed gathering is opened again', async ({
	context,
	district
}) => {
	const { organizer, gathering, task } = await openToday(district);
	const { client } = organizer;
	const [first, second] = [randomUUID(), randomUUID()];
	await ok(
		client.rpc('sign_up_for', {
			p_gathering: gathering,
			p_parties: [
				{ id: first, name: '王女士', headcount: 2 },
				{ id: second, name: '陈师傅', headcount: 1 }
			]
		})
	);
	await ok(
		client.rpc('save_plan', {
			p_gathering: gathering,
			p_changes: [first, second].map((signup_id) => ({ signup_id, task_id: task, was: null, leads: false }))
		})
	);
	await ok(client.rpc('close_gathering', { p_gathering: gathering }));
	const now = new Date().toISOString();
	const events = [first, second].map((signup_id, n) => ({
		id: randomUUID(),
		signup_id,
		kind: 'present',
		heads: 1,
		minors: 0,
		at: now,
		device_id: randomUUID(),
		seq: n + 1,
		device_time: now,
		clock_offset_ms: 0,
		sent_at: now
	}));
	const answers = (await ok(client.rpc('record_attendance', { p_events: events }))) as { outcome: string }[];
	expect(answers.map(({ outcome }) => outcome)).toEqual(['late', 'late']);
	const counted = async () =>
		(await ok(client.from('totals').select('participations').eq('task_id', task)))[0]?.participations;
	expect(await counted()).toBe(0);

	const page = await phoneOf(context, organizer);
	await page.goto(`/organize/day/${gathering}/close`);
	await expect(page.getByText(say.roster_late({ count: 2 }))).toBeVisible();
	await lookAt(page, 'late');
	await button(page, say.roster_accept_all()).click();
	await expect(page.getByText(say.roster_late({ count: 2 }))).toBeHidden();
	expect(await counted()).toBe(2);

	await button(page, say.roster_reopen()).click();
	await dialog(page, say.roster_reopen_title())
		.getByRole('button', { name: say.roster_reopen(), exact: true })
		.click();
	await expect(page.getByText(say.roster_is_closed())).toBeHidden();
	expect(await ok(client.from('gatherings').select('status').eq('id', gathering))).toEqual([
		{ status: 'open' }
	]);
});

test('the board: somebody leaves a crew, a task goes, the plan is published again and printed', async ({
	context,
	district
}) => {
	const area = district.area('万里路街道');
	const organizer = await district.account('吴主任', area);
	const { client } = organizer;
	const gathering = await openGathering(organizer, district.days[8]!.id, area);
	const names = ['南门涵洞', '大兴路口'] as const;
	for (const name of names)
		await ok(client.from('sites').insert({ id: randomUUID(), area_id: area, kind: 'dead_corner', name }));
	const sites = await ok(
		client
			.from('sites')
			.select('id')
			.in('name', [...names])
	);
	await ok(client.rpc('add_tasks', { p_gathering: gathering, p_sites: sites.map(({ id }) => id) }));
	const tasks = await ok(
		client.from('tasks').select('id, sites!tasks_site_id_fkey(name)').eq('gathering_id', gathering)
	);
	const taskOf = (name: string) => tasks.find(({ sites }) => sites?.name === name)!.id;
	const parties = [
		{ id: randomUUID(), name: '王女士', phone: '13800006621', headcount: 2 },
		{ id: randomUUID(), name: '刘家', headcount: 4 },
		{ id: randomUUID(), name: '陈师傅', headcount: 1 }
	];
	await ok(client.rpc('sign_up_for', { p_gathering: gathering, p_parties: parties }));
	await ok(
		client.rpc('save_plan', {
			p_gathering: gathering,
			p_changes: parties.map(({ id }, n) => ({
				signup_id: id,
				task_id: taskOf(names[n === 2 ? 1 : 0]!),
				was: null,
				leads: n === 0
			}))
		})
	);
	await ok(client.rpc('publish_plan', { p_gathering: gathering }));
	const plan = async () => {
		const [saved] = await ok(client.from('gatherings').select('plan_published_at').eq('id', gathering));
		const put = await ok(
			client
				.from('assignments')
				.select('signup_id, task_id')
				.in(
					'signup_id',
					parties.map(({ id }) => id)
				)
		);
		const nameOf = (signup: string) => parties.find(({ id }) => id === signup)!.name;
		const crews = Object.fromEntries(put.map(({ signup_id, task_id }) => [nameOf(signup_id), task_id]));
		return { published: saved!.plan_published_at, crews };
	};
	const first = (await plan()).published;

	const page = await phoneOf(context, organizer);
	await page.goto(`/organize/board/${gathering}`);
	await page.getByRole('button', { name: new RegExp(`^${say.board_crews()}`) }).click();
	await page.getByRole('button', { name: /^刘家/ }).click();
	await lookAt(page, 'board-party');
	await dialog(page, '刘家').getByRole('button', { name: say.board_sheet_out(), exact: true }).click();
	await expect.poll(async () => (await plan()).crews['刘家']).toBeUndefined();

	await button(page, say.board_crew_settings_of({ task: '大兴路口' })).click();
	await button(page, say.board_task_remove()).click();
	const sure = dialog(page, say.board_task_remove_title({ task: '大兴路口' }));
	await expect(sure.getByText(say.board_task_remove_message({ heads: 1 }))).toBeVisible();
	await lookAt(page, 'task-remove');
	await sure.getByRole('button', { name: say.board_task_remove(), exact: true }).click();
	await expect(page.getByRole('region', { name: '大兴路口' })).toHaveCount(0);
	expect((await plan()).crews).toEqual({ 王女士: taskOf('南门涵洞') });
	expect(await ok(client.from('tasks').select('id').eq('gathering_id', gathering))).toEqual([
		{ id: taskOf('南门涵洞') }
	]);

	await button(page, say.board_publish_again()).click();
	const asked = dialog(page, say.board_publish_title());
	await expect(asked.getByText(/刘家.*陈师傅|陈师傅.*刘家/)).toBeVisible();
	await asked.getByRole('button', { name: say.board_publish_anyway() }).click();
	await expect(asked).toBeHidden();
	expect(Date.parse((await plan()).published!)).toBeGreaterThan(Date.parse(first!));

	await page.getByRole('link', { name: say.board_print(), exact: true }).click();
	await expect(page.getByRole('cell', { name: '138 0000 6621' })).toBeVisible();
	await expect(page.getByRole('cell', { name: /刘家|陈师傅/ })).toHaveCount(0);
	await lookAt(page, 'print');
	// What the browser's own dialog would do is the browser's; that it opens is the button's.
	const printed = page.evaluate(
		() => new Promise((done) => addEventListener('beforeprint', () => done(true), { once: true }))
	);
	await button(page, say.board_print_do()).click();
	expect(await printed).toBe(true);
	await page.emulateMedia({ media: 'print' });
	await expect(button(page, say.board_print_do())).toBeHidden();
	await expect(page.getByText(say.board_published(), { exact: true })).toBeHidden();
	await expect(page.getByRole('heading', { name: '南门涵洞' })).toBeVisible();
});

test('a site is put on the map, taken out of use and brought back', async ({ context, district }) => {
	const area = district.area('府后山社区');
	const organizer = await district.account('李主任', area);
	const kept = async () =>
		(
			await ok(
				organizer.client.from('sites').select('id, lng, lat, retired_at, length_m').eq('name', '菜场后沟')
			)
		)[0]!;
	const page = await phoneOf(context, organizer);
	await page.goto('/organize/sites/new');
	await page.getByRole('textbox', { name: say.sites_form_name(), exact: true }).fill('菜场后沟');
	await page.getByRole('combobox', { name: say.sites_form_area() }).selectOption(area);
	await button(page, say.sites_form_pick()).click();
	const picking = dialog(page, say.sites_form_pick_title());
	const use = picking.getByRole('button', { name: say.sites_form_pick_use(), exact: true });
	await expect(use).toBeDisabled();
	await picking.locator('.leaflet-container').click({ position: { x: 120, y: 80 } });
	await lookAt(page, 'site-pick');
	await use.click();
	const typed = await Promise.all(
		[/经度/, /纬度/].map((name) => page.getByRole('textbox', { name }).inputValue())
	);
	await button(page, say.common_save()).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('菜场后沟');
	const { lng, lat } = await kept();
	expect([lng, lat]).toEqual(typed.map(Number));
	// Where the district is, not at the equator.
	expect(Math.abs(lng!) + Math.abs(lat!)).toBeGreaterThan(0);

	await button(page, say.sites_site_retire()).click();
	const sure = dialog(page, say.sites_site_retire());
	await lookAt(page, 'site-retire');
	await sure.getByRole('button', { name: say.sites_site_retire(), exact: true }).click();
	await expect(button(page, say.sites_site_restore())).toBeVisible();
	await lookAt(page, 'site-retired');
	expect((await kept()).retired_at).not.toBeNull();
	await page.goto('/organize/sites');
	await expect(page.getByRole('link', { name: /菜场后沟/ })).toHaveCount(0);
	await page.goto(`/organize/sites/${(await kept()).id}`);
	await button(page, say.sites_site_restore()).click();
	await expect(button(page, say.sites_site_retire())).toBeVisible();
	expect((await kept()).retired_at).toBeNull();
});

test('an admin imports a list of areas; what is there stays as it is', async ({ context, district }) => {
	const page = await phoneOf(context, district.admin);
	const { client } = district.admin;
	const known = await ok(client.from('areas').select('id, code, name, level, parent_id').order('id'));
	await page.goto('/organize/areas');
	await button(page, say.people_areas_import()).click();
	const asked = dialog(page, say.people_areas_import());
	await asked
		.getByRole('textbox', { name: say.setup_areas() })
		.fill(
			'代码,上级代码,级别,名称\n11,1,街道,老城改名\n13,1,镇,新蒲镇\n131,13,村,新蒲村\n199,19,村,无主村\n'
		);
	await expect(asked.getByText(say.setup_areas_bad({ count: 1 }))).toBeVisible();
	await lookAt(page, 'areas-import');
	await button(page, say.people_areas_do({ count: 2 })).click();
	await expect(asked).toBeHidden();
	await expect(page.getByText(say.people_areas_imported({ count: 2 }))).toBeVisible();
	await expect(page.getByRole('link', { name: /新蒲镇/ })).toBeVisible();

	const now = await ok(client.from('areas').select('id, code, name, level, parent_id').order('id'));
	expect(now.filter(({ id }) => known.some((one) => one.id === id))).toEqual(known);
	const town = now.find(({ code }) => code === '13')!;
	expect(town).toMatchObject({ name: '新蒲镇', level: 'street', parent_id: district.area('红花岗区') });
	expect(now.find(({ code }) => code === '131')).toMatchObject({ name: '新蒲村', parent_id: town.id });
	expect(now).toHaveLength(known.length + 2);
});

for (const language of ['zh', 'en'] as const) {
	test(`${language}: a borrowed phone forgets what was signed up on it; the sign-ups stand`, async ({
		browser,
		app,
		district
	}) => {
		const say = words(language);
		const area = district.area(language === 'zh' ? '老城街道' : '万里路街道');
		const gathering = await openGathering(district.admin, district.days[9]!.id, area);
		const context = await browser.newContext({
			baseURL: app.url,
			locale: localeOf[language],
			javaScriptEnabled: language === 'en'
		});
		const page = await context.newPage();
		const signUp = async (name: string, last: number) => {
			await page.goto(`/gatherings/${gathering}/signup`);
			await page.getByRole('textbox', { name: say.signup_name() }).fill(name);
			await page.getByRole('textbox', { name: say.signup_phone() }).fill(`138 0000 66${last}`);
			await page.getByRole('checkbox', { name: say.signup_consent() }).check();
			await page.locator('form[method=post] button[type=submit]').last().click();
			await page.waitForURL(/\/s\/[\w-]{22}$/);
			return page.url();
		};
		const first = language === 'zh' ? 31 : 41;
		const stand = async () =>
			(await ok(district.admin.client.from('signups').select('status').eq('gathering_id', gathering))).map(
				({ status }) => status
			);

		// One alone: the phone would lead straight to it.
		const link = await signUp('王女士', first);
		await page.getByText(say.signup_link(), { exact: true }).click();
		await lookAt(page, 'own-forget');
		await button(page, say.signup_forget()).click();
		await expect(page).toHaveURL(`${app.url}/s`);
		await expect(page.getByText(say.signup_my_none(), { exact: true })).toBeVisible();
		expect((await context.cookies()).map(({ name }) => name)).not.toContain('bookings');
		// The link goes on to work, and a phone that only opened it has nothing to forget.
		await page.goto(link);
		await page.getByText(say.signup_link(), { exact: true }).click();
		await expect(page.getByRole('img', { name: say.signup_link_qr() })).toBeVisible();
		await expect(button(page, say.signup_forget())).toHaveCount(0);

		await signUp('李先生', first + 1);
		await signUp('赵阿姨', first + 2);
		await page.goto('/s');
		await expect(page.getByText(/李先生/)).toBeVisible();
		await button(page, say.signup_my_forget()).click();
		await expect(page.getByText(say.signup_my_none(), { exact: true })).toBeVisible();
		await expect(page.getByText(/李先生|赵阿姨/)).toHaveCount(0);
		expect(await stand()).toEqual(['confirmed', 'confirmed', 'confirmed']);
		await context.close();
	});

	test(`${language}: a file's address that leads nowhere says so, with a way on`, async ({
		browser,
		app,
		district
	}) => {
		const there = `/areas/${district.area('老城街道')}/calendar.ics`;
		expect((await fetch(app.url + there)).status).toBe(200);
		const context = await browser.newContext({ baseURL: app.url, locale: localeOf[language] });
		const page = await context.newPage();
		for (const path of [
			`/areas/${randomUUID()}/calendar.ics`,
			`/gatherings/${randomUUID()}/calendar.ics`,
			`/photos/${'0'.repeat(64)}`
		]) {
			expect((await page.goto(path))?.status(), path).toBe(404);
			await expect(page.getByRole('heading', { name: '没有找到这个地址' })).toBeVisible();
			await expect(page.getByRole('heading', { name: 'Nothing is at this address' })).toBeVisible();
			await expect(page.getByText(/系统出了点问题|Something went wrong/).first()).toBeHidden();
		}
		await lookAt(page, 'nowhere');
		await page.getByRole('link', { name: /Home/ }).click();
		await expect(page).toHaveURL(`${app.url}/`);
		await context.close();
	});
}
