/** The organizer's work before the day: from an empty calendar to a published plan, alone and with a colleague. */
import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import type { Database } from '../../src/lib/data/database.types.ts';
import { expect, test as base } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { foundDistrict, ok, type Account, type District } from './support/district.ts';
import { expectNoSidewaysScroll, shoot, show } from './support/screens.ts';

const DESKTOP = { width: 1280, height: 800 };

const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await foundDistrict(app)), { scope: 'worker' }]
});

/** Three sites: one that minors may not go to, one small, one outside the jurisdiction. Answers with the first two. */
async function makeSites({ client }: Account, area_id: string): Promise<string[]> {
	const sites: Database['public']['Tables']['sites']['Insert'][] = [
		{
			id: randomUUID(),
			area_id,
			kind: 'drain',
			name: '官井沟渠',
			length_m: 620,
			hazards: ['deep_water'],
			crew_min: 3,
			crew_max: 6
		},
		{ id: randomUUID(), area_id, kind: 'dead_corner', name: '北门后巷', crew_min: 2, crew_max: 4 },
		{
			id: randomUUID(),
			area_id,
			kind: 'other',
			name: '火车站广场',
			in_jurisdiction: false,
			responsible_unit: '铁路部门'
		}
	];
	for (const site of sites) await ok(client.from('sites').insert(site));
	return sites.slice(0, 2).map(({ id }) => id ?? '');
}

/** A gathering with two tasks and four sign-ups, made without the screens. */
async function makeGathering(organizer: Account, day: string | undefined, area: string): Promise<string> {
	const { client } = organizer;
	const id = randomUUID();
	await ok(
		client.rpc('save_gathering', {
			p_id: id,
			p_day: day ?? '',
			p_area: area,
			p_fields: { place: '府后山广场', starts: '08:30', ends: '11:00', capacity: 60 }
		})
	);
	await ok(client.rpc('add_tasks', { p_gathering: id, p_sites: await makeSites(organizer, area) }));
	const parties = [
		['王女士', 1, 0],
		['刘家', 4, 2],
		['陈师傅', 2, 0],
		['青年队', 3, 0]
	] as const;
	await ok(
		client.rpc('sign_up_for', {
			p_gathering: id,
			p_parties: parties.map(([name, headcount, minors]) => ({ id: randomUUID(), name, headcount, minors }))
		})
	);
	return id;
}

const crew = (page: Page, name: string): Locator => page.getByRole('region', { name });

