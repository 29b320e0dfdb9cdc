/** The day without a signal: whatever happens to the phone and the network, every record arrives, and arrives once. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { SESSION_KEY } from '../../src/lib/data/kept.ts';
import { rowCode } from '../../src/lib/domain/keyin/row-code.ts';
import { showDigits, venueCode } from '../../src/lib/domain/venue/code.ts';
import { seemsPrivate } from '../../src/lib/offline/storage/private-window.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { allSent, bar, expect, openCrew, row, test, tick, ticked } from './support/crew-list.ts';
import type { Crew } from './support/crews.ts';
import { ok } from './support/district.ts';
import { failInTurn, type Fault } from './support/faulty-proxy.ts';
import { leaveToken, onDisk, Phone, signInOnce, takeAlong, takePicture } from './support/phone.ts';
import { expectNoSidewaysScroll, lookAt } from './support/screens.ts';

test.setTimeout(120_000);

/** Taps, and waits until the phone says that it has written it down. */
async function checkIn(page: Page, party: Crew['parties'][number]): Promise<void> {
	await tick(page, party).click();
	await expect(row(page, party).getByText('待传')).toBeAttached();
}
/** What the phone's clock said when its records were made. */
const deviceTimes = async (page: Page) =>
	(await onDisk(page, 'outbox')).map(({ record }) =>
		Date.parse((record as { device_time: string }).device_time)
	);

/** How many records the phone's queue holds, sent ones among them. */
const rowsOnDisk = (page: Page) => countOf(page, 'outbox');
const countOf = async (page: Page, store: 'outbox' | 'packs') => (await onDisk(page, store)).length;

const addPhoto = (page: Page, kind: '清理前' | '清理后') => takePicture(page, { kind, side: 400 });

