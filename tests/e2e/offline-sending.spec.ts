/** How records and photos leave a phone: in the background, after an update, over a dead server and a slow network, by another's hand. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devices, type Page } from '@playwright/test';
import { startApp } from './app.ts';
import { allSent, bar, expect, openCrew, test, tick, waitingOnDisk } from './support/crew-list.ts';
import { openCrews, type Crew, type Crews } from './support/crews.ts';
import { ok } from './support/district.ts';
import { failInTurn, startFaultyProxy, type Fault } from './support/faulty-proxy.ts';
import { phoneThatSees } from './support/film.ts';
import { leaveToken, onDisk, signInOnce, takePicture } from './support/phone.ts';
import { startReleases } from './support/releases.ts';
import { expectNoSidewaysScroll, lookAt } from './support/screens.ts';

test.setTimeout(180_000);

/** A check-in as a phone would have written it down. */
const record = (signup_id: string, seq: number, heads = 1) => ({
	type: 'attendance',
	id: randomUUID(),
	signup_id,
	kind: 'present',
	heads,
	minors: 0,
	voids: null,
	seq,
	device_id: DEVICE,
	at: new Date().toISOString(),
	device_time: new Date().toISOString(),
	clock_offset_ms: 0
});
const DEVICE = randomUUID();

/** The photos that the phone holds, oldest name first, with the hash of the bytes that are really there, and their width. */
const photosOnDisk = (page: Page) =>
	page.evaluate(async () => {
		const rows = await new Promise<{ id: string; sha256: string; blob: Blob }[]>((done, fail) => {
			const open = indexedDB.open('last-friday');
			open.onerror = () => fail(open.error);
			open.onsuccess = () => {
				const all = open.result.transaction('photos').objectStore('photos').getAll();
				all.onerror = () => fail(all.error);
				all.onsuccess = () => {
					open.result.close();
					done(all.result as { id: string; sha256: string; blob: Blob }[]);
				};
			};
		});
		return Promise.all(
			rows.map(async ({ id, sha256, blob }) => {
				const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
				const digest = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
				const { width } = await createImageBitmap(blob);
				return { id, sha256, digest, width };
			})
		);
	});

/** The phones that whoever closes the day is shown. */
async function phonesOf({ organizer, gathering }: Crews) {
	const check = await ok(organizer.client.rpc('closing_check', { p_gathering: gathering }));
	return (check as unknown as { phones: { name: string; records: number; photos: number }[] }).phones;
}

/** As many photos as a task may have. */
const fillWithPhotos = ({ service, area }: Crews, crew: Crew) =>
	ok(
		service.from('photos').insert(
			Array.from({ length: 60 }, (_, n) => ({
				id: randomUUID(),
				task_id: crew.task,
				site_id: crew.site,
				area_id: area,
				kind: 'other' as const,
				sha256: n.toString(16).padStart(64, '0'),
				width: 4,
				height: 3,
				bytes: 100,
				uploaded_by: crew.person
			}))
		)
	);

test('what an earlier version left on the phone is understood and sent', async ({ page, today }) => {
	const crew = await today.crew(3);
	await signInOnce(page, crew.session);
	const records = crew.parties.map(({ id }, n) => ({ record: record(id, n + 1), person: crew.person }));
	await page.evaluate(
		({ records, task, person }) =>
			new Promise<void>((done, fail) => {
				const open = indexedDB.open('last-friday', 1);
				open.onupgradeneeded = () => {
					open.result.createObjectStore('records', { keyPath: 'record.id' });
					open.result.createObjectStore('photos', { keyPath: 'id' });
				};
				open.onerror = () => fail(open.error);
				open.onblocked = () => fail(new Error('The database is open elsewhere.'));
				open.onsuccess = async () => {
					const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
					canvas.getContext('2d')!.fillRect(0, 0, 30, 30);
					const blob = await new Promise<Blob>((made) =>
						canvas.toBlob((found) => made(found!), 'image/webp')
					);
					const change = open.result.transaction(['records', 'photos'], 'readwrite');
					for (const one of records) change.objectStore('records').put(one);
					change.objectStore('photos').put({
						id: crypto.randomUUID(),
						person,
						task,
						kind: 'after',
						blob,
						taken_at: new Date().toISOString()
					});
					change.onerror = change.onabort = () => fail(change.error);
					change.oncomplete = () => {
						open.result.close();
						done();
					};
				};
			}),
		{ records, task: crew.task, person: crew.person }
	);
	await page.goto(`/lead/${crew.task}`);
	await expect.poll(async () => (await crew.events()).length).toBe(3);
	await expect.poll(async () => (await crew.photos()).length).toBe(1);
	await allSent(page);
});

