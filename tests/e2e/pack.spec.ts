/** What a phone took along and what several people leave on it: shown to whom it belongs, found without a signal, gone when it is time. */
import { devices, type Browser, type Page } from '@playwright/test';
import type { RunningApp } from './app.ts';
import { allSent, bar, expect, openCrew, test, tick, ticked } from './support/crew-list.ts';
import type { Crew, Crews } from './support/crews.ts';
import { ok } from './support/district.ts';
import { phoneThatSees } from './support/film.ts';
import { onDisk, signInOnce, takeAlong, takePicture } from './support/phone.ts';
import { lookAt, show } from './support/screens.ts';

test.setTimeout(180_000);

const DAY = 24 * 60 * 60_000;
const daysAgo = (days: number) => Date.now() - days * DAY;

test('a week after its day what was taken along is gone from the phone, and what waits is still there', async ({
	page,
	today
}) => {
	const crew = await today.crew(3);
	const [gone, waits, here] = crew.parties;
	await openCrew(page, crew);
	await page.context().setOffline(true);
	for (const party of [gone!, waits!]) {
		await tick(page, party).click();
		await expect(ticked(page, party)).toBeVisible();
	}
	await expect.poll(async () => (await onDisk(page, 'outbox')).length).toBe(2);

	// The same phone as it will be: packs of days long past, and of one six days ago; of the records one arrived then.
	const [pack] = await onDisk(page, 'packs');
	const { gathering } = today;
	expect(pack).toMatchObject({ person: crew.person, gathering });
	const old = (days: number) => {
		const [id, date] = [crypto.randomUUID(), new Date(daysAgo(days)).toISOString().slice(0, 10)];
		const content = pack!.content as { gathering: object };
		return {
			...pack,
			key: `${crew.person} ${id}`,
			gathering: id,
			date,
			content: { ...content, gathering: { ...content.gathering, id, date } }
		};
	};
	const [eighth, last] = [old(9), old(6)];
	await onDisk(page, 'packs', [eighth, last]);
	const rows = await onDisk(page, 'outbox');
	const about = (party: typeof gone) =>
		rows.find(({ record }) => (record as { signup_id: string }).signup_id === party!.id)!;
	await onDisk(page, 'outbox', [{ ...about(gone), state: 'sent', settled_at: daysAgo(9) }]);

	// Without a signal, and so without anybody who could say what is current.
	await page.reload();
	await expect(tick(page, here!)).toBeVisible();
	const kept = async () => (await onDisk(page, 'packs')).map((one) => one.gathering).toSorted();
	await expect.poll(kept).toEqual([gathering, last.gathering].toSorted());
	await expect.poll(() => onDisk(page, 'outbox')).toEqual([about(waits)]);
	await expect(bar(page)).toContainText('1 条记录待传');

	await page.context().setOffline(false);
	await expect.poll(async () => (await crew.events()).map((event) => event.signup_id)).toEqual([waits!.id]);
});

/** Somebody signs up without an account on a phone of their own, three of them, is put into a crew, and shows their code. */
async function volunteer(
	browser: Browser,
	app: RunningApp,
	{ organizer, gathering }: Crews,
	crew: Crew,
	{ name, phone }: { name: string; phone: string }
) {
	const theirs = await browser.newContext({ ...devices['Pixel 5'], baseURL: app.url, locale: 'zh-CN' });
	const page = await theirs.newPage();
	await page.goto(`/gatherings/${gathering}/signup`);
	await page.getByLabel('姓名').fill(name);
	await page.getByLabel('手机号').fill(phone);
	await page.getByRole('spinbutton', { name: '来几个人' }).fill('3');
	await page.getByRole('checkbox', { name: /我同意/ }).check();
	await page.getByRole('button', { name: /报名/ }).click();
	await page.waitForURL('**/s/*');
	const [party] = await ok(
		organizer.client.from('signups').select('id').match({ gathering_id: gathering, name })
	);
	const change = { signup_id: party!.id, task_id: crew.task, was: null, leads: false };
	await ok(organizer.client.rpc('save_plan', { p_gathering: gathering, p_changes: [change] }));
	await page.getByRole('button', { name: '出示签到码' }).click();
	const shown = await page.getByRole('img', { name: '签到码' }).screenshot();
	const code = await page.locator('.code-text').innerText();
	await theirs.close();
	return { party: party!.id, shown, code };
}