test('airplane mode from the first tap: the whole day with the same screens, then all of it arrives', async ({
	page,
	context,
	today
}) => {
	const crew = await today.crew(5);
	const [first, second, third, fourth] = crew.parties;
	await openCrew(page, crew);
	await context.setOffline(true);

	await test.step('check in, fewer than announced, somebody who just came, and a tap taken back', async () => {
		await checkIn(page, first!);
		await checkIn(page, second!);
		await checkIn(page, third!);
		await row(page, fourth!).getByRole('button').first().click();
		await page.getByRole('dialog').getByRole('button', { name: '来了几人：减一' }).click();
		await page
			.getByRole('dialog')
			.getByRole('button', { name: `签到 ${fourth!.heads - 1} 人` })
			.click();
		await expect(row(page, fourth!)).toContainText(`来了 ${fourth!.heads - 1} 人`);
		await page.getByRole('button', { name: '现场来的人' }).click();
		await page.getByRole('dialog').getByLabel('姓名').fill('路过的人');
		await page.getByRole('dialog').getByRole('button', { name: '签到 1 人' }).click();
		await expect(ticked(page, { name: '路过的人' })).toBeVisible();
		await ticked(page, second!).click();
		await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
		await expect(tick(page, second!)).toBeVisible();
		await expect(bar(page)).toContainText('6 条记录待传');
	});

	await test.step('what the crew did, a correction, photos', async () => {
		await page.getByRole('link', { name: '记成果' }).click();
		await page.getByLabel('疏通沟渠（米）').fill('120');
		await page.getByRole('button', { name: '记下来' }).click();
		await page.getByRole('button', { name: '更正' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel('疏通沟渠（米）').fill('100');
		await dialog.locator('button[type=submit]').click();
		await expect(dialog).toBeHidden();
		await addPhoto(page, '清理前');
		await addPhoto(page, '清理后');
		await expect(bar(page)).toContainText('8 条记录、2 张照片待传');
		await expectNoSidewaysScroll(page);
	});

	await test.step('the app is started anew, still without a signal', async () => {
		await page.goto(`/lead/${crew.task}`);
		await expect(ticked(page, first!)).toBeVisible();
		await expect(tick(page, second!)).toBeVisible();
		await expect(ticked(page, { name: '路过的人' })).toBeVisible();
		await expect(page.getByText('没有信号，用的是')).toBeVisible();
		await lookAt(page, 'offline-roster');
		await page.getByText('点位资料和草图').click();
		await expect(page.getByRole('definition').filter({ hasText: /^沟渠$/ })).toBeVisible();
		await expect(page.getByRole('img', { name: '点位草图' })).toBeVisible();
		await lookAt(page, 'offline-site');
		await page.getByRole('button', { name: '全组签退' }).click();
		await expect(bar(page)).toContainText('12 条记录、2 张照片待传');
	});

	await context.setOffline(false);
	await allSent(page);
	const events = await crew.events();
	// 4 check-ins, 1 walk-in, 1 taken back, 4 check-outs; nothing twice.
	expect(events).toHaveLength(10);
	expect(new Set(events.map(({ device_id, seq }) => `${device_id} ${seq}`)).size).toBe(10);
	expect(events.filter(({ kind }) => kind === 'void')).toHaveLength(1);
	expect(events.filter(({ heads, kind }) => kind === 'present' && heads === 0)).toHaveLength(4);
	const entries = await crew.entries();
	expect(entries.map(({ metres }) => Number(metres))).toEqual([120, 100]);
	expect(new Set(entries.map(({ root_id }) => root_id)).size).toBe(1);
	expect(await crew.photos()).toHaveLength(2);
	const [sum] = await ok(today.service.from('totals').select('*').eq('task_id', crew.task));
	expect(sum).toMatchObject({
		participations: first!.heads + third!.heads + fourth!.heads - 1 + 1,
		metres: 100
	});
});

test('the browser is killed between taps: every tap that was shown as kept is there, and arrives once', async ({
	faulty,
	today
}) => {
	const crew = await today.crew(3);
	const phone = await Phone.open(faulty.url);
	await openCrew(phone.page, crew);
	await phone.restart();
	faulty.down = true;
	const dies = async () => {
		await phone.kill();
		await phone.start();
		// As from the home screen: who leads a crew today has its list before them.
		await phone.page.goto('/start');
		await phone.page.waitForURL(`**/lead/${crew.task}`);
	};
	await phone.page.goto(`/lead/${crew.task}`);
	for (const party of crew.parties) {
		await checkIn(phone.page, party);
		await dies();
		await expect(ticked(phone.page, party)).toBeVisible();
	}
	await phone.page.getByRole('button', { name: '现场来的人' }).click();
	await phone.page.getByRole('dialog').getByLabel('姓名').fill('路过的人');
	await phone.page.getByRole('dialog').getByRole('button', { name: '签到 1 人' }).click();
	const came = { name: '路过的人' };
	await expect(row(phone.page, came).getByText('待传')).toBeAttached();
	await dies();
	await ticked(phone.page, came).click();
	await phone.page.getByRole('dialog').getByRole('button', { name: '签退' }).click();
	await expect(bar(phone.page)).toContainText('5 条记录待传');
	await expect(row(phone.page, came)).toHaveClass(/gone/);
	await dies();
	await expect(bar(phone.page)).toContainText('5 条记录待传');
	expect(await crew.events()).toHaveLength(0);

	faulty.down = false;
	await phone.page.reload();
	await expect.poll(async () => (await crew.events()).length).toBe(5);
	await allSent(phone.page);
	const events = await crew.events();
	expect(new Set(events.map(({ seq }) => seq)).size).toBe(5);
	const parties = new Set(crew.parties.map(({ id }) => id));
	expect(new Set(events.flatMap(({ signup_id }) => (parties.has(signup_id) ? [signup_id] : [])))).toEqual(
		parties
	);
	// Who just came is there, and was checked out.
	const others = events.filter(({ signup_id }) => !parties.has(signup_id));
	expect(new Set(others.map(({ signup_id }) => signup_id)).size).toBe(1);
	expect(others.map(({ heads }) => heads)).toEqual([1, 0]);
	await phone.close();
});

test('a leader who opened only their own page on the day has the list without a signal', async ({
	page,
	context,
	today
}) => {
	const crew = await today.crew(2);
	await signInOnce(page, crew.session);
	await takeAlong(page, '/me');
	await expect.poll(() => countOf(page, 'packs')).toBe(1);
	await context.setOffline(true);
	await page.goto('/start');
	await page.waitForURL(`**/lead/${crew.task}`);
	for (const party of crew.parties) await expect(tick(page, party)).toBeVisible();
});

test('what is recorded is asked to be on the disk before its mark says so, not only promised to be', async ({
	page,
	today
}) => {
	const crew = await today.crew(1);
	await page.addInitScript(() => {
		const real = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (names, mode, options) {
			const asked = JSON.parse(localStorage.getItem('asked') ?? '[]') as unknown[];
			if (mode === 'readwrite' && (names === 'outbox' || names === 'photos'))
				localStorage.setItem('asked', JSON.stringify([...asked, [names, options?.durability]]));
			return real.call(this, names, mode, options);
		};
	});
	await openCrew(page, crew);
	await page.context().setOffline(true);
	await page.evaluate(() => localStorage.removeItem('asked'));
	await checkIn(page, crew.parties[0]!);
	await page.getByRole('link', { name: '记成果' }).click();
	await addPhoto(page, '清理前');
	await expect(bar(page)).toContainText('1 条记录、1 张照片待传');
	const asked = await page.evaluate(() => JSON.parse(localStorage.getItem('asked')!) as [string, string][]);
	expect(new Set(asked.map((one) => one.join(' ')))).toEqual(new Set(['outbox strict', 'photos strict']));
});

test('an entry that was sent is still there when the phone dies and has no signal: nobody types it again', async ({
	faulty,
	today
}) => {
	const crew = await today.crew(1);
	const phone = await Phone.open(faulty.url);
	await openCrew(phone.page, crew);
	await phone.restart();
	await phone.page.goto(`/lead/${crew.task}/results`);
	await phone.page.getByLabel('疏通沟渠（米）').fill('120');
	await phone.page.getByRole('button', { name: '记下来' }).click();
	await allSent(phone.page);
	await expect.poll(async () => (await crew.entries()).length).toBe(1);
	await expect(phone.page.getByText('120 米').first()).toBeVisible();
	// The row has gone from the queue: the pack must have what it said.
	await expect.poll(() => rowsOnDisk(phone.page)).toBe(0);
	faulty.down = true;
	await phone.kill();
	await phone.start();
	await phone.page.goto(`/lead/${crew.task}/results`);
	await expect(phone.page.getByText('120 米').first()).toBeVisible();
	await phone.close();
});

test('the browser is killed during a send: the server has it, the phone does not know, and it still counts once', async ({
	faulty,
	today
}) => {
	const crew = await today.crew(3);
	const phone = await Phone.open(faulty.url);
	await openCrew(phone.page, crew);
	await phone.restart();
	await phone.page.goto(`/lead/${crew.task}`);
	const delivered = new Promise<void>((done) => {
		faulty.fault = ({ path }) => (path.includes('record_attendance') ? 'hold' : undefined);
		faulty.ondelivered = ({ path }) => path.includes('record_attendance') && done();
	});
	await checkIn(phone.page, crew.parties[0]!);
	await delivered;
	await expect.poll(async () => (await crew.events()).length).toBe(1);
	await phone.kill();
	faulty.fault = () => undefined;
	await phone.start();
	await phone.page.goto(`/lead/${crew.task}`);
	await expect(ticked(phone.page, crew.parties[0]!)).toBeVisible();
	await tick(phone.page, crew.parties[1]!).click();
	await expect(ticked(phone.page, crew.parties[1]!)).toBeVisible();
	await expect.poll(async () => (await crew.events()).length).toBe(2);
	await allSent(phone.page);
	const signups = (await crew.events()).map(({ signup_id }) => signup_id);
	expect(signups.toSorted()).toEqual(
		crew.parties
			.slice(0, 2)
			.map(({ id }) => id)
			.toSorted()
	);
	await phone.close();
});

test('the browser is killed during a photo’s upload: the photo is still on the phone, and arrives once', async ({
	faulty,
	today
}) => {
	const crew = await today.crew(1);
	const phone = await Phone.open(faulty.url);
	await openCrew(phone.page, crew);
	await phone.restart();
	await phone.page.goto(`/lead/${crew.task}/results`);
	await expect(phone.page.getByRole('heading', { name: '清理前' })).toBeVisible();
	for (const fault of ['swallow', 'hold'] as const) {
		const seen = faulty.deliveries.length;
		faulty.fault = ({ path, method }) =>
			method === 'POST' && path.startsWith('/photos') ? fault : undefined;
		await addPhoto(phone.page, '清理前');
		await expect
			.poll(() =>
				faulty.deliveries
					.slice(seen)
					.some(({ path, method }) => method === 'POST' && path.startsWith('/photos'))
			)
			.toBe(true);
		faulty.down = true;
		await phone.kill();
		await phone.start();
		await phone.page.goto(`/lead/${crew.task}/results`);
		await expect(bar(phone.page)).toContainText('1 张照片待传');
		faulty.fault = () => undefined;
		faulty.down = false;
		await phone.page.reload();
		await allSent(phone.page);
	}
	expect(await crew.photos()).toHaveLength(2);
	await phone.close();
});

test('answers are lost, requests arrive twice, late and out of order, the server says 503: nothing is lost, nothing counts twice', async ({
	page,
	faulty,
	today
}) => {
	const crew = await today.crew(12);
	await openCrew(page, crew, faulty.url);
	const faults = {
		record_attendance: ['lose-answer', 'later', 'twice', 'unavailable', 'later', 'lose-answer', 'twice'],
		record_results: ['lose-answer', 'twice', 'later', 'unavailable'],
		photos: ['lose-answer', 'unavailable', 'twice', 'later']
	} as const;
	const happened = failInTurn(faulty, faults);
	for (const party of crew.parties) {
		await tick(page, party).click();
		await page.waitForTimeout(150);
	}
	// Each leaves again before what was held up arrives: later facts overtake earlier ones.
	for (const party of crew.parties.slice(0, 6)) {
		await ticked(page, party).click();
		await page.getByRole('dialog').getByRole('button', { name: '签退' }).click();
	}
	await page.getByRole('link', { name: '记成果' }).click();
	for (const metres of ['10', '20', '30', '40']) {
		await page.getByLabel('疏通沟渠（米）').fill(metres);
		await page.getByRole('button', { name: '记下来' }).click();
		await expect(page.getByText(`${metres} 米`).first()).toBeVisible();
	}
	for (const kind of ['清理前', '清理后'] as const) await addPhoto(page, kind);
	await allSent(page);
	// What was held up arrives two seconds later.
	await page.waitForTimeout(2500);
	for (const [name, list] of Object.entries(faults))
		expect([name, happened()[name as keyof typeof faults]]).toEqual([name, new Set<Fault>(list)]);
	const events = await crew.events();
	expect(events).toHaveLength(18);
	expect(new Set(events.map(({ seq }) => seq)).size).toBe(18);
	const sums = await ok(today.service.from('attendance_sums').select('*').eq('task_id', crew.task));
	const present = new Map(sums.map((sum) => [sum.signup_id, sum.present_heads]));
	for (const [index, { id, heads }] of crew.parties.entries())
		expect(present.get(id)).toBe(index < 6 ? 0 : heads);
	const metres = (await crew.entries()).map((entry) => Number(entry.metres));
	expect(metres.toSorted((a, b) => a - b)).toEqual([10, 20, 30, 40]);
	expect(await crew.photos()).toHaveLength(2);
});

const DAY = 24 * 60 * 60_000;

/** A phone's clock, so much off, with a hand to set it. */
const wearClock = (page: Page, off = 0) =>
	page.addInitScript((wrong) => {
		const Real = Date;
		const off = () => Number(localStorage.getItem('clock') ?? wrong);
		globalThis.Date = class extends Real {
			constructor(...given: ConstructorParameters<typeof Date> | []) {
				if (given.length === 0) super(Real.now() + off());
				else super(...(given as ConstructorParameters<typeof Date>));
			}
			static override now() {
				return Real.now() + off();
			}
		} as DateConstructor;
	}, off);
const setClock = (page: Page, off: number) =>
	page.evaluate((to) => localStorage.setItem('clock', String(to)), off);

for (const days of [-1, 1])
	test(`a clock that is wrong by ${days} day, and put right at noon: records carry the right instant`, async ({
		page,
		today
	}) => {
		const crew = await today.crew(4);
		await wearClock(page, days * DAY);
		const [first, second, third, fourth] = crew.parties;
		await openCrew(page, crew);
		const roster = await ok(crew.leader.client.rpc('read_roster', { p_gathering: today.gathering }));
		const { venue_secret } = roster as unknown as { venue_secret: string };
		await page.context().setOffline(true);
		const before = Date.now();
		await checkIn(page, first!);
		// The code of the venue goes by the server's time, to the second.
		await page.getByRole('button', { name: '出示现场签到码' }).click();
		const venue = page.getByRole('dialog', { name: '现场签到码' });
		const began = Date.now();
		const digits = (await venue.locator('.digits').innerText()).trim();
		const codes = [began - 1000, Date.now(), Date.now() + 1000].map(
			(at) => venueCode(venue_secret, at).digits
		);
		expect(codes.map(showDigits)).toContain(digits);
		await venue.getByRole('button', { name: '关闭' }).click();
		await page.waitForTimeout(1500);
		await checkIn(page, second!);
		await page.getByRole('button', { name: '现场来的人' }).click();
		await page.getByRole('dialog').getByLabel('姓名').fill('路过的人');
		await page.getByRole('dialog').getByRole('button', { name: '签到 1 人' }).click();
		await page.getByRole('link', { name: '记成果' }).click();
		await page.getByLabel('疏通沟渠（米）').fill('120');
		await page.getByRole('button', { name: '记下来' }).click();
		await expect(bar(page)).toContainText('4 条记录待传');
		const wrong = await deviceTimes(page);

		// Somebody puts the clock right while the app is open …
		await setClock(page, 0);
		await page.goBack();
		await checkIn(page, third!);
		// … or while it is closed: then the app cannot know.
		await page.evaluate((off) => {
			const device = JSON.parse(localStorage.getItem('last-friday-device')!) as object;
			localStorage.setItem('last-friday-device', JSON.stringify({ ...device, offset: off }));
		}, -days * DAY);
		await page.reload();
		await checkIn(page, fourth!);
		const after = Date.now();
		await page.context().setOffline(false);
		await allSent(page);
		const events = await crew.events();
		expect(events).toHaveLength(5);
		const entries = await crew.entries();
		expect(entries).toHaveLength(1);
		for (const { at } of [...events, ...entries]) {
			expect(Date.parse(at)).toBeGreaterThan(before - 5000);
			expect(Date.parse(at)).toBeLessThan(after + 5000);
		}
		expect(wrong).toHaveLength(4);
		for (const told of wrong) expect(Math.abs(told - before)).toBeGreaterThan(23 * 60 * 60_000);
	});

test('started anew without a signal, its clock in 1970, then in another year: the list is open and there, and records arrive with the day’s time', async ({
	page,
	today
}) => {
	const crew = await today.crew(4);
	const [first, second, third, fourth] = crew.parties;
	await wearClock(page);
	await openCrew(page, crew);
	const before = Date.now();
	await page.context().setOffline(true);
	await checkIn(page, first!);

	const flat = 5000 - Date.now();
	await setClock(page, flat);
	// As from the home screen: the crew of today, whatever the phone takes for today.
	await page.goto('/start');
	await page.waitForURL(`**/lead/${crew.task}`);
	await expect(ticked(page, first!)).toBeVisible();
	await expect(page.getByText('没有信号，用的是')).toBeVisible();
	await expect(page.getByText('1月1日')).toHaveCount(0);
	await checkIn(page, second!);
	await page.getByRole('link', { name: '记成果' }).click();
	await page.getByLabel('疏通沟渠（米）').fill('120');
	await page.getByRole('button', { name: '记下来' }).click();
	await expect(bar(page)).toContainText('3 条记录待传');

	// Thrown ahead: until the server says that the day is long gone, what was taken along stays.
	await setClock(page, 400 * DAY);
	await page.goto(`/lead/${crew.task}`);
	await checkIn(page, third!);
	expect(await countOf(page, 'packs')).toBe(1);

	// Flat again; then a network sets the clock, and the records leave.
	await setClock(page, flat);
	await page.reload();
	await checkIn(page, fourth!);
	const times = await deviceTimes(page);
	expect(times.filter((time) => time < before - 365 * DAY)).toHaveLength(3);
	expect(times.filter((time) => time > before + 365 * DAY)).toHaveLength(1);
	await setClock(page, 0);
	await page.context().setOffline(false);
	await allSent(page);
	const events = await crew.events();
	expect(new Set(events.map(({ signup_id }) => signup_id)).size).toBe(4);
	expect(events).toHaveLength(4);
	const records = [...events, ...(await crew.entries())];
	expect(records).toHaveLength(5);
	for (const { at } of records) {
		expect(Date.parse(at)).toBeGreaterThan(before - 5000);
		expect(Date.parse(at)).toBeLessThan(Date.now() + 5000);
	}
	expect(await countOf(page, 'packs')).toBe(1);
});

test('a phone has recorded what the paper says too: whoever keys it in sees it first, and it counts once', async ({
	page,
	context,
	today
}) => {
	const crew = await today.crew(1);
	const { leader, organizer } = { leader: crew.leader, organizer: today.organizer };
	const record = {
		id: randomUUID(),
		task_id: crew.task,
		bags: 12,
		kg: 300,
		weighed: true,
		at: new Date().toISOString(),
		device_id: randomUUID(),
		seq: 1
	};
	await ok(leader.client.rpc('record_results', { p_entries: [record] }));
	const came = {
		id: randomUUID(),
		event_id: randomUUID(),
		gathering_id: today.gathering,
		task_id: crew.task,
		name: '纸上的孙师傅',
		phone: null,
		headcount: 2,
		minors: 0,
		at: new Date().toISOString(),
		device_id: record.device_id,
		seq: 2
	};
	await ok(leader.client.rpc('record_walk_in', { p: came }));
	const [task] = await ok(today.service.from('tasks').select('no').eq('id', crew.task));

	await page.setViewportSize({ width: 1280, height: 800 });
	await organizer.signIn(context);
	await page.goto(`/organize/day/${today.gathering}/paper`);
	const { keyboard } = page;
	const code = page.getByLabel('组号');
	const key = async (bags: string) => {
		await code.fill(rowCode(task!.no));
		await keyboard.press('Enter');
		await keyboard.insertText(bags);
		await keyboard.press('+');
	};
	await key('12');
	const there = page.getByText(`${crew.name} 的手机已经记了：12 袋 · 300 公斤`);
	await expect(there).toBeVisible();
	const leave = page.getByRole('button', { name: '是同一笔，不录' });
	await expect(leave).toBeFocused();
	await expectNoAxeViolations(page);
	await lookAt(page, 'keyin-twice');
	await keyboard.press('Enter');
	await expect(code).toBeFocused();
	await expect(code).toHaveValue('');
	await expect(there).toBeHidden();

	await test.step('what is something else is added, and is itself there the next time', async () => {
		await key('5');
		await keyboard.press('Tab');
		await expect(page.getByRole('button', { name: '是另外的，加上' })).toBeFocused();
		await keyboard.press('Enter');
		await expect.poll(async () => (await crew.entries()).length).toBe(2);
		await code.fill(rowCode(task!.no));
		await expect(page.getByText(/^已按纸录过：5 袋/)).toBeVisible();
		await expect(there).toBeVisible();
	});

	await test.step('somebody written in by hand whom a phone has added', async () => {
		await page.getByLabel('编号').fill('0');
		await page.getByLabel('姓名').fill('纸上 的孙师傅');
		await expect(page.getByText('名单上已经有 纸上的孙师傅（2 人）')).toBeVisible();
	});

	const [sum] = await ok(today.service.from('totals').select('bags').eq('task_id', crew.task));
	expect(sum).toEqual({ bags: 17 });
});

test('a private window is said at once, a phone’s own browser is not taken for one', async ({
	page,
	app,
	today
}) => {
	const crew = await today.crew(2);
	const words = page.getByText('这像是无痕窗口');
	// Playwright’s windows are private ones: nothing of them goes to the disk.
	await signInOnce(page, crew.session);
	await page.goto(`/lead/${crew.task}`);
	await expect(words).toBeVisible();
	await expect(tick(page, crew.parties[0]!)).toBeVisible();
	await lookAt(page, 'offline-private');

	const phone = await Phone.open(app.url);
	await phone.page.addInitScript(() => {
		const real = Worker;
		const measured: number[][] = Object.assign(globalThis, { measured: [] }).measured;
		globalThis.Worker = class extends real {
			constructor(...given: ConstructorParameters<typeof Worker>) {
				super(...given);
				this.addEventListener('message', ({ data }) => measured.push(data as number[]));
			}
		};
	});
	await signInOnce(phone.page, crew.session);
	await phone.page.goto(`/lead/${crew.task}`);
	await expect(tick(phone.page, crew.parties[0]!)).toBeVisible();
	const measured = () =>
		phone.page.evaluate(() => (globalThis as unknown as { measured: number[][] }).measured);
	await expect.poll(async () => (await measured()).length).toBe(1);
	// Where this machine keeps its temporary files in memory, so does that browser: it says what it found.
	const [flushes = []] = await measured();
	expect(flushes.length).toBeGreaterThan(5);
	await expect(phone.page.getByText('这像是无痕窗口')).toHaveCount(seemsPrivate({ flushes }) ? 1 : 0);
	await phone.close();
});

test('a browser that keeps nothing says so before the first tap, and what is recorded leaves from the open page', async ({
	page,
	today
}) => {
	const crew = await today.crew(2);
	// As where a person has forbidden sites to keep anything.
	await page.addInitScript(() =>
		Object.defineProperty(globalThis, 'indexedDB', {
			get: () => {
				throw new DOMException('The operation is insecure.', 'SecurityError');
			}
		})
	);
	await signInOnce(page, crew.session);
	await page.goto(`/lead/${crew.task}`);
	await expect(tick(page, crew.parties[0]!)).toBeVisible();
	await expect(bar(page)).toContainText('这个浏览器不保存数据');
	await lookAt(page, 'offline-keeps-nothing');
	await page.context().setOffline(true);
	for (const party of crew.parties) await tick(page, party).click();
	await expect(bar(page)).toContainText('2 条记录待传');
	// Whoever leaves now is asked.
	const asked = page.waitForEvent('dialog');
	await page.evaluate(() => void setTimeout(() => location.reload()));
	const dialog = await asked;
	expect(dialog.type()).toBe('beforeunload');
	await dialog.dismiss();
	await page.context().setOffline(false);
	await expect.poll(async () => (await crew.events()).length, { timeout: 30_000 }).toBe(2);
});

test('two tabs: one queue, seen in both, sent once', async ({ page, context, faulty, today }) => {
	const crew = await today.crew(6);
	await openCrew(page, crew, faulty.url);
	const other = await context.newPage();
	await other.goto(`${faulty.url}/lead/${crew.task}`);
	await expect(tick(other, crew.parties[0]!)).toBeVisible();
	await context.setOffline(true);
	for (const [n, party] of crew.parties.entries()) {
		const [here, there] = n % 2 ? [other, page] : [page, other];
		await checkIn(here, party);
		// Nobody changes tabs faster than these hear of each other.
		await expect(ticked(there, party)).toBeVisible();
	}
	for (const tab of [page, other]) {
		await expect(bar(tab)).toContainText('6 条记录待传');
		for (const party of crew.parties) await expect(ticked(tab, party)).toBeVisible();
	}
	await context.setOffline(false);
	await allSent(page);
	await allSent(other);
	const events = await crew.events();
	expect(events.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
	const sent = faulty.deliveries
		.filter(({ path }) => path.includes('record_attendance'))
		.map(({ body }) => body);
	for (const { id } of events) expect(sent.filter((body) => body.includes(`"id":"${id}"`))).toHaveLength(1);
});

test('several requests meet an old token at once: it is renewed once, and nobody is asked to sign in', async ({
	page,
	faulty,
	today
}) => {
	const crew = await today.crew(3);
	await openCrew(page, crew, faulty.url);
	await page.context().setOffline(true);
	for (const party of crew.parties) await checkIn(page, party);
	for (const name of ['路过的人', '又来的人']) {
		await page.getByRole('button', { name: '现场来的人' }).click();
		await page.getByRole('dialog').getByLabel('姓名').fill(name);
		await page.getByRole('dialog').getByRole('button', { name: '签到 1 人' }).click();
	}
	await expect(bar(page)).toContainText('5 条记录待传');
	// The server does not take the token any more; that it has not run out is what the phone believes.
	await leaveToken(page, null);
	await page.evaluate((key) => {
		const session = JSON.parse(localStorage.getItem(key)!) as Record<string, unknown>;
		localStorage.setItem(key, JSON.stringify({ ...session, access_token: 'e30.e30.x' }));
		const asked: string[] = Object.assign(globalThis, { asked: [] }).asked;
		new MutationObserver(() => {
			const text = document.querySelector('.bar[role=status]')?.textContent ?? '';
			if (text.includes('登录已失效')) asked.push(text);
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	}, SESSION_KEY);
	await page.context().setOffline(false);
	await allSent(page);
	expect(await crew.events()).toHaveLength(5);
	const renewals = faulty.deliveries.filter(({ path }) => path.includes('grant_type=refresh_token'));
	expect(renewals).toHaveLength(1);
	expect(await page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual([]);
});

test('the session has run out: everything is kept, the list stays, and after signing in it arrives', async ({
	page,
	today
}) => {
	const crew = await today.crew(3);
	await openCrew(page, crew);
	// The token is not taken any more, and cannot be renewed.
	await page.evaluate(() => {
		const key = 'last-friday-session';
		const session = JSON.parse(localStorage.getItem(key)!) as Record<string, unknown>;
		localStorage.setItem(
			key,
			JSON.stringify({ ...session, access_token: 'e30.e30.x', refresh_token: 'gone', expires_at: 1 })
		);
	});
	await leaveToken(page, null);
	await page.goto(`/lead/${crew.task}`);
	await tick(page, crew.parties[0]!).click();
	await tick(page, crew.parties[1]!).click();
	await expect(bar(page)).toContainText('2 条记录待传');
	await expect(page.getByText('登录已失效').first()).toBeVisible();
	expect(await crew.events()).toHaveLength(0);
	// A reload changes nothing: the list is still there, the records are kept.
	await page.reload();
	await expect(ticked(page, crew.parties[0]!)).toBeVisible();
	await expect(bar(page)).toContainText('2 条记录待传');
	await lookAt(page, 'offline-lapsed');

	await page.getByRole('link', { name: '登录' }).first().click();
	await page.getByRole('textbox', { name: '邮箱' }).fill(crew.leader.email);
	await page.getByLabel('密码', { exact: true }).fill(crew.leader.password);
	await page.getByRole('button', { name: '登录', exact: true }).click();
	await page.waitForURL(`**/lead/${crew.task}`);
	await allSent(page);
	expect(await crew.events()).toHaveLength(2);
});

test('records never leave under somebody else’s account, and wait for their owner', async ({
	page,
	today
}) => {
	const [mine, theirs] = [await today.crew(2), await today.crew(2)];
	await openCrew(page, mine);
	await tick(page, mine.parties[1]!).click();
	await expect.poll(async () => (await mine.events()).length).toBe(1);
	await allSent(page);
	await page.context().setOffline(true);
	await checkIn(page, mine.parties[0]!);
	await page.goto('/me/profile');
	await page.getByRole('button', { name: '退出登录' }).click();
	await expect(page.getByRole('dialog')).toContainText('1 条记录待传');
	await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click();
	await page.waitForURL(({ pathname }) => !pathname.startsWith('/me'));
	await expect.poll(() => countOf(page, 'packs')).toBe(0);
	// What waits stays; what had arrived has gone.
	expect(await rowsOnDisk(page)).toBe(1);
	await page.context().setOffline(false);
	await openCrew(page, theirs);
	await expect(bar(page)).toContainText('另有别人记的 1 条');
	await tick(page, theirs.parties[0]!).click();
	await expect.poll(async () => (await theirs.events()).length).toBe(1);
	expect(await mine.events()).toHaveLength(1);

	await signInOnce(page, mine.session);
	await page.goto(`/lead/${mine.task}`);
	await expect.poll(async () => (await mine.events()).length).toBe(2);
	for (const event of await mine.events()) expect(event.recorded_by).toBe(mine.person);
});

test('somebody else signs in beside an open page: it becomes theirs, and nothing leaves under their name', async ({
	page,
	faulty,
	today
}) => {
	const [mine, theirs] = [await today.crew(2), await today.crew(2)];
	await openCrew(page, mine, faulty.url);
	faulty.down = true;
	await checkIn(page, mine.parties[0]!);
	await expect(bar(page)).toContainText('1 条记录待传');
	// In another tab; then, after more than a minute, the person comes back to this one.
	await page.evaluate(
		([key, session]) => {
			localStorage.setItem(key!, session!);
			const now = Date.now.bind(Date);
			Date.now = () => now() + 61_000;
		},
		[SESSION_KEY, JSON.stringify(theirs.session)]
	);
	await leaveToken(page, null);
	const before = faulty.deliveries.length;
	faulty.down = false;
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expect(bar(page)).toContainText('另有别人记的 1 条');
	await expect(page.getByText(mine.parties[0]!.name)).toHaveCount(0);
	await page.waitForTimeout(2000);
	expect(await mine.events()).toHaveLength(0);
	const asked = faulty.deliveries.slice(before).map(({ path }) => path);
	expect(asked.filter((path) => path.includes('record_attendance'))).toEqual([]);

	await signInOnce(page, mine.session, faulty.url);
	await page.goto(`${faulty.url}/lead/${mine.task}`);
	await expect.poll(async () => (await mine.events()).length).toBe(1);
	expect((await mine.events())[0]!.recorded_by).toBe(mine.person);
});

test('a full disk: said at once, nothing is lost while the page lives, and kept again when there is room', async ({
	page,
	today
}) => {
	const crew = await today.crew(3);
	await openCrew(page, crew);
	const cdp = await page.context().newCDPSession(page);
	const { origin } = new URL(page.url());
	await page.context().setOffline(true);
	await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
	// Said before the first tap. Chromium goes on for half a minute with the room it last heard of.
	await expect(async () => {
		await page.reload();
		await expect(bar(page)).toContainText('手机存储满了', { timeout: 3000 });
	}).toPass({ timeout: 90_000 });
	await tick(page, crew.parties[0]!).click();
	await expect(bar(page)).toContainText('手机存储满了');
	await tick(page, crew.parties[1]!).click();
	await expect(ticked(page, crew.parties[1]!)).toBeVisible();
	await lookAt(page, 'offline-full');
	// Whoever leaves now, or lets a new version in, is asked.
	const asked = page.waitForEvent('dialog');
	await page.evaluate(() => void setTimeout(() => location.reload()));
	const dialog = await asked;
	expect(dialog.type()).toBe('beforeunload');
	await dialog.dismiss();
	await expect(ticked(page, crew.parties[1]!)).toBeVisible();

	await cdp.send('Storage.overrideQuotaForOrigin', { origin });
	await tick(page, crew.parties[2]!).click();
	await expect(bar(page)).not.toContainText('手机存储满了');
	await page.reload();
	await expect(ticked(page, crew.parties[0]!)).toBeVisible();
	await expect(bar(page)).toContainText('3 条记录待传');
	await page.context().setOffline(false);
	await allSent(page);
	expect(await crew.events()).toHaveLength(3);
});