test('in the background: the page is gone, the browser wakes the service worker, and it sends with the session it was left while that lasts', async ({
	page,
	context,
	app,
	faulty,
	today
}) => {
	const crew = await today.crew(3);
	await openCrew(page, crew, faulty.url);
	await context.setOffline(true);
	for (const party of crew.parties) await tick(page, party).click();
	await page.getByRole('link', { name: '记成果' }).click();
	await takePicture(page, { side: 2400 });
	await expect(bar(page)).toContainText('3 条记录、1 张照片待传');
	await expect.poll(() => waitingOnDisk(page)).toBe(4);
	// Made small before it was put away.
	expect(await photosOnDisk(page)).toMatchObject([{ width: 1600 }]);
	// With the last bar of signal the phone had told what it holds.
	const device = await page.evaluate(
		() => (JSON.parse(localStorage.getItem('last-friday-device')!) as { id: string }).id
	);
	await ok(
		crew.leader.client.rpc('report_phone', {
			p_gathering: today.gathering,
			p_device: device,
			p_records: 3,
			p_photos: 1,
			p_at: new Date().toISOString()
		})
	);
	const held = async () => {
		const phone = (await phonesOf(today)).find(({ name }) => name === crew.name);
		return phone && [phone.records, phone.photos];
	};
	expect(await held()).toEqual([3, 1]);

	// A page of the same site that knows nothing of the day; the day's page is closed.
	const other = await context.newPage();
	const cdp = await context.newCDPSession(other);
	const registration = new Promise<string>((found) =>
		cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			if (registrations[0]) found(registrations[0].registrationId);
		})
	);
	await other.goto(`${faulty.url}/offline`);
	await cdp.send('ServiceWorker.enable');
	const registrationId = await registration;
	await page.close();
	// A token that is not taken any more: whoever wakes the worker, it renews nothing and keeps everything for a page.
	const token = await leaveToken(other, 'e30.e30.x');
	await context.setOffline(false);
	expect(await crew.events()).toHaveLength(0);
	const wake = () =>
		cdp.send('ServiceWorker.dispatchSyncEvent', {
			origin: new URL(other.url()).origin,
			registrationId,
			tag: 'last-friday-queues',
			lastChance: false
		});
	const tried = () => faulty.deliveries.filter(({ path }) => path.includes('record_attendance')).length;

	await wake();
	await expect.poll(tried).toBeGreaterThan(0);
	expect(faulty.deliveries.filter(({ path }) => path.includes('grant_type'))).toEqual([]);
	expect(await crew.events()).toHaveLength(0);
	await leaveToken(other, token);

	await wake();
	await expect.poll(async () => (await crew.events()).length).toBe(3);
	await expect.poll(async () => (await crew.photos()).length).toBe(1);
	// Whoever closes the day hears that nothing is left, though no page has told it.
	await expect.poll(held).toEqual([0, 0]);
	expect(await photosOnDisk(other)).toEqual([]);
	// The file is kept, large and small, and no other.
	const [photo] = await crew.photos();
	const files = await readdir(join(app.dataDir, 'photos', photo!.sha256.slice(0, 2)));
	expect(files.filter((name) => name.startsWith(photo!.sha256)).toSorted()).toEqual([
		`${photo!.sha256}-400.webp`,
		`${photo!.sha256}.webp`
	]);

	await other.goto(`${faulty.url}/lead/${crew.task}`);
	await expect(
		other.getByRole('button', { name: `${crew.parties[0]!.name} 已签到，点开修改` })
	).toBeVisible();
	await allSent(other);
	expect(await crew.events()).toHaveLength(3);
	expect(await crew.photos()).toHaveLength(1);
});

