/** The organizer's work before the day: from an empty calendar to a published plan, alone and with a colleague. */
import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import type { Database } from '../../src/lib/data/database.types.ts';
import { expect, test as base } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { foundDistrict, ok, planAhead, type Account, type District } from './support/district.ts';
import { expectNoSidewaysScroll, lookAt, shoot, show } from './support/screens.ts';
import { localeOf, words } from './support/words.ts';

const DESKTOP = { width: 1280, height: 800 };

const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await planAhead(await foundDistrict(app))), { scope: 'worker' }]
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
	for (const language of ['zh', 'en'] as const) {
		const say = words(language);
		// Each language has a street of its own.
		const [street, sites, phone] =
			language === 'zh'
				? (['老城街道', '府后山社区', '13800001111'] as const)
				: (['万里路街道', '万里路街道', '13900002222'] as const);

		test.describe(language, () => {
			test.use({ locale: localeOf[language] });

			test('on a phone, with taps', async ({ page, context, district }) => {
				test.setTimeout(120_000);
				const organizer = await district.account('李主任', district.area(street));
				await makeSites(organizer, district.area(sites));
				await organizer.signIn(context);
				const button = (name: string | RegExp) => page.getByRole('button', { name });

				await test.step('open a gathering', async () => {
					await page.goto('/organize');
					await page.getByRole('link', { name: say.calendar_open_gathering() }).click();
					const dialog = page.getByRole('dialog', { name: say.gathering_open_title() });
					await dialog.getByLabel(say.gathering_area()).selectOption({ label: street });
					const open = dialog.getByRole('button', { name: say.gathering_open_do(), exact: true });
					await open.click();
					await expect(dialog.getByText(say.gathering_place_missing())).toBeVisible();
					await dialog.getByLabel(say.gathering_place()).fill('府后山社区广场');
					await dialog.getByLabel(say.gathering_capacity()).fill('12');
					await open.click();
					await expect(page.getByRole('heading', { name: street })).toBeVisible();
					await expect(page.getByText(say.gathering_signups_none())).toBeVisible();
				});

				await test.step('sign people up on their behalf: one, then a list', async () => {
					await page.getByRole('link', { name: say.gathering_nav_add() }).first().click();
					await page.getByLabel(say.gathering_party_name()).fill('陈师傅');
					await page.getByLabel(say.gathering_party_can_lead()).check();
					await button(say.gathering_add_do({ heads: 1 })).click();
					await expect(page.getByText(say.gathering_added({ name: '陈师傅', heads: 1 }))).toBeVisible();

					await page.getByText(say.gathering_add_list()).click();
					const list = page.getByLabel(say.gathering_list_label());
					const header = '姓名\t手机\t人数\t小孩';
					await list.fill(
						`${header}\n王女士\t${phone}\t2\t\n刘家\t\t4\t2\n重名\t${phone}\t1\t1\n青年队\t\t8\t`
					);
					await expect(page.getByText(say.gathering_list_wrong({ count: 1 }))).toBeVisible();
					await button(say.gathering_list_do({ count: 3 })).click();
					await expect(page.getByText(say.gathering_list_done({ count: 3, heads: 14 }))).toBeVisible();
					await expect(page.getByText(say.gathering_list_waiting({ count: 1 }))).toBeVisible();
					// What was not signed up is not lost, nor what its columns mean.
					await expect(list).toHaveValue(`${header}\n重名\t${phone}\t1\t1`);
				});

				await test.step('promote from the waitlist knowingly over capacity, and shrink', async () => {
					await page.getByRole('link', { name: say.gathering_nav_signups(), exact: true }).click();
					await button(/青年队/).click();
					await button(say.gathering_party_promote()).click();
					await expect(
						page.getByText(say.gathering_party_over_message({ room: 5, name: '青年队', heads: 8 }))
					).toBeVisible();
					await button(say.gathering_party_over_do()).click();
					const team = page.getByRole('button', { name: /青年队/ });
					await expect(team.filter({ hasText: say.gathering_state_unassigned() })).toBeVisible();
					await team.click();
					await page.getByRole('spinbutton', { name: say.gathering_party_heads() }).fill('3');
					await button(say.common_save()).click();
					await expect(team).toContainText(/3/);
					await expectNoAxeViolations(page);
				});

				await test.step('choose tasks; what is not the district’s cannot be chosen', async () => {
					await page.getByRole('link', { name: say.gathering_assign() }).click();
					await page.getByRole('link', { name: say.board_choose_tasks() }).first().click();
					await expect(page.getByLabel(/火车站广场/)).toBeDisabled();
					await expect(page.getByText(say.board_tasks_outside({ unit: '铁路部门' }))).toBeVisible();
					await page.getByLabel(/官井沟渠/).check();
					await page.getByLabel(/北门后巷/).check();
					await button(say.board_tasks_add({ count: 2 })).click();
					await page.waitForURL(/\/organize\/board\/[\w-]{36}$/);
				});

				await test.step('assign with taps; rules are shown', async () => {
					await button(/^刘家/).click();
					const sheet = page.getByRole('dialog', { name: '刘家' });
					await expect(sheet.getByRole('button', { name: /官井沟渠/ })).toContainText(
						say.board_refused_minors()
					);
					await sheet.getByRole('button', { name: /北门后巷/ }).click();
					await expect(page.getByText('刘家 → 北门后巷').first()).toBeVisible();

					await button(new RegExp(`^${say.board_crews()}`)).click();
					await button(say.board_add_people_to({ task: '官井沟渠' })).click();
					await page.getByLabel(/陈师傅/).check();
					await page.getByLabel(/青年队/).check();
					await button(say.board_pick_do({ heads: 4 })).click();
					await expect(crew(page, '官井沟渠')).toContainText(say.board_no_leader());
					await crew(page, '官井沟渠')
						.getByRole('button', { name: /陈师傅/ })
						.click();
					await button(say.board_sheet_lead()).click();
					await expect(crew(page, '官井沟渠')).not.toContainText(say.board_no_leader());

					await button(say.board_add_people_to({ task: '北门后巷' })).click();
					await page.getByLabel(/王女士/).check();
					await button(say.board_pick_do({ heads: 2 })).click();
					await expect(
						page.getByText(say.board_over_message({ name: '王女士', heads: 6, max: 4 }))
					).toBeVisible();
					await button(say.board_over_confirm()).click();
					await expect(crew(page, '北门后巷')).toContainText(say.board_too_many({ over: 2, min: 2, max: 4 }));
					await expectNoAxeViolations(page);
					await expectNoSidewaysScroll(page);
					await shoot(page, 'board-phone');
				});

				await test.step('publish, knowing what is missing', async () => {
					await page.goto('/organize/board');
					await button(say.board_publish()).click();
					const dialog = page.getByRole('dialog', { name: say.board_publish_title() });
					await expect(dialog).toContainText(say.board_publish_leaderless({ names: '北门后巷' }));
					await expect(dialog).toContainText(say.board_publish_over({ names: '北门后巷' }));
					await dialog.getByRole('button', { name: say.board_publish_anyway() }).click();
					await expect(page.getByText(new RegExp(say.board_published())).first()).toBeVisible();

					const [saved] = await ok(
						organizer.client
							.from('gatherings')
							.select('plan_published_at')
							.eq('area_id', district.area(street))
					);
					expect(saved?.plan_published_at).not.toBeNull();
					expect(await ok(organizer.client.from('assignments').select('leads'))).toHaveLength(4);
				});

				await test.step('tell people: a text for WeChat and whom to call', async () => {
					await page.getByRole('link', { name: say.board_tell() }).click();
					await expect(page.getByLabel(say.gathering_tell_copy_label())).toHaveValue(
						/^[【[].+[】\]][\s\S]*http/
					);
					await expect(
						page.getByRole('link', { name: say.gathering_tell_call_name({ name: '王女士' }) })
					).toHaveAttribute('href', `tel:+86${phone}`);
					await page.getByLabel(say.gathering_tell_called_name({ name: '王女士' })).check();
					await expect(page.getByText(say.gathering_tell_left({ count: 3 }))).toBeVisible();
					await expectNoAxeViolations(page);
					await shoot(page, 'tell-phone');
				});
			});
		});
	}

	test('on a desktop, in English, with drag and with the keyboard', async ({ browser, district, app }) => {
		const organizer = await district.account('Ms Wu', district.area('万里路街道'));
		const gathering = await makeGathering(organizer, district.days[3]?.id, district.area('万里路街道'));
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

		// The toast of the first move goes, and the second's stands still.
		const undo = page.getByRole('button', { name: 'Undo' });
		await expect(undo).toHaveCount(1);
		await undo.click();
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
	// Not the next day: on a last Friday that one is over by noon, and nobody can be signed up any more.
	const gathering = await makeGathering(first, district.days[5]?.id, area);
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
	await one.getByRole('button', { name: '知道了' }).click();

	// Also of what leaves every count as it was: one child fewer, another wish. What they are choosing meanwhile stays chosen.
	await one.getByRole('button', { name: '给 北门后巷 加人' }).click();
	const ticked = one.getByRole('dialog').getByLabel(/陈师傅/);
	await ticked.check();
	const parties = await ok(first.client.from('signups').select('id, name').eq('gathering_id', gathering));
	const p_signup = parties.find(({ name }) => name === '刘家')?.id ?? '';
	await ok(first.client.rpc('change_signup', { p_signup, p_party: { minors: 1, wishes: ['adverts'] } }));
	await one.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expect(one.getByText('刘家 改了人数')).toBeVisible();
	await expect(one.getByText('刘家 改了报名时填的内容')).toBeVisible();
	await expect(ticked).toBeChecked();
	await one.getByRole('dialog').getByRole('button', { name: '关闭' }).click();

	// One chooses a leader; the other, who does not see that yet, another one of the same crew.
	const lead = async (page: Page, party: string) => {
		await page.getByRole('button', { name: new RegExp(`^${party}`) }).click();
		await page.getByRole('dialog', { name: party }).getByRole('button', { name: '设为组长' }).click();
	};
	const leaders = async () => {
		const { parties: now } = (await ok(first.client.rpc('read_board', { p_gathering: gathering }))) as {
			parties: { name: string; leads: boolean }[];
		};
		return now.flatMap(({ name, leads }) => (leads ? [name] : []));
	};
	// Who does not look is not told by itself.
	await other.evaluate(() =>
		Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
	);
	await lead(one, '王女士');
	await expect.poll(leaders).toEqual(['王女士']);
	await lead(other, '刘家');
	await expect(alert).toContainText('您想让 刘家 当“北门后巷”的组长，别人刚定了 王女士。');
	await lookAt(other, 'board-two-leaders');
	expect(await leaders()).toEqual(['王女士']);
	await alert.getByRole('button', { name: '照我的改' }).click();
	await expect(alert).toHaveCount(0);
	await expect.poll(leaders).toEqual(['王女士', '刘家']);
	await one.context().close();
	await other.context().close();
});

