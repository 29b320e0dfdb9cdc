/** The day without a signal as an organizer's phone at the desk lives it, and as one that got ready the evening before. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { bar, expect, row, test, tick, ticked } from './support/crew-list.ts';
import { ok } from './support/district.ts';
import { onDisk, signInOnce, takeAlong } from './support/phone.ts';
import { lookAt } from './support/screens.ts';

test.setTimeout(120_000);

/** What this phone has of a gathering, as text. */
const packOnDisk = async (page: Page) => JSON.stringify(await onDisk(page, 'packs'));

test('got ready the evening before: the list, the site and its sketch are there without a signal, and fresh with one', async ({
	page,
	context,
	today
}) => {
	const [crew, others] = [await today.crew(3), await today.crew(2)];
	const { client } = today.organizer;
	const add = async (name: string) => {
		const id = randomUUID();
		const p_gathering = today.gathering;
		await ok(client.rpc('sign_up_for', { p_gathering, p_parties: [{ id, name, headcount: 2, minors: 0 }] }));
		const change = { signup_id: id, task_id: crew.task, was: null, leads: false };
		await ok(client.rpc('save_plan', { p_gathering, p_changes: [change] }));
	};
	const move = async (days: number) => {
		const { timeZone, admin } = today.district;
		const date = new Intl.DateTimeFormat('en-CA', { timeZone }).format(
			new Date(Date.now() + days * 86_400_000)
		);
		const p_day = today.district.days[0]!.id;
		await ok(admin.client.rpc('move_labour_day', { p_day, p_date: date, p_reason: '试办' }));
	};
	// A day on which somebody was checked in is not moved: no test stands before this one.
	await move(1);
	try {
		// What the page asks of the browser is noted, and asked.
		await page.addInitScript(() => {
			const real = StorageManager.prototype.persist;
			StorageManager.prototype.persist = function () {
				localStorage.setItem('persist', String(Number(localStorage.getItem('persist')) + 1));
				return real.call(this);
			};
		});
		await signInOnce(page, crew.session);
		await takeAlong(page, '/lead');
		await expect(page.getByText('还没存到手机')).toBeVisible();
		expect(await packOnDisk(page)).toBe('[]');
		await page.evaluate(() => localStorage.removeItem('persist'));
		await page.getByRole('button', { name: '提前准备好' }).click();
		const ready = page.getByText(/^已经准备好，没信号也能用（.+存的）$/);
		await expect(ready).toBeVisible();
		await expect(page.getByRole('button', { name: '更新一下' })).toBeVisible();
		expect(Number(await page.evaluate(() => localStorage.getItem('persist')))).toBeGreaterThan(0);
		await lookAt(page, 'ready');
		const pack = await packOnDisk(page);
		for (const { name } of crew.parties) expect(pack).toContain(name);
		for (const { name } of others.parties) expect(pack).not.toContain(name);

		await context.setOffline(true);
		// Somebody is added meanwhile.
		await add('后来报名的人');
		await page.goto('/lead');
		await expect(ready).toBeVisible();
		await page.getByRole('link', { name: /官井沟渠/ }).click();
		for (const party of crew.parties) await expect(tick(page, party)).toBeVisible();
		await expect(page.getByText('没有信号，用的是')).toBeVisible();
		await page.getByText('点位资料和草图').click();
		await expect(page.getByRole('definition').filter({ hasText: '620 米' })).toBeVisible();
		await expect(page.getByRole('img', { name: '点位草图' })).toBeVisible();

		// A phone that lies there and finds the signal again takes what is new by itself, from whichever page.
		await page.goto('/lead');
		await expect(ready).toBeVisible();
		await context.setOffline(false);
		await expect.poll(() => packOnDisk(page), { timeout: 30_000 }).toContain('后来报名的人');
		await expect(ready).toBeVisible();
		await context.setOffline(true);
		await page.goto(`/lead/${crew.task}`);
		await expect(tick(page, { name: '后来报名的人', heads: 2 })).toBeVisible();
		// The list itself does the same.
		await add('最后报名的人');
		await context.setOffline(false);
		await expect(tick(page, { name: '最后报名的人', heads: 2 })).toBeVisible({ timeout: 30_000 });
	} finally {
		await context.setOffline(false);
		await move(0);
	}
});