test('in the background again: a token that had run out spent the wake-up, and the next opening of the app asks for another', async ({
	page,
	context,
	faulty,
	today
}) => {
	const crew = await today.crew(1);
	await openCrew(page, crew, faulty.url);
	/** What the browser will wake the service worker for. */
	const asked = () =>
		page.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			return (registration as unknown as { sync: { getTags(): Promise<string[]> } }).sync.getTags();
		});
	await context.setOffline(true);
	await tick(page, crew.parties[0]!).click();
	await expect.poll(() => waitingOnDisk(page)).toBe(1);
	await expect.poll(asked).toHaveLength(1);
	// No page sends any more: the worker is alone with a token that is not taken.
	await page.goto(`${faulty.url}/offline`);
	const token = await leaveToken(page, 'e30.e30.x');
	await context.setOffline(false);
	await expect.poll(asked, { timeout: 30_000 }).toEqual([]);
	expect(faulty.deliveries.some(({ path }) => path.includes('record_attendance'))).toBe(true);
	expect(await crew.events()).toHaveLength(0);

	// The app is opened, still without a signal, and has not been put away when the phone dies.
	await context.setOffline(true);
	await page.goto(`${faulty.url}/lead/${crew.task}`);
	await expect(bar(page)).toContainText('1 条记录待传');
	await expect.poll(asked).toHaveLength(1);
	await page.goto(`${faulty.url}/offline`);
	await leaveToken(page, token);
	await context.setOffline(false);
	await expect.poll(async () => (await crew.events()).length, { timeout: 30_000 }).toBe(1);
	await expect.poll(() => waitingOnDisk(page)).toBe(0);
});

test('the server dies in the middle of a request and comes back: everything arrives once', async ({
	page
}) => {
	const dataDir = await mkdtemp(join(tmpdir(), 'last-friday-killed-'));
	let app = await startApp({ dataDir });
	const proxy = await startFaultyProxy(app.url);
	try {
		const today = await openCrews(app, proxy.url);
		const crew = await today.crew(8);
		await openCrew(page, crew, proxy.url);
		const killed = new Promise<void>((done) => {
			let first = true;
			proxy.ondelivered = ({ path }) => {
				if (!path.includes('record_attendance') || !first) return;
				first = false;
				void app.stop('SIGKILL').then(() => done());
			};
		});
		for (const party of crew.parties.slice(0, 4)) await tick(page, party).click();
		await killed;
		for (const party of crew.parties.slice(4)) await tick(page, party).click();
		await expect(bar(page)).toContainText('没有信号，照常记录');
		app = await startApp({ dataDir });
		proxy.target = app.url;
		await allSent(page);
		const events = await crew.events();
		expect(events.map(({ signup_id }) => signup_id).toSorted()).toEqual(
			crew.parties.map(({ id }) => id).toSorted()
		);
	} finally {
		proxy.close();
		await app.stop();
		await rm(dataDir, { recursive: true, force: true });
	}
});