test.describe('from an empty calendar to a published plan', () => {
	test('on a phone, with taps', async ({ page, context, district }) => {
		const organizer = await district.account('李主任', district.area('老城街道'));
		await makeSites(organizer, district.area('府后山社区'));
		await organizer.signIn(context);

		await test.step('open a gathering', async () => {
			await page.goto('/organize');
			await page.getByRole('link', { name: '开设集合点' }).click();
			const dialog = page.getByRole('dialog', { name: '开设集合点' });
			await dialog.getByLabel('区域').selectOption({ label: '老城街道' });
			await dialog.getByRole('button', { name: '开设', exact: true }).click();
			await expect(dialog.getByText('请填集合地点')).toBeVisible();
			await dialog.getByLabel('集合地点').fill('府后山社区广场');
			await dialog.getByLabel('最多多少人').fill('12');
			await dialog.getByRole('button', { name: '开设', exact: true }).click();
			await expect(page.getByRole('heading', { name: '老城街道' })).toBeVisible();
			await expect(page.getByText('还没有人报名')).toBeVisible();
		});

		await test.step('sign people up on their behalf: one, then a list', async () => {
			await page.getByRole('link', { name: '代报名' }).first().click();
			await page.getByLabel('姓名').fill('陈师傅');
			await page.getByLabel('能当组长').check();
			await page.getByRole('button', { name: '报名 1 人' }).click();
			await expect(page.getByText('陈师傅（1 人）报好了')).toBeVisible();

			await page.getByText('贴一张名单').click();
			await page
				.getByLabel('从表格里复制名单')
				.fill('王女士 13800001111 2人\n刘家 4人 2小孩\n重名 13800001111\n青年队 8人');
			await expect(page.getByText('1 行有问题')).toBeVisible();
			await page.getByRole('button', { name: '报名 3 家' }).click();
			await expect(page.getByText('报好 3 家，14 人')).toBeVisible();
			await expect(page.getByText('其中 1 家进了候补')).toBeVisible();
			// What was not signed up is not lost.
			await expect(page.getByLabel('从表格里复制名单')).toHaveValue('重名 13800001111');
		});

		await test.step('promote from the waitlist knowingly over capacity, and shrink', async () => {
			await page.getByRole('link', { name: '报名', exact: true }).click();
			await page.getByRole('button', { name: /青年队/ }).click();
			await page.getByRole('button', { name: '确认名额' }).click();
			await expect(page.getByText('还剩 5 个名额，青年队 要来 8 人')).toBeVisible();
			await page.getByRole('button', { name: '照样确认' }).click();
			await expect(page.getByRole('button', { name: /青年队.*没分组/ })).toBeVisible();
			await page.getByRole('button', { name: /青年队/ }).click();
			await page.getByRole('spinbutton', { name: '来几个人' }).fill('3');
			await page.getByRole('button', { name: '保存' }).click();
			await expect(page.getByRole('button', { name: /青年队.*3 人/ })).toBeVisible();
			await expectNoAxeViolations(page);
		});

		await test.step('choose tasks; what is not the district’s cannot be chosen', async () => {
			await page.getByRole('link', { name: '去分工' }).click();
			await page.getByRole('link', { name: '选任务' }).first().click();
			await expect(page.getByLabel(/火车站广场/)).toBeDisabled();
			await expect(page.getByText('不归本区管，由 铁路部门 负责')).toBeVisible();
			await page.getByLabel(/官井沟渠/).check();
			await page.getByLabel(/北门后巷/).check();
			await page.getByRole('button', { name: '加 2 个任务' }).click();
			await expect(page.getByRole('heading', { name: /分工$/ })).toBeVisible();
		});

		await test.step('assign with taps; rules are shown', async () => {
			await page.getByRole('button', { name: /^刘家/ }).click();
			const sheet = page.getByRole('dialog', { name: '刘家' });
			await expect(sheet.getByRole('button', { name: /官井沟渠/ })).toContainText(
				'有小孩，不能去有危险的点位'
			);
			await sheet.getByRole('button', { name: /北门后巷/ }).click();
			await expect(page.getByText('刘家 → 北门后巷').first()).toBeVisible();

			await page.getByRole('button', { name: /^小组/ }).click();
			await page.getByRole('button', { name: '给 官井沟渠 加人' }).click();
			await page.getByLabel(/陈师傅/).check();
			await page.getByLabel(/青年队/).check();
			await page.getByRole('button', { name: '加 4 人' }).click();
			await expect(crew(page, '官井沟渠')).toContainText('没有组长');
			await crew(page, '官井沟渠')
				.getByRole('button', { name: /陈师傅/ })
				.click();
			await page.getByRole('button', { name: '设为组长' }).click();
			await expect(crew(page, '官井沟渠')).not.toContainText('没有组长');

			await page.getByRole('button', { name: '给 北门后巷 加人' }).click();
			await page.getByLabel(/王女士/).check();
			await page.getByRole('button', { name: '加 2 人' }).click();
			await expect(page.getByText('加上 王女士 就是 6 人，最多 4 人')).toBeVisible();
			await page.getByRole('button', { name: '照样加进去' }).click();
			await expect(crew(page, '北门后巷')).toContainText('多 2');
			await expectNoAxeViolations(page);
			await expectNoSidewaysScroll(page);
			await shoot(page, 'board-phone');
		});

		await test.step('publish, knowing what is missing', async () => {
			await page.goto('/organize/board');
			await page.getByRole('button', { name: '发布' }).click();
			const dialog = page.getByRole('dialog', { name: '发布分工？' });
			await expect(dialog).toContainText('没有组长：北门后巷');
			await expect(dialog).toContainText('人太多：北门后巷');
			await dialog.getByRole('button', { name: '就这样发布' }).click();
			await expect(page.getByText(/已发布/).first()).toBeVisible();

			const [saved] = await ok(organizer.client.from('gatherings').select('plan_published_at'));
			expect(saved?.plan_published_at).not.toBeNull();
			expect(await ok(organizer.client.from('assignments').select('leads'))).toHaveLength(4);
		});

		await test.step('tell people: a text for WeChat and whom to call', async () => {
			await page.getByRole('link', { name: '通知大家' }).click();
			await expect(page.getByLabel('复制这段文字')).toHaveValue(/【分工已定】[\s\S]*http/);
			await expect(page.getByRole('link', { name: '给 王女士 打电话' })).toHaveAttribute(
				'href',
				'tel:+8613800001111'
			);
			await page.getByLabel('王女士：打过了').check();
			await expect(page.getByText('还有 3 家要打')).toBeVisible();
			await expectNoAxeViolations(page);
			await shoot(page, 'tell-phone');
		});
	});

	test('on a desktop, in English, with drag and with the keyboard', async ({ browser, district, app }) => {
		const organizer = await district.account('Ms Wu', district.area('万里路街道'));
		const gathering = await makeGathering(organizer, district.days[0]?.id, district.area('万里路街道'));
		const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB', baseURL: app.url });
		await organizer.signIn(context);
		const page = await context.newPage();
		await page.goto(`/organize/board/${gathering}`);

		await page.getByRole('button', { name: /^陈师傅/ }).dragTo(crew(page, '官井沟渠'));
		await expect(crew(page, '官井沟渠').getByRole('button', { name: /^陈师傅/ })).toBeVisible();
		// A party with minors does not drop into a hazard.
		await page.getByRole('button', { name: /^刘家/ }).dragTo(crew(page, '官井沟渠'));
		await expect(
			page.getByRole('region', { name: 'Without a crew' }).getByRole('button', { name: /^刘家/ })
		).toBeVisible();

		await page.getByRole('button', { name: /^青年队/ }).focus();
		await page.keyboard.press('Enter');
		await page
			.getByRole('dialog', { name: '青年队' })
			.getByRole('button', { name: /官井沟渠/ })
			.focus();
		await page.keyboard.press('Enter');
		await expect(crew(page, '官井沟渠')).toContainText('5 / 3–6');
		await expect(page.getByRole('status').filter({ hasText: '青年队 → 官井沟渠' }).first()).toBeAttached();

		await page.getByRole('button', { name: 'Undo' }).last().click();
		await expect(crew(page, '官井沟渠')).toContainText('1 short');
		await page.reload();
		await expect(crew(page, '官井沟渠')).toContainText('1 short');
		await expectNoAxeViolations(page);
		await shoot(page, 'board-desktop');
		await context.close();
	});
});