test('an organizer who opened any page of the app on the day has the list without a signal, and what is new of it later', async ({
	page,
	context,
	today
}) => {
	const crew = await today.crew(3);
	const [here, later] = crew.parties;
	const { data } = await today.organizer.client.auth.getSession();
	await signInOnce(page, data.session);
	await takeAlong(page, '/organize');
	await expect.poll(() => packOnDisk(page), { timeout: 30_000 }).toContain(here!.name);
	// Whoever closes the day knows of it.
	const phones = async () => {
		const check = await ok(today.organizer.client.rpc('closing_check', { p_gathering: today.gathering }));
		return (check as unknown as { phones: { name: string }[] }).phones.map(({ name }) => name);
	};
	await expect.poll(phones).toContain('李主任');

	const search = page.getByRole('searchbox', { name: '搜姓名或手机尾号' });
	const open = async (party: { name: string; heads: number }) => {
		await page.goto('/organize/day');
		await page.getByRole('link', { name: /老城街道/ }).click();
		await search.fill(party.name);
		await expect(tick(page, party)).toBeVisible();
	};
	await context.setOffline(true);
	await open(here!);
	await expect(page.getByText('没有信号，用的是')).toBeVisible();

	// Five minutes on, somebody has come to be known: the next page that is opened takes that along, too.
	await context.setOffline(false);
	await page.goto('/me');
	const [pack] = await onDisk(page, 'packs');
	const content = pack!.content as { server_time: string };
	const server_time = new Date(Date.parse(content.server_time) - 6 * 60_000).toISOString();
	await onDisk(page, 'packs', [{ ...pack, content: { ...content, server_time, parties: [] } }]);
	expect(await packOnDisk(page)).not.toContain(later!.name);
	await page.goto('/organize/sites');
	await expect.poll(() => packOnDisk(page), { timeout: 30_000 }).toContain(later!.name);
	await context.setOffline(true);
	await open(later!);
});