test('who just came arrives once over a network that loses, doubles, delays and refuses, with what was said of them afterwards', async ({
	page,
	faulty,
	today
}) => {
	const crew = await today.crew(1);
	await openCrew(page, crew, faulty.url);
	const faults = {
		record_walk_in: ['lose-answer', 'later', 'twice', 'unavailable', 'later', 'twice', 'lose-answer'],
		record_attendance: ['later', 'twice', 'lose-answer', 'unavailable']
	} as const;
	const happened = failInTurn(faulty, faults);
	const came = ['甲', '乙', '丙', '丁', '戊', '己'].map((letter, n) => ({
		name: `路人${letter}`,
		heads: 1 + (n % 3),
		phone: n % 2 ? '' : `1390000800${n}`
	}));
	for (const { name, heads, phone } of came) {
		await page.getByRole('button', { name: '现场来的人' }).click();
		const dialog = page.getByRole('dialog', { name: '现场来的人' });
		await dialog.getByLabel('姓名').fill(name);
		await dialog.getByRole('spinbutton', { name: '来了几人' }).fill(String(heads));
		await dialog.getByLabel('手机号').fill(phone);
		await dialog.getByRole('button', { name: `签到 ${heads} 人` }).click();
		await expect(dialog).toBeHidden();
	}
	// Some leave again while the word that they came is still on its way.
	for (const { name } of came.slice(0, 3)) {
		await page.getByRole('button', { name: `${name} 已签到，点开修改` }).click();
		await page.getByRole('dialog').getByRole('button', { name: '签退' }).click();
	}
	await allSent(page);
	// What was held up arrives two seconds later.
	await page.waitForTimeout(2500);
	for (const [name, list] of Object.entries(faults))
		expect([name, happened()[name as keyof typeof faults]]).toEqual([name, new Set<Fault>(list)]);
	const events = await crew.events();
	expect(events).toHaveLength(9);
	expect(new Set(events.map(({ seq }) => seq)).size).toBe(9);
	const signups = await ok(today.service.from('signups').select('id, name, headcount').like('name', '路人_'));
	expect(signups.map(({ name }) => name).toSorted()).toEqual(came.map(({ name }) => name).toSorted());
	const sums = await ok(today.service.from('attendance_sums').select('*').eq('task_id', crew.task));
	expect(
		signups
			.map(({ id, name }) => {
				const sum = sums.find(({ signup_id }) => signup_id === id);
				return { name, came: sum?.participations, here: sum?.present_heads };
			})
			.toSorted(
				(a, b) =>
					came.findIndex(({ name }) => name === a.name) - came.findIndex(({ name }) => name === b.name)
			)
	).toEqual(came.map(({ name, heads }, n) => ({ name, came: heads, here: n < 3 ? 0 : heads })));
});