test('a volunteer’s QR is read by the camera and known without a signal, by what the phone took along', async ({
	browser,
	app,
	today
}) => {
	const crew = await today.crew(1);
	const { shown, party } = await volunteer(browser, app, today, crew, {
		name: '扫码的人',
		phone: '13900009001'
	});

	const { context, close } = await phoneThatSees(shown, app.url);
	try {
		const page = await context.newPage();
		await openCrew(page, crew);
		await context.setOffline(true);
		// A phone that was restarted has nothing but its pack.
		await page.reload();
		await expect(tick(page, { name: '扫码的人', heads: 3 })).toBeVisible();
		await page.getByRole('button', { name: '扫签到码' }).click();
		const dialog = page.getByRole('dialog', { name: '扫签到码' });
		await expect(dialog.getByText('扫码的人 3 人，已签到')).toBeVisible({ timeout: 30_000 });
		await dialog.getByRole('button', { name: '关闭' }).click();
		await expect(ticked(page, { name: '扫码的人' })).toBeVisible();
		expect(await crew.events()).toHaveLength(0);

		await context.setOffline(false);
		await expect.poll(async () => (await crew.events()).map(({ heads }) => heads)).toEqual([3]);
		expect(await crew.events()).toMatchObject([
			{ signup_id: party, recorded_by: crew.person, source: 'leader' }
		]);
	} finally {
		await close();
	}
});

test('a code of another crew is told as that, with or without a signal, and who is in none is added', async ({
	page,
	browser,
	app,
	today
}) => {
	const [crew, other] = [await today.crew(1), await today.crew(1)];
	const of = { name: '走错的人', phone: '13900009003' };
	const { code } = await volunteer(browser, app, today, other, of);
	await openCrew(page, crew);
	const enter = async (typed: string, title: string, label: string, button: string) => {
		await page.getByRole('button', { name: title }).click();
		const dialog = page.getByRole('dialog', { name: title });
		await dialog.getByLabel(label).fill(typed);
		await dialog.getByRole('button', { name: button }).click();
		return dialog;
	};
	const inChinese = () => enter(code, '扫签到码', '或输入签到码', '签到');
	const words = '这个码不是本组的人。问问是哪个组的，到那个组签到；哪个组都不是，就按“现场来的人”记下。';
	await page.context().setOffline(true);
	const dialog = await inChinese();
	await expect(dialog.getByText(words)).toBeVisible();
	await lookAt(page, 'code-of-another-crew');
	await dialog.getByRole('button', { name: '关闭' }).click();

	// With a signal the server is asked, and says the same of it.
	await page.context().setOffline(false);
	await show(page, { language: 'en', theme: 'light', large: false });
	const answered = page.waitForResponse(/rpc\/signup_by_code/);
	const english = await enter(code, 'Scan a code', 'Or type the code', 'Check in');
	expect((await answered).status()).toBe(404);
	await expect(english.getByText('Nobody in this crew has this code.')).toBeVisible();
	await lookAt(page, 'code-of-another-crew');
	expect(await other.events()).toEqual([]);

	// The crew that has them knows them by the same code, without a signal.
	await signInOnce(page, other.session);
	await show(page, { language: 'zh', theme: 'light', large: false });
	await openCrew(page, other);
	await page.context().setOffline(true);
	await expect((await inChinese()).getByText('走错的人 3 人，已签到')).toBeVisible();
	await page.context().setOffline(false);
	await expect.poll(async () => (await other.events()).map(({ heads }) => heads)).toEqual([3]);
});

