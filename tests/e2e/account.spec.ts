/** Accounts, roles and sign-in codes, from the first run on: who gets in, how, and who sees whom. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { ask, linkIn, phoneOf, setUp, signUp } from './support/people.ts';
import { expectNoSidewaysScroll, inEveryView, lookAt, shoot } from './support/screens.ts';
import { words } from './support/words.ts';

// Several pages are looked at in all their views on the way.
test.describe.configure({ mode: 'serial', timeout: 180_000 });

let admin: Page;
let organizer: Page;

test.beforeAll(async ({ browser, app }) => {
	admin = (await phoneOf(browser, app)).page;
	organizer = (await phoneOf(browser, app)).page;
});
test.afterAll(async () => {
	await admin.context().close();
	await organizer.context().close();
});

async function inspect(page: Page, name: string) {
	await inEveryView(page, async () => {
		await expectNoAxeViolations(page);
		await expectNoSidewaysScroll(page);
	});
	await shoot(page, name);
}

test('the first run wants the console’s code, keeps what was typed, and is over afterwards', async ({
	app
}) => {
	await admin.goto('/setup');
	await inspect(admin, 'setup');
	await admin.getByRole('textbox', { name: '设置码' }).fill('WRONGCODE1');
	await admin.getByRole('textbox', { name: '区名' }).fill('红花岗区');
	await admin
		.getByRole('textbox', { name: '街道、镇和社区、村' })
		.fill('code,parent_code,level,name\n1,9,community,x');
	await admin.getByRole('button', { name: '建好，开始用' }).click();
	await expect(admin.getByText('第 2 行：找不到上级街道、镇 9')).toBeVisible();
	await expect(admin.getByRole('textbox', { name: '区名' })).toHaveValue('红花岗区');
	await expect(admin.getByText('请先看一看，同意后打勾。')).toBeVisible();

	await setUp(admin, app);
	await expect(admin.getByRole('heading', { level: 1 })).toBeVisible();
	const again = await admin.request.get('/setup');
	expect(again.status()).toBe(410);
});

test('an invitation makes its taker an organizer, once', async ({ browser, app }) => {
	await admin.goto('/organize/people/invitations');
	await admin.getByRole('button', { name: '发邀请' }).click();
	await admin.getByRole('combobox', { name: '管哪里' }).selectOption({ label: '老城街道（其他）' });
	await admin.getByRole('button', { name: '生成邀请链接' }).click();
	const link = await linkIn(admin, '发给对方');

	await organizer.goto(link);
	await expect(organizer.getByRole('heading', { level: 1 })).toHaveText('请您当老城街道的组织者');
	await organizer.getByRole('link', { name: '注册账号' }).click();
	await signUp(organizer, '老城街道办', 'organizer@example.org', '府后山社区');
	await organizer.getByRole('button', { name: '接受邀请' }).click();
	await organizer.waitForURL('**/organize');

	const { page, context } = await phoneOf(browser, app);
	await page.goto(link);
	await expect(page.getByText('这份邀请已经用过了')).toBeVisible();
	await context.close();
});

for (const language of ['zh', 'en'] as const) {
	const say = words(language);
	const email = `resident-${language}@example.org`;

	test(`${language}: a resident signs up in two taps, changes the party, and sees it without a signal`, async ({
		browser,
		app
	}) => {
		const [{ data: days }, { data: areas }] = await Promise.all([
			ask<{ id: string }[]>(organizer, 'labour_days?select=id&order=date&limit=3'),
			ask<{ id: string }[]>(organizer, 'areas?select=id&code=eq.520302001')
		]);
		const gathering = randomUUID();
		const opened = await ask(organizer, 'rpc/save_gathering', {
			p_id: gathering,
			p_day: days[language === 'zh' ? 1 : 2]?.id,
			p_area: areas[0]?.id,
			p_fields: {
				place: '府后山社区广场',
				starts: '08:30',
				ends: '11:00',
				capacity: 40,
				bring: '手套',
				lng: 106.9,
				lat: 27.7
			}
		});
		expect(opened.status, JSON.stringify(opened.data)).toBe(200);

		const { page, context } = await phoneOf(browser, app, language);
		let asked = 0;
		page.on('request', (request) => {
			if (request.url().endsWith('/rpc/my_self')) asked += 1;
		});
		await page.goto(`/sign-up?next=/gatherings/${gathering}/signup`);
		await lookAt(page, 'sign-up');
		await signUp(page, '王女士', email, '府后山社区', say);
		await page.waitForURL('**/signup');
		await page.getByRole('button', { name: say.signup_submit({ count: 1 }) }).click();
		await page.waitForURL('**/me');
		await expect(page.getByText(say.me_is_booked(), { exact: true })).toBeVisible();
		asked = 0;
		await page.reload({ waitUntil: 'networkidle' });
		expect(asked, 'times that a page asks who one is').toBe(1);

		await page.getByRole('button', { name: say.me_change() }).click();
		await page.getByRole('button', { name: say.common_more({ label: say.me_headcount() }) }).click();
		await page.getByRole('button', { name: say.common_more({ label: say.me_headcount() }) }).click();
		await page.getByRole('button', { name: say.common_more({ label: say.me_minors() }) }).click();
		await page.getByRole('button', { name: say.common_save() }).click();
		await expect(
			page.getByText(
				`王女士${say.common_separator()}${say.me_party_with_minors({ headcount: 3, minors: 1 })}`
			)
		).toBeVisible();
		const { data: rows } = await ask<{ headcount: number; minors: number }[]>(
			page,
			'signups?select=headcount,minors'
		);
		expect(rows).toEqual([{ headcount: 3, minors: 1 }]);
		await lookAt(page, 'me');

		// What the phone has kept is shown when the server does not answer.
		await page.route('**/rest/v1/**', (route) => route.abort());
		await page.goto('/start');
		await page.waitForURL('**/me');
		await expect(page.getByText(say.me_kept())).toBeVisible();
		await expect(page.getByText('府后山社区广场')).toBeVisible();
		await page.unroute('**/rest/v1/**');

		await page.goto('/me/profile');
		await lookAt(page, 'profile');
		await page.getByRole('button', { name: say.auth_sign_out() }).click();
		await page.getByRole('dialog').getByRole('button', { name: say.auth_sign_out() }).click();
		await page.waitForURL(`${app.url}/`);
		expect(
			await page.evaluate(() => Object.keys(localStorage).filter((key) => /session|own/.test(key)))
		).toEqual([]);
		await page.goto('/me');
		await page.waitForURL('**/sign-in?next=%2Fme');
		await lookAt(page, 'sign-in');
		await page.getByRole('textbox', { name: say.auth_email() }).fill(email);
		await page.getByLabel(say.auth_password(), { exact: true }).fill('not this one');
		await page.getByRole('button', { name: say.auth_sign_in(), exact: true }).click();
		await expect(page.getByText(say.errors_bad_credentials())).toBeVisible();
		await expect(page.getByRole('textbox', { name: say.auth_email() })).toHaveValue(email);
		await context.close();
	});
}