test('a refused record stays with its reason, goes to the organizer by QR or as a file, and keeps the name of who made it', async ({
	page,
	today,
	app
}) => {
	const crew = await today.crew(2);
	const [party] = crew.parties;
	await openCrew(page, crew);
	await page.context().setOffline(true);
	// Meanwhile another leads the crew.
	const [lead] = await ok(
		today.service.from('assignments').select('signup_id').eq('task_id', crew.task).eq('leads', true)
	);
	await ok(
		today.organizer.client.rpc('save_plan', {
			p_gathering: today.gathering,
			p_changes: [
				{ signup_id: lead!.signup_id, task_id: crew.task, was: crew.task, leads: false, was_leads: true }
			]
		})
	);
	await page.waitForTimeout(1100);
	await tick(page, party!).click();
	await page.context().setOffline(false);
	await page.getByRole('button', { name: '1 条没收下，请看' }).click();
	const dialog = page.getByRole('dialog', { name: '没收下的记录' });
	await expect(dialog).toContainText('您没有这项权限');
	await expect(dialog).toContainText(`${party!.name} · 签到 ${party!.heads} 人`);
	// Also once the list, which is no longer theirs, has gone from the phone.
	await expect.poll(() => onDisk(page, 'packs')).toHaveLength(0);
	await page.reload();
	await page.getByRole('button', { name: '1 条没收下，请看' }).click();
	await expect(dialog).toContainText(`${party!.name} · 签到 ${party!.heads} 人`);
	await lookAt(page, 'offline-refused');
	expect(await crew.events()).toHaveLength(0);

	// Put right and sent again: the same record, which is still not theirs to make.
	await dialog.getByRole('button', { name: '修改' }).click();
	const right = page.getByRole('dialog', { name: '改好再传' });
	await right.getByRole('button', { name: '来了几人：加一' }).click();
	await lookAt(page, 'offline-refused-edit');
	await right.getByRole('button', { name: '改好了，重新上传' }).click();
	await expect(dialog).toContainText(`${party!.name} · 签到 ${party!.heads + 1} 人`);

	await dialog.getByRole('button', { name: '交给组织者' }).click();
	const handing = page.getByRole('dialog', { name: '交给组织者' });
	const qr = await handing.getByRole('img', { name: '待交记录的二维码' }).screenshot();
	await expectNoSidewaysScroll(page);
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		handing.getByRole('button', { name: '发送或保存文件' }).click()
	]);
	const path = await file.path();

	// Held before the organizer's camera.
	const desk = await phoneThatSees(qr, app.url);
	await today.organizer.signIn(desk.context);
	const office = await desk.context.newPage();
	await office.goto(`/organize/day/${today.gathering}/close`);
	await office.getByRole('button', { name: '收下组长交来的记录' }).click();
	await office.getByRole('button', { name: '扫二维码' }).click();
	await expect(office.getByRole('dialog')).toContainText('陈组长');
	await expect(office.getByRole('dialog')).toContainText(`${party!.name} · 签到 ${party!.heads + 1} 人`);
	await lookAt(office, 'offline-take-over');
	await office.getByRole('button', { name: '收下', exact: true }).click();
	await expect.poll(async () => (await crew.events()).length).toBe(1);
	const [event] = await crew.events();
	expect(event).toMatchObject({
		signup_id: party!.id,
		recorded_by: crew.person,
		heads: party!.heads + 1
	});
	expect(event!.handed_in_by).not.toBeNull();
	expect(event!.handed_in_by).not.toBe(crew.person);

	// Taken in twice, now from the file, is taken in once.
	await office.getByRole('button', { name: '收下组长交来的记录' }).click();
	await office.locator('input[type=file]').setInputFiles(path);
	await office.getByRole('button', { name: '收下', exact: true }).click();
	await expect(office.getByText('收下 1 项，正在上传').last()).toBeVisible();
	await office.waitForTimeout(1000);
	expect(await crew.events()).toHaveLength(1);
	await desk.close();

	await handing.getByRole('button', { name: '关闭' }).click();
	await dialog.getByRole('button', { name: '删掉' }).click();
	await page.getByRole('dialog', { name: '删掉这条记录？' }).getByRole('button', { name: '删掉' }).click();
	await expect(dialog).toContainText('都处理好了');
});

test('a phone that was made ready is known to whoever closes the day, before it opens a roster', async ({
	page,
	today
}) => {
	const crew = await today.crew(2);
	await signInOnce(page, crew.session);
	await page.goto('/lead');
	await expect(page.getByText('已经准备好，没信号也能用').first()).toBeVisible({ timeout: 30_000 });
	await expect
		.poll(() => phonesOf(today))
		.toContainEqual(expect.objectContaining({ name: crew.name, records: 0, photos: 0 }));
});

test('a photo that is not taken in stays, is told wherever one is, can be saved, and goes only after a question', async ({
	page,
	today
}) => {
	const crew = await today.crew(1);
	await fillWithPhotos(today, crew);
	await openCrew(page, crew);
	await page.goto(`/lead/${crew.task}/results`);
	await takePicture(page);
	// Also on a page that shows no photos.
	await expect(bar(page)).toContainText('1 张照片没收下，请看');
	await page.goto(`/lead/${crew.task}`);
	await page.getByRole('button', { name: '1 张照片没收下，请看' }).click();
	const dialog = page.getByRole('dialog', { name: '没收下的记录' });
	await expect(dialog).toContainText('这个任务的照片已经够多了');
	await lookAt(page, 'offline-refused-photo');
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		dialog.getByRole('button', { name: '存到手机' }).click()
	]);
	expect(file.suggestedFilename()).toMatch(/^photo-.*\.(webp|jpg)$/);
	// Asked again, the server says the same.
	const again = page.waitForResponse(/\/photos\?/);
	await dialog.getByRole('button', { name: '再试一次' }).click();
	expect((await again).status()).toBe(409);
	await expect(dialog).toContainText('这个任务的照片已经够多了');
	await dialog.getByRole('button', { name: '删掉' }).click();
	const question = page.getByRole('dialog', { name: '删掉这张照片？' });
	await question.getByRole('button', { name: '返回' }).click();
	await expect(dialog).toContainText('这个任务的照片已经够多了');
	await dialog.getByRole('button', { name: '删掉' }).click();
	await question.getByRole('button', { name: '删掉' }).click();
	await expect(dialog).toContainText('都处理好了');
	await expect(bar(page)).toHaveCount(0);
	expect(await crew.photos()).toHaveLength(60);
});