test('two organizers at the same field: the later one sees both, keeps what was typed, and decides', async ({
	page,
	context,
	district
}) => {
	const area = district.area('府后山社区');
	const [first, second] = [await district.account('丁', area), await district.account('戊', area)];
	const p_day = district.days[4]?.id ?? '';
	const gathering = await makeGathering(first, p_day, area);
	await second.signIn(context);
	const dialog = page.getByRole('dialog');
	const place = async () =>
		(await ok(first.client.from('gatherings').select('place, bring').eq('id', gathering)))[0];
	/** What the other one does meanwhile. */
	const writes = (p_fields: Record<string, string>) =>
		ok(first.client.rpc('save_gathering', { p_id: gathering, p_day, p_area: area, p_fields }));

	await test.step('the place of a gathering, theirs stays, and mine beside it is saved', async () => {
		await page.goto(`/organize/gatherings/${gathering}`);
		await page.getByRole('button', { name: '修改', exact: true }).click();
		await writes({ place: '小学门口' });
		await dialog.getByLabel('集合地点').fill('桥头');
		await dialog.getByLabel('请大家带什么').fill('雨鞋');
		await dialog.getByRole('button', { name: '保存' }).click();
		const told = dialog.getByRole('status').filter({ hasText: '别人刚改了' });
		await expect(told).toContainText('集合地点 现在是 小学门口 您填的 桥头');
		await expect(dialog.getByLabel('集合地点')).toHaveValue('桥头');
		expect(await place(), 'nothing was saved yet').toEqual({ place: '小学门口', bring: '' });
		await lookAt(page, 'same-field');
		await told.getByRole('button', { name: '留用对方的' }).click();
		await expect(dialog).toBeHidden();
		expect(await place()).toEqual({ place: '小学门口', bring: '雨鞋' });
	});

	await test.step('mine is saved once I know theirs', async () => {
		await page.getByRole('button', { name: '修改', exact: true }).click();
		await expect(dialog.getByLabel('集合地点')).toHaveValue('小学门口');
		await writes({ place: '菜市场' });
		await dialog.getByLabel('集合地点').fill('桥头');
		await dialog.getByRole('button', { name: '保存' }).click();
		await dialog.getByRole('button', { name: '改成我的' }).click();
		await expect(dialog).toBeHidden();
		expect(await place()).toEqual({ place: '桥头', bring: '雨鞋' });
	});

	const tasks = await ok(
		first.client.from('tasks').select('id, site_id, crew_max').eq('gathering_id', gathering)
	);
	/** 官井沟渠 takes six. */
	const task = tasks.find(({ crew_max }) => crew_max === 6);
	await test.step('the note for a crew', async () => {
		await page.goto(`/organize/board/${gathering}`);
		await page.getByRole('button', { name: new RegExp(`^${words('zh').board_crews()}`) }).click();
		await crew(page, '官井沟渠')
			.getByRole('button', { name: words('zh').board_crew_settings_of({ task: '官井沟渠' }) })
			.click();
		await ok(first.client.rpc('set_task_crew', { p_task: task?.id ?? '', p_note: '钥匙在门卫处' }));
		await dialog.getByLabel(words('zh').board_crew_note()).fill('走后门');
		await dialog.getByRole('button', { name: '保存' }).click();
		await expect(dialog.getByRole('status').filter({ hasText: '别人刚改了' })).toContainText(
			'现在是 钥匙在门卫处'
		);
		await dialog.getByRole('button', { name: '改成我的' }).click();
		await expect(dialog).toBeHidden();
		const [note] = await ok(
			first.client
				.from('task_notes')
				.select('note')
				.eq('task_id', task?.id ?? '')
		);
		expect(note).toEqual({ note: '走后门' });
	});

	await test.step('what is noted of a party', async () => {
		const party =
			(
				await ok(first.client.from('signups').select('id').eq('name', '王女士').eq('gathering_id', gathering))
			)[0]?.id ?? '';
		await page.goto(`/organize/gatherings/${gathering}`);
		await page.getByRole('button', { name: /^王女士/ }).click();
		await ok(first.client.rpc('change_signup', { p_signup: party, p_party: { note: '晚到半小时' } }));
		await dialog.getByLabel(words('zh').gathering_party_note()).fill('带着孩子');
		await dialog.getByRole('button', { name: '保存' }).click();
		await expect(dialog.getByRole('status').filter({ hasText: '别人刚改了' })).toContainText(
			'现在是 晚到半小时'
		);
		await dialog.getByRole('button', { name: '改成我的' }).click();
		await expect(dialog).toBeHidden();
		expect(await ok(first.client.from('signups').select('note').eq('id', party))).toEqual([
			{ note: '带着孩子' }
		]);
	});

	await test.step('who answers for an area', async () => {
		const say = words('zh');
		await page.goto(`/organize/areas/${area}`);
		const form = page.getByRole('main').locator('form').first();
		const unit = form.getByRole('textbox', { name: new RegExp(`^${say.people_area_unit()}`) });
		const person = form.getByRole('textbox', { name: /^责任人(?!电话)/ });
		await person.fill('周师傅');
		const p_fields = { responsible_person: '陈主任', responsible_unit: '区城管局' };
		await ok(first.client.rpc('change_area', { p_area: area, p_fields }));
		await form.getByRole('button', { name: '保存' }).click();
		const told = form.getByRole('status').filter({ hasText: '别人刚改了' });
		await expect(told).toContainText('现在是 陈主任 您填的 周师傅');
		await lookAt(page, 'same-field-area');
		await told.getByRole('button', { name: '改成我的' }).click();
		// What the other one wrote beside it stands, and the form shows it.
		await expect(unit).toHaveValue('区城管局');
		await expect(person).toHaveValue('周师傅');
		expect(
			await ok(first.client.from('area_duties').select('responsible_person').eq('area_id', area))
		).toEqual([{ responsible_person: '周师傅' }]);
	});

	await test.step('a person’s name and phone', async () => {
		const say = words('zh');
		const person = await ok(
			first.client.rpc('add_person', {
				p_id: crypto.randomUUID(),
				p_name: '赵阿姨',
				p_area: area,
				p_phone: '13800007111'
			})
		);
		await page.goto(`/organize/people/${person}`);
		await page.getByRole('button', { name: say.people_edit() }).click();
		const p_fields = { name: '赵秀英', phone: '13800007222' };
		await ok(first.client.rpc('change_person', { p_person: person, p_fields }));
		await dialog.getByLabel(say.auth_name()).fill('赵大姐');
		await dialog.getByLabel(say.me_phone()).fill('138 0000 7333');
		await dialog.getByRole('button', { name: '保存' }).click();
		const told = dialog.getByRole('status').filter({ hasText: '别人刚改了' });
		await expect(told).toContainText('现在是 赵秀英 您填的 赵大姐');
		await expect(told).toContainText('现在是 138 0000 7222 您填的 138 0000 7333');
		await lookAt(page, 'same-field-person');
		await told.getByRole('button', { name: '留用对方的' }).click();
		await expect(dialog).toBeHidden();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('赵秀英');
		await expect(page.getByText('138 0000 7222')).toBeVisible();
	});

	await test.step('a site', async () => {
		const site = task?.site_id ?? '';
		await page.goto(`/organize/sites/${site}/edit`);
		await expect(page.getByLabel('名称')).toHaveValue('官井沟渠');
		await ok(first.client.rpc('change_site', { p_site: site, p_fields: { length_m: 640, hazards: [] } }));
		await page.getByLabel('长度（米）').fill('600');
		await page.getByRole('button', { name: '保存' }).click();
		await expect(page.getByRole('status').filter({ hasText: '别人刚改了' })).toContainText(
			'长度（米） 现在是 640 您填的 600'
		);
		await lookAt(page, 'same-field-site');
		await page.getByRole('button', { name: '改成我的' }).click();
		await page.waitForURL(new RegExp(`/organize/sites/${site}$`));
		// What only the other one changed stays as they left it.
		expect(await ok(first.client.from('sites').select('length_m, hazards').eq('id', site))).toEqual([
			{ length_m: 600, hazards: [] }
		]);
	});
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