test('what somebody else left on a shared phone is a number without names, stays, and leaves under nobody else', async ({
	page,
	today
}) => {
	const [mine, theirs] = [await today.crew(3), await today.crew(2)];
	const [waits, refused] = mine.parties;
	await openCrew(page, mine);
	await page.context().setOffline(true);
	for (const party of [waits!, refused!]) await tick(page, party).click();
	await page.getByRole('link', { name: '记成果' }).click();
	await takePicture(page);
	await expect(bar(page)).toContainText('2 条记录、1 张照片待传');
	// One of them was not taken in.
	const row = (await onDisk(page, 'outbox')).find(
		({ record }) => (record as { signup_id: string }).signup_id === refused!.id
	)!;
	await onDisk(page, 'outbox', [{ ...row, state: 'refused', code: 'not_yours' }]);
	await page.goto('/me/profile');
	await page.getByRole('button', { name: '退出登录' }).click();
	await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click();
	await page.waitForURL(({ pathname }) => !pathname.startsWith('/me'));

	await page.context().setOffline(false);
	await openCrew(page, theirs);
	const words = '另有别人记的 2 条、拍的 1 张照片，等本人登录再传';
	await expect(bar(page)).toHaveText(words);
	for (const { name } of [...mine.parties, mine]) await expect(page.getByText(name)).toHaveCount(0);
	await expect(page.getByRole('button', { name: /没收下/ })).toHaveCount(0);
	await lookAt(page, 'offline-others');
	await show(page, { language: 'en', theme: 'light', large: false });
	await expect(bar(page)).toHaveText(
		'Records of somebody else on this phone: 2, photos: 1. They go when that person signs in'
	);
	await lookAt(page, 'offline-others');
	await show(page, { language: 'zh', theme: 'light', large: false });
	await tick(page, theirs.parties[0]!).click();
	await expect.poll(async () => (await theirs.events()).length).toBe(1);
	// What is nobody's of those signed in is still there, and only there.
	await page.waitForTimeout(2000);
	await expect(bar(page)).toHaveText(words);
	expect([await mine.events(), await mine.photos()]).toEqual([[], []]);

	await signInOnce(page, mine.session);
	await page.goto(`/lead/${mine.task}`);
	await expect.poll(async () => (await mine.events()).map((event) => event.signup_id)).toEqual([waits!.id]);
	await expect.poll(async () => (await mine.photos()).length).toBe(1);
	await page.getByRole('button', { name: '1 条没收下，请看' }).click();
	const dialog = page.getByRole('dialog', { name: '没收下的记录' });
	await dialog.getByRole('button', { name: '再试一次' }).click();
	await expect.poll(async () => (await mine.events()).length).toBe(2);
	for (const event of await mine.events()) expect(event.recorded_by).toBe(mine.person);
});

test('what was asked for before signing out is not put on the phone after', async ({ page, today }) => {
	const crew = await today.crew(2);
	await openCrew(page, crew);
	let letGo = () => {};
	const held = new Promise<void>((done) => (letGo = done));
	// Of so long ago that the phone wants it anew; no page is open that would have it so.
	await page.goto('/offline');
	const [pack] = await onDisk(page, 'packs');
	const server_time = new Date(Date.now() - 10 * 60_000).toISOString();
	await onDisk(page, 'packs', [{ ...pack, content: { ...(pack!.content as object), server_time } }]);
	const asked = page.waitForRequest(/rpc\/read_day_package/);
	await page.route('**/rest/v1/rpc/read_day_package', async (route) => {
		await held;
		await route.continue();
	});
	await page.goto('/me');
	await asked;
	// The same page goes on: what it asked for is still under way.
	await page.getByRole('link', { name: '我的资料' }).click();
	await page.getByRole('button', { name: '退出登录' }).click();
	await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click();
	await page.waitForURL(({ pathname }) => !pathname.startsWith('/me'));
	await expect.poll(() => onDisk(page, 'packs')).toEqual([]);
	const answered = page.waitForResponse(/rpc\/read_day_package/);
	letGo();
	await answered;
	await page.waitForTimeout(1000);
	expect(await onDisk(page, 'packs')).toEqual([]);
});