test('a photo that is not taken in is handed to an organizer in a file, and is one photo whoever brings it', async ({
	page,
	browser,
	today,
	app
}) => {
	const crew = await today.crew(1);
	await fillWithPhotos(today, crew);
	await openCrew(page, crew);
	await page.goto(`/lead/${crew.task}/results`);
	await takePicture(page, { side: 800, kind: '清理后' });
	await page.getByRole('button', { name: '1 张照片没收下，请看' }).click();
	const dialog = page.getByRole('dialog', { name: '没收下的记录' });
	await dialog.getByRole('button', { name: '交给组织者' }).click();
	const handing = page.getByRole('dialog', { name: '交给组织者' });
	await expect(handing).toContainText('照片就在文件里');
	await lookAt(page, 'offline-hand-over-photo');
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		handing.getByRole('button', { name: '发送或保存文件' }).click()
	]);
	await handing.getByRole('button', { name: '关闭' }).click();
	const [held] = await photosOnDisk(page);

	// Whoever organizes has made room.
	const [spare] = (await crew.photos()).map(({ id }) => id);
	await ok(today.service.from('photos').delete().eq('id', spare!));
	const desk = await browser.newContext({ ...devices['Pixel 5'], baseURL: app.url, locale: 'zh-CN' });
	await today.organizer.signIn(desk);
	const office = await desk.newPage();
	await office.goto(`/organize/day/${today.gathering}/close`);
	await office.getByRole('button', { name: '收下组长交来的记录' }).click();
	const taking = office.getByRole('dialog');
	await office.locator('input[type=file]').setInputFiles(await file.path());
	await expect(taking).toContainText(`${crew.name} 交来的`);
	await expect(taking.getByRole('img', { name: '清理后' })).toBeVisible();
	await lookAt(office, 'offline-take-over-photo');
	const receipt = office.waitForResponse(/\/photos\?/);
	await taking.getByRole('button', { name: '收下', exact: true }).click();
	// The very bytes that the leader's phone holds.
	expect(await (await receipt).json()).toMatchObject({ id: held!.id, received_sha256: held!.sha256 });
	const arrived = async () => (await crew.photos()).filter(({ id }) => id === held!.id);
	expect(await arrived()).toMatchObject([{ kind: 'after' }]);
	await allSent(office);
	await desk.close();

	// The phone that has not heard of it brings it too: it is there.
	await dialog.getByRole('button', { name: '再试一次' }).click();
	await allSent(page);
	expect(await photosOnDisk(page)).toEqual([]);
	expect(await arrived()).toHaveLength(1);
	expect(await crew.photos()).toHaveLength(60);
});