test('two organizers at once: the later one is told what changed and loses nothing', async ({
	browser,
	district,
	app
}) => {
	const area = district.area('府后山社区');
	const [first, second] = [await district.account('甲', area), await district.account('乙', area)];
	const gathering = await makeGathering(first, district.days[0]?.id, area);
	const open = async (account: Account) => {
		const context = await browser.newContext({ viewport: DESKTOP, locale: 'zh-CN', baseURL: app.url });
		await account.signIn(context);
		const page = await context.newPage();
		await page.goto(`/organize/board/${gathering}`);
		await expect(crew(page, '官井沟渠')).toBeVisible();
		return page;
	};
	const [one, other] = [await open(first), await open(second)];
	const put = async (page: Page, party: string, task: string) => {
		await page.getByRole('button', { name: new RegExp(`^${party}`) }).click();
		await page
			.getByRole('dialog', { name: party })
			.getByRole('button', { name: new RegExp(task) })
			.click();
	};

	await put(one, '王女士', '官井沟渠');
	await expect(crew(one, '官井沟渠')).toContainText('王女士');
	await expectSaved(first, gathering, { 王女士: '官井沟渠' });

	// The other still sees 王女士 without a crew.
	await put(other, '王女士', '北门后巷');
	const alert = other.getByRole('alert');
	await expect(alert).toContainText('王女士：别人刚分到“官井沟渠”，您想分到“北门后巷”。');
	await expect(crew(other, '官井沟渠')).toContainText('王女士');
	await expectSaved(first, gathering, { 王女士: '官井沟渠' });

	// Their work on other parties goes on, both sides' moves stand.
	await put(other, '刘家', '北门后巷');
	await put(one, '青年队', '官井沟渠');
	await expectSaved(first, gathering, { 王女士: '官井沟渠', 刘家: '北门后巷', 青年队: '官井沟渠' });
	await alert.getByRole('button', { name: '照我的改' }).click();
	// Meanwhile the crew is full: the rule is asked about as for any other move.
	await other.getByRole('button', { name: '照样加进去' }).click();
	await expect(alert).toHaveCount(0);
	await expectSaved(first, gathering, { 王女士: '北门后巷', 刘家: '北门后巷', 青年队: '官井沟渠' });

	// Whoever only looks on is told by itself.
	await one.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expect(one.getByText('王女士：官井沟渠 → 北门后巷')).toBeVisible();
	await expect(crew(one, '北门后巷')).toContainText('王女士');
	await one.context().close();
	await other.context().close();
});