test('the desk of all crews without a signal: found by name, checked in and out, counted on the server', async ({
	page,
	context,
	today
}) => {
	const [one, other] = [await today.crew(6), await today.crew(4)];
	const [whole, taken, , fewer] = one.parties;
	const [leaves] = other.parties;
	const { data } = await today.organizer.client.auth.getSession();
	await signInOnce(page, data.session);
	await takeAlong(page, `/organize/day/${today.gathering}`);
	const search = page.getByRole('searchbox', { name: '搜姓名或手机尾号' });
	await search.waitFor();
	await context.setOffline(true);

	await test.step('somebody is found in any crew, comes with fewer, is taken back', async () => {
		for (const party of [whole!, leaves!, taken!]) {
			await search.fill(party.name);
			await tick(page, party).click();
			await expect(ticked(page, party)).toBeVisible();
		}
		await page.getByRole('button', { name: '撤销' }).click();
		await expect(tick(page, taken!)).toBeVisible();
		await search.fill(fewer!.name);
		await row(page, fewer!).getByRole('button').first().click();
		const sheet = page.getByRole('dialog', { name: fewer!.name });
		await sheet.getByRole('button', { name: '来了几人：减一' }).click();
		await sheet.getByRole('button', { name: `签到 ${fewer!.heads - 1} 人` }).click();
		await expect(row(page, fewer!)).toContainText(`来了 ${fewer!.heads - 1} 人`);
		await search.fill('');
	});

	await test.step('who just came is a tap, a name and a key', async () => {
		await page.evaluate(() => {
			const used = Object.assign(globalThis, { used: { taps: 0, keys: 0 } }).used;
			addEventListener('pointerdown', () => used.taps++, true);
			addEventListener('keydown', () => used.keys++, true);
		});
		const name = '路过的人';
		await page.getByRole('button', { name: '现场来的人' }).click();
		await expect(page.getByRole('dialog').getByLabel('姓名')).toBeFocused();
		// As a keyboard for Chinese does: whole words, at once.
		await page.keyboard.insertText(name);
		await page.keyboard.press('Enter');
		await expect(page.getByRole('dialog')).toBeHidden();
		const used = await page.evaluate(() => (globalThis as unknown as { used: object }).used);
		console.log(`who just came, alone: ${JSON.stringify(used)} and the ${name.length} characters of a name`);
		expect(used).toEqual({ taps: 1, keys: 1 });
		await search.fill(name);
		await expect(ticked(page, { name })).toBeVisible();
	});

	await test.step('the page is started anew; a whole crew is checked out, and one of another', async () => {
		await page.goto(`/organize/day/${today.gathering}`);
		await expect(bar(page)).toContainText('没有信号，照常记录');
		await expect(bar(page)).toContainText('6 条记录待传');
		await expect(page.getByText('没有信号，用的是')).toBeVisible();
		await lookAt(page, 'offline-desk');
		await search.fill(leaves!.name);
		await ticked(page, leaves!).click();
		await page.getByRole('dialog').getByRole('button', { name: '签退' }).click();
		await expect(row(page, leaves!)).toHaveClass(/gone/);
		await search.fill('');
		const [site] = await ok(today.service.from('sites').select('name').eq('id', one.site));
		await page.getByRole('combobox', { name: '小组' }).selectOption(site!.name);
		await expect(ticked(page, whole!)).toBeVisible();
		await lookAt(page, 'offline-desk-crew');
		await page.getByRole('button', { name: '全组签退' }).click();
		await expect(page.getByText(`${whole!.heads + fewer!.heads - 1} 人已签退`)).toBeVisible();
		await expect(row(page, whole!)).toHaveClass(/gone/);
		await expect(bar(page)).toContainText('9 条记录待传');
	});

	await test.step('where all crews are, and what one of them has done', async () => {
		await page.getByRole('link', { name: '小组', exact: true }).click();
		await page.getByText('点位草图', { exact: true }).click();
		await expect(page.getByRole('img', { name: '点位草图' })).toBeVisible();
		const card = page.locator('li.card').filter({ has: page.locator(`a[href="/lead/${other.task}"]`) });
		await card.getByRole('link', { name: '记成果' }).click();
		await page.getByLabel('疏通沟渠（米）').fill('30');
		await page.getByRole('button', { name: '记下来' }).click();
		await expect(bar(page)).toContainText('10 条记录待传');
		await page.goto(`/organize/day/${today.gathering}/crews`);
		await expect(card).toContainText('30 米');
		await lookAt(page, 'offline-desk-crews');
	});

	const counted = (select: string) =>
		today.service.from('attendance_events').select(select).eq('gathering_id', today.gathering);
	expect(await ok(counted('id'))).toEqual([]);
	await context.setOffline(false);
	await expect(bar(page)).toHaveCount(0, { timeout: 60_000 });
	const events = (await ok(counted('seq, kind, heads, source, signup_id'))) as unknown as {
		seq: number;
		kind: string;
		heads: number;
		source: string;
		signup_id: string;
	}[];
	// Five came, one of them taken back; three left, of a crew at once or alone. Nothing twice.
	expect(events.map(({ seq }) => seq).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
	expect(events.filter(({ kind }) => kind === 'void')).toHaveLength(1);
	expect(events.filter(({ kind, heads }) => kind === 'present' && heads === 0)).toHaveLength(3);
	expect(new Set(events.map(({ source }) => source))).toEqual(new Set(['organizer']));
	const sums = await ok(
		today.service.from('totals').select('task_id, participations').eq('gathering_id', today.gathering)
	);
	const of = (task: string | null) =>
		sums
			.filter(({ task_id }) => task_id === task)
			.reduce((sum, { participations }) => sum + participations, 0);
	expect([of(one.task), of(other.task)]).toEqual([whole!.heads + fewer!.heads - 1, leaves!.heads]);
	expect(sums.reduce((sum, { participations }) => sum + participations, 0)).toBe(
		whole!.heads + fewer!.heads - 1 + leaves!.heads + 1
	);
	expect(await other.entries()).toMatchObject([{ metres: 30 }]);
	// Whoever sits at the desk sees the same when it is read anew.
	await page.goto(`/organize/day/${today.gathering}`);
	await search.fill(leaves!.name);
	await expect(row(page, leaves!)).toHaveClass(/gone/);
});