test('what is open on the list stays open while the phone learns anew whose it is', async ({
	page,
	today
}) => {
	const crew = await today.crew(2);
	const [party] = crew.parties;
	await openCrew(page, crew);
	let letGo = () => {};
	const held = new Promise<void>((done) => (letGo = done));
	await page.route('**/rest/v1/rpc/my_self', async (route) => {
		await held;
		await route.continue();
	});
	await page.reload();
	const row = page.getByRole('listitem').filter({ hasText: party!.name });
	await row.getByRole('button').first().click();
	const sheet = page.getByRole('dialog', { name: party!.name });
	await expect(sheet).toBeVisible();
	const answered = page.waitForResponse(/rpc\/my_self/);
	letGo();
	await answered;
	// Whatever follows from the answer has been drawn.
	await page.waitForTimeout(1000);
	await expect(sheet).toBeVisible();
});

test('who leads no longer still sees what they recorded: it arrives, and what came after says why it was not taken', async ({
	page,
	today
}) => {
	const crew = await today.crew(2);
	const [before, after] = crew.parties;
	// A volunteer: no role but this crew.
	await ok(today.service.from('memberships').delete().eq('person_id', crew.person));
	await openCrew(page, crew);
	await page.context().setOffline(true);
	await tick(page, before!).click();
	await expect(ticked(page, before!)).toBeVisible();
	const [lead] = await ok(
		today.service
			.from('signups')
			.select('id')
			.eq('person_id', crew.person)
			.eq('gathering_id', today.gathering)
	);
	const change = { signup_id: lead!.id, task_id: crew.task, was: crew.task, leads: false, was_leads: true };
	await ok(today.organizer.client.rpc('save_plan', { p_gathering: today.gathering, p_changes: [change] }));
	await tick(page, after!).click();
	await expect(ticked(page, after!)).toBeVisible();

	await page.context().setOffline(false);
	await expect.poll(async () => (await crew.events()).map((event) => event.signup_id)).toEqual([before!.id]);
	await page.goto('/lead');
	await page.getByRole('button', { name: '1 条没收下，请看' }).click();
	// Whose it was is no longer on this phone: what and when is.
	await expect(page.getByRole('dialog', { name: '没收下的记录' })).toContainText(`签到 ${after!.heads} 人`);
	expect((await onDisk(page, 'outbox')).filter(({ state }) => state === 'refused')).toHaveLength(1);
});