test('without a signal a move is kept, shown as unsaved, and saved when the signal is back', async ({
	browser,
	district,
	app
}) => {
	const area = district.area('老城街道');
	const organizer = await district.account('丙', area);
	const gathering = await makeGathering(organizer, district.days[2]?.id, area);
	const context = await browser.newContext({ viewport: DESKTOP, locale: 'zh-CN', baseURL: app.url });
	await organizer.signIn(context);
	const page = await context.newPage();
	await page.goto(`/organize/board/${gathering}`);
	await expect(crew(page, '官井沟渠')).toBeVisible();

	await context.setOffline(true);
	await page.getByRole('button', { name: /^陈师傅/ }).dragTo(crew(page, '北门后巷'));
	await expect(page.getByText('1 处改动还没存上')).toBeVisible();
	await expect(crew(page, '北门后巷')).toContainText('陈师傅');

	await context.setOffline(false);
	await expectSaved(organizer, gathering, { 陈师傅: '北门后巷' });
	await expect(page.getByText('1 处改动还没存上')).toHaveCount(0);
	await context.close();
});

test('an admin moves a day off a holiday, and back; the history tells', async ({
	page,
	context,
	district
}) => {
	const { client } = district.admin;
	const days = await ok(client.from('labour_days').select('id, date').order('date'));
	const day = days[1];
	if (!day) throw new Error('no second day');
	await ok(client.from('extra_holidays').upsert({ date: day.date, name: '校庆日', name_en: 'School day' }));
	await district.admin.signIn(context);

	await page.goto(`/organize/days/${day.id}`);
	await expect(page.getByText('这天是校庆日')).toBeVisible();
	const proposals = page.getByRole('button', { name: /^改到/ });
	await expect(proposals).toHaveCount(2);
	await proposals.first().click();
	await page.getByRole('dialog').getByRole('button', { name: '确定改期' }).click();
	await expect(page.getByText('原因：校庆日放假')).toBeVisible();
	const [moved] = await ok(client.from('labour_days').select('date, status, reason').eq('id', day.id));
	expect(moved).toMatchObject({ status: 'moved', reason: '校庆日放假' });

	await page.getByRole('button', { name: '改回原来的日子' }).click();
	await page.getByRole('dialog').getByRole('button', { name: '改回原来的日子' }).click();
	await page.getByText('改动记录').click();
	await expect(page.getByText(/^从 .* 改到 .*：校庆日放假$/)).toBeVisible();
	await expectNoAxeViolations(page);
	await show(page, { language: 'en', theme: 'dark', large: true });
	await expect(page.getByText('This day is School day')).toBeVisible();
	await expectNoSidewaysScroll(page);
	await shoot(page, 'labour-day');
});

/** Holds the plan in the database to what is expected, once it got there. */
async function expectSaved({ client }: Account, gathering: string, expected: Record<string, string>) {
	await expect
		.poll(async () => {
			const board = (await ok(client.rpc('read_board', { p_gathering: gathering }))) as {
				parties: { name: string; task_id: string | null }[];
				tasks: { id: string; name: string }[];
			};
			const task = (id: string | null) => board.tasks.find((one) => one.id === id)?.name ?? null;
			return Object.fromEntries(
				board.parties.filter(({ name }) => name in expected).map(({ name, task_id }) => [name, task(task_id)])
			);
		})
		.toEqual(expected);
}