test('photos leave one by one, each with its progress, again after a break, and stay until the server has named their bytes', async ({
	page,
	faulty,
	today
}) => {
	const crew = await today.crew(2);
	await openCrew(page, crew, faulty.url);
	await page.context().setOffline(true);
	for (const party of crew.parties) await tick(page, party).click();
	await page.getByRole('link', { name: '记成果' }).click();
	for (let n = 0; n < 3; n++) await takePicture(page, { side: 800 });
	await expect(bar(page)).toContainText('2 条记录、3 张照片待传');
	const tiles = page.getByRole('listitem').filter({ has: page.getByRole('img', { name: '待传的照片' }) });
	await expect(tiles.filter({ hasText: '待传' })).toHaveCount(3);
	const before = await photosOnDisk(page);
	expect(before).toHaveLength(3);
	for (const { digest, sha256 } of before) expect(digest).toBe(sha256);

	// What is seen of their way, from beginning to end.
	await page.evaluate(() => {
		const seen = Object.assign(globalThis, { seen: { most: 0, shares: [] as number[] } }).seen;
		new MutationObserver(() => {
			const bars = [...document.querySelectorAll('progress')];
			seen.most = Math.max(seen.most, bars.length);
			seen.shares.push(...bars.map(({ value }) => value));
		}).observe(document.body, { subtree: true, childList: true, attributeFilter: ['value'] });
	});
	// The first breaks off in the middle. Then two of them reach the server, which seems to have got something else.
	const faults: Fault[] = ['cut'];
	const wrong = new Map<string, Fault>();
	let honest = false;
	faulty.fault = ({ method, path }) => {
		if (method !== 'POST' || !path.startsWith('/photos')) return undefined;
		const fault = faults.shift();
		if (fault) return fault;
		const id = new URL(path, faulty.url).searchParams.get('id')!;
		if (!wrong.has(id) && wrong.size < 2) wrong.set(id, wrong.size === 0 ? 'other-hash' : 'no-hash');
		return honest ? undefined : wrong.get(id);
	};
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Network.enable');
	await page.context().setOffline(false);
	const line = { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 80_000 };
	await cdp.send('Network.emulateNetworkConditions', line);

	const held = async () => (await photosOnDisk(page)).map(({ id }) => id);
	await expect.poll(async () => (await held()).length, { timeout: 60_000 }).toBe(2);
	expect(await held()).toEqual([...wrong.keys()].toSorted());
	await expect(bar(page)).toContainText('2 张照片待传');
	expect(await crew.photos()).toHaveLength(3);
	expect(await crew.events()).toHaveLength(2);
	for (const { id, digest } of await photosOnDisk(page))
		expect(digest).toBe(before.find((one) => one.id === id)!.sha256);

	honest = true;
	await allSent(page);
	expect(await photosOnDisk(page)).toEqual([]);
	expect((await crew.photos()).map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id));
	const sent = faulty.deliveries.filter(
		({ method, path }) => method === 'POST' && path.startsWith('/photos')
	);
	expect(sent.map(({ fault }) => fault)).toEqual(
		expect.arrayContaining(['cut', 'other-hash', 'no-hash', undefined])
	);
	const { most, shares } = await page.evaluate(
		() => (globalThis as unknown as { seen: { most: number; shares: number[] } }).seen
	);
	expect(most).toBe(1);
	expect(shares.some((share) => share > 0 && share < 1)).toBe(true);
});

test('an update that is let in while something is being sent waits until it has been, and nothing is sent twice', async ({
	page,
	faulty,
	today
}) => {
	const releases = await startReleases(faulty.url);
	try {
		const crew = await today.crew(2);
		await openCrew(page, crew, releases.site);
		await page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
		releases.released = true;
		await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
		const update = page.getByRole('button', { name: '更新', exact: true });
		await expect(update).toBeVisible({ timeout: 30_000 });
		faulty.fault = ({ path }) => (path.includes('record_attendance') ? 'wait' : undefined);
		await tick(page, crew.parties[0]!).click();
		await expect.poll(async () => (await crew.events()).length).toBe(1);
		await update.click();
		await tick(page, crew.parties[1]!).click();
		await page.waitForTimeout(2000);
		expect(await page.evaluate(() => 'notReloaded' in globalThis)).toBe(true);
		faulty.fault = () => undefined;
		faulty.answer();
		await expect
			.poll(() => page.evaluate(() => 'notReloaded' in globalThis).catch(() => true), { timeout: 30_000 })
			.toBe(false);
		await allSent(page);
		await expect.poll(async () => (await crew.events()).length).toBe(2);
		const sent = faulty.deliveries.filter(({ path }) => path.includes('record_attendance'));
		for (const { id } of await crew.events())
			expect(sent.filter(({ body }) => body.includes(`"id":"${id}"`))).toHaveLength(1);
	} finally {
		faulty.answer();
		releases.close();
	}
});