test('two crews without a signal add one phone number: the first to have them gets them, organizers see both and decide', async ({
	browser,
	app,
	today
}) => {
	const [first, second] = [await today.crew(1), await today.crew(1)];
	const phone = async (crew: Crew) => {
		const context = await browser.newContext({
			...devices['Pixel 5'],
			viewport: { width: 360, height: 740 },
			baseURL: app.url,
			locale: 'zh-CN'
		});
		const page = await context.newPage();
		await openCrew(page, crew);
		await context.setOffline(true);
		return page;
	};
	const add = async (page: Page, name: string, heads: number) => {
		await page.getByRole('button', { name: '现场来的人' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel('姓名').fill(name);
		await dialog.getByRole('spinbutton', { name: '来了几人' }).fill(String(heads));
		await dialog.getByLabel('手机号').fill('13900009002');
		await dialog.getByRole('button', { name: `签到 ${heads} 人` }).click();
		await expect(ticked(page, { name })).toBeVisible();
	};
	const crewOf = async () =>
		(
			await ok(
				today.service
					.from('assignments')
					.select('task_id')
					.eq('by_walk_in', true)
					.in('task_id', [first.task, second.task])
			)
		)[0]?.task_id;
	const heads = async ({ task }: Crew) =>
		(await ok(today.service.from('totals').select('participations').eq('task_id', task)))[0]!.participations;
	const [one, other] = [await phone(first), await phone(second)];
	await add(one, '罗大姐', 2);
	await add(other, '罗姐一家', 3);
	await other.context().setOffline(false);
	await expect.poll(crewOf).toBe(second.task);
	await one.context().setOffline(false);
	await expect.poll(crewOf).toBe(first.task);
	// One party, three heads at most, in one crew.
	expect([await heads(first), await heads(second)]).toEqual([3, 0]);
	for (const page of [one, other]) {
		await expect(bar(page)).toHaveCount(0, { timeout: 30_000 });
		await page.context().close();
	}

	const context = await browser.newContext({
		...devices['Pixel 5'],
		viewport: { width: 360, height: 740 },
		baseURL: app.url,
		locale: 'zh-CN'
	});
	await today.organizer.signIn(context);
	const page = await context.newPage();
	await page.goto(`/organize/day/${today.gathering}`);
	await expect(page.getByRole('heading', { name: '1 家有两个组都记了' })).toBeVisible();
	await expect(page.getByText(`${second.name}记的`)).toBeVisible();
	await lookAt(page, 'two-crews');
	await show(page, { language: 'en', theme: 'light', large: false });
	await expect(page.getByRole('heading', { name: 'Added by two crews: 1' })).toBeVisible();
	await lookAt(page, 'two-crews');
	await show(page, { language: 'zh', theme: 'light', large: false });
	await page.getByRole('button', { name: /^罗姐一家，.*：改到这组$/ }).click();
	await expect(page.getByRole('heading', { name: '1 家有两个组都记了' })).toBeHidden();
	expect([await heads(first), await heads(second)]).toEqual([0, 3]);
	await context.close();
});

test('a leader’s phone and the desk without a signal check the same people in: one participation each, and where they disagree the organizer sees both', async ({
	browser,
	app,
	today
}) => {
	const crew = await today.crew(2);
	const [same, other] = crew.parties;
	const open = () =>
		browser.newContext({
			...devices['Pixel 5'],
			viewport: { width: 360, height: 740 },
			baseURL: app.url,
			locale: 'zh-CN'
		});
	const leader = await (await open()).newPage();
	await openCrew(leader, crew);
	const desk = await (await open()).newPage();
	await signInOnce(desk, (await today.organizer.client.auth.getSession()).data.session);
	await takeAlong(desk, `/organize/day/${today.gathering}`);
	const search = desk.getByRole('searchbox', { name: '搜姓名或手机尾号' });
	await search.waitFor();
	for (const page of [leader, desk]) await page.context().setOffline(true);

	for (const party of [same!, other!]) await tick(leader, party).click();
	await search.fill(same!.name);
	await tick(desk, same!).click();
	await expect(ticked(desk, same!)).toBeVisible();
	// Of two announced one is seen at the desk.
	await search.fill(other!.name);
	await desk.getByRole('listitem').filter({ hasText: other!.name }).getByRole('button').first().click();
	const sheet = desk.getByRole('dialog', { name: other!.name });
	await sheet.getByRole('button', { name: '来了几人：减一' }).click();
	await sheet.getByRole('button', { name: `签到 ${other!.heads - 1} 人` }).click();
	await expect(sheet).toBeHidden();

	// The desk's words come first, though they were said later.
	for (const page of [desk, leader]) {
		await page.context().setOffline(false);
		await allSent(page);
	}
	const events = await crew.events();
	const of = (party: typeof same) =>
		events.filter(({ signup_id }) => signup_id === party!.id).map(({ heads }) => heads);
	expect(of(same)).toEqual([same!.heads, same!.heads]);
	expect(of(other).toSorted()).toEqual([other!.heads - 1, other!.heads]);
	const [sum] = await ok(today.service.from('totals').select('participations').eq('task_id', crew.task));
	expect(sum).toEqual({ participations: same!.heads + other!.heads });

	await desk.goto(`/organize/day/${today.gathering}/close`);
	const card = desk
		.getByRole('listitem')
		.filter({ hasText: other!.name })
		.filter({ hasText: '手机' })
		.first();
	await expect(card).toContainText(`${crew.name}的手机`);
	await expect(card).toContainText('李主任的手机');
	await expect(desk.getByRole('button', { name: `${same!.name}：是` })).toHaveCount(0);
	await desk.getByRole('button', { name: `${other!.name}：是 ${other!.heads - 1} 人` }).click();
	await allSent(desk);
	const settled = async () =>
		(await ok(today.service.from('totals').select('participations').eq('task_id', crew.task)))[0]!
			.participations;
	await expect.poll(settled).toBe(same!.heads + other!.heads - 1);
	for (const page of [leader, desk]) await page.context().close();
});