test('a sign-in code signs a phone in without e-mail; the next one ends it', async ({ browser, app }) => {
	await organizer.goto('/organize/people');
	await organizer.getByRole('button', { name: '添加人员' }).first().click();
	const dialog = organizer.getByRole('dialog');
	await dialog.getByRole('textbox', { name: '姓名' }).fill('李奶奶');
	await dialog.getByRole('combobox', { name: '住在' }).selectOption({ label: '府后山社区' });
	await dialog.getByRole('button', { name: '添加人员' }).click();
	await expect(organizer.getByRole('heading', { level: 1, name: '李奶奶' })).toBeVisible();
	await inspect(organizer, 'person');

	const issue = async () => {
		await organizer.getByRole('button', { name: '出登录码' }).first().click();
		await organizer.getByRole('dialog').getByRole('button', { name: '出登录码' }).click();
		await expect(organizer.getByRole('img', { name: '李奶奶的登录码' })).toBeVisible();
		await organizer.getByText('不在身边？').click();
		const link = await linkIn(organizer, '只发给本人');
		await organizer.getByRole('button', { name: '关闭' }).click();
		return link;
	};
	const enter = async (page: Page, link: string) => {
		await page.goto(link);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('李奶奶，您好');
		await page.getByRole('button', { name: '登录', exact: true }).click();
		await page.waitForURL('**/me');
	};

	const first = await phoneOf(browser, app);
	const link = await issue();
	await enter(first.page, link);
	await expect(first.page.getByRole('heading', { level: 1 })).toHaveText('李奶奶，您好');

	const second = await phoneOf(browser, app);
	await second.page.goto(link);
	await expect(second.page.getByText('这个登录码已经用过了')).toBeVisible();

	const newer = await issue();
	await first.page.reload();
	await first.page.waitForURL('**/sign-in?**');
	await expect(first.page.getByText('这部手机上的登录结束了')).toBeVisible();
	await enter(second.page, newer);
	await first.context.close();
	await second.context.close();
	expect(app.output()).not.toContain(link.split('#')[1]);
});

test('an organizer of one street sees nobody of another, an admin everybody', async ({ browser, app }) => {
	await admin.goto('/organize/people/invitations');
	await admin.getByRole('button', { name: '发邀请' }).click();
	await admin.getByRole('combobox', { name: '管哪里' }).selectOption({ label: '万里路街道（其他）' });
	await admin.getByRole('button', { name: '生成邀请链接' }).click();
	const link = await linkIn(admin, '发给对方');
	const { page: other, context } = await phoneOf(browser, app);
	await other.goto(link);
	await other.getByRole('link', { name: '注册账号' }).click();
	await signUp(other, '万里路街道办', 'other@example.org', '北关社区');
	await other.getByRole('button', { name: '接受邀请' }).click();
	await other.waitForURL('**/organize');

	const { data: people } = await ask<{ id: string; display_name: string }[]>(
		organizer,
		'people?select=id,display_name'
	);
	const hers = people.find(({ display_name }) => display_name === '李奶奶')?.id;
	expect(hers).toBeTruthy();

	await other.goto('/organize/people');
	await expect(other.getByRole('link', { name: '万里路街道办' })).toBeVisible();
	await expect(other.getByText('李奶奶')).toHaveCount(0);
	await other.goto(`/organize/people/${hers}`);
	await expect(other.getByText('您没有这项权限')).toBeVisible();
	expect((await ask<unknown[]>(other, `people?id=eq.${hers}`)).data).toEqual([]);

	await admin.goto('/organize/people');
	await expect(admin.getByRole('link', { name: '李奶奶' })).toBeVisible();
	await inspect(admin, 'people');
	await context.close();
});

test('roles, units and their history are told in words', async () => {
	await admin.goto('/organize/areas');
	await inspect(admin, 'areas');
	await admin.getByRole('link', { name: '老城街道' }).click();
	await admin.getByRole('textbox', { name: '责任单位' }).fill('区城管局');
	await admin.getByRole('textbox', { name: '责任人', exact: false }).first().fill('周主任');
	await admin.getByRole('button', { name: '保存' }).click();
	await expect(admin.getByText('责任单位改为：区城管局')).toBeVisible();
	await expect(admin.getByText('老城街道办成为组织者')).toBeVisible();
	await inspect(admin, 'area');
});