test('five hundred records and a hundred photos drain over a 3G network', async ({ page, today }) => {
	test.setTimeout(700_000);
	const crews = [await today.crew(225), await today.crew(225)];
	const [first, second] = crews as [Crew, Crew];
	// One person leads both: a task holds at most sixty photos.
	await ok(
		today.service.from('task_leaders').insert({
			task_id: second.task,
			person_id: first.person,
			since: new Date(Date.now() - 3_600_000).toISOString()
		})
	);
	await openCrew(page, first);
	await page.context().setOffline(true);
	const rows = [
		...crews.flatMap(({ parties }) => parties.map(({ id, heads }, n) => record(id, n + 1, heads))),
		...Array.from({ length: 50 }, (_, n) => ({
			...record(first.parties[0]!.id, 1000 + n),
			type: 'walk_in',
			event_id: randomUUID(),
			gathering_id: today.gathering,
			task_id: first.task,
			name: `路过的人${n}`,
			phone: null,
			headcount: 1
		}))
	].map((one) => {
		const walkIn = one.type === 'walk_in';
		return {
			version: 2,
			id: one.id,
			person: first.person,
			command: walkIn ? 'record_walk_in' : 'record_attendance',
			subject: `party:${walkIn ? one.id : one.signup_id}`,
			record: one,
			state: 'waiting',
			attempts: 0,
			next_at: 0
		};
	});
	const bytes = await page.evaluate(
		async ({ rows, tasks, person }) => {
			const photos: { blob: Blob; [more: string]: unknown }[] = [];
			for (let n = 0; n < 100; n++) {
				// Grain, enlarged: pictures on the small side, so that the test ends in time.
				const grain = new OffscreenCanvas(40, 30);
				const pixels = new ImageData(40, 30);
				for (let at = 0; at < pixels.data.length; at++)
					pixels.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
				grain.getContext('2d')!.putImageData(pixels, 0, 0);
				const canvas = new OffscreenCanvas(1600, 1200);
				canvas.getContext('2d')!.drawImage(grain, 0, 0, 1600, 1200);
				const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
				const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
				const sha256 = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
				const taken_at = new Date(Date.now() - n * 1000).toISOString();
				const fixed = { version: 2, person, kind: 'after', state: 'waiting', attempts: 0, next_at: 0 };
				photos.push({ ...fixed, id: crypto.randomUUID(), task: tasks[n % 2], blob, sha256, taken_at });
			}
			await new Promise<void>((done, fail) => {
				const open = indexedDB.open('last-friday');
				open.onerror = () => fail(open.error);
				open.onsuccess = () => {
					const change = open.result.transaction(['outbox', 'photos'], 'readwrite');
					for (const row of rows) change.objectStore('outbox').put(row);
					for (const photo of photos) change.objectStore('photos').put(photo);
					change.onerror = change.onabort = () => fail(change.error);
					change.oncomplete = () => {
						open.result.close();
						done();
					};
				};
			});
			return photos.reduce((sum, { blob }) => sum + blob.size, 0);
		},
		{ rows, tasks: [first.task, second.task], person: first.person }
	);
	await page.goto(`/lead/${first.task}`);
	await expect(bar(page)).toContainText('500 条记录、100 张照片待传');

	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Network.enable');
	await page.context().setOffline(false);
	// A usual 3G line.
	await cdp.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 150,
		downloadThroughput: (1.6 * 1024 * 1024) / 8,
		uploadThroughput: (750 * 1024) / 8
	});
	const began = Date.now();
	await allSent(page, 500_000);
	const seconds = Math.round((Date.now() - began) / 1000);
	console.log(
		`500 records and 100 photos of ${Math.round(bytes / 100_000)} kB over 3G (750 kbit/s up, 150 ms): ${seconds} s`
	);
	const events = [...(await first.events()), ...(await second.events())];
	expect(events).toHaveLength(500);
	expect(new Set(events.map(({ id }) => id)).size).toBe(500);
	const photos = [...(await first.photos()), ...(await second.photos())];
	expect(photos).toHaveLength(100);
	expect(new Set(photos.map(({ id }) => id)).size).toBe(100);
});
