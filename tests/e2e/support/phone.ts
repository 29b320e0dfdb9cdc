/** A phone of its own: a browser with a profile that outlives it, so that it can be killed in the middle of anything. */
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, devices, expect, type BrowserContext, type Page } from '@playwright/test';
import { findChromium } from '../../../src/cli/chromium.ts';
import { SESSION_KEY } from '../../../src/lib/data/kept.ts';

export class Phone {
	context!: BrowserContext;
	page!: Page;
	#profile: string;
	#url: string;

	private constructor(profile: string, url: string) {
		this.#profile = profile;
		this.#url = url;
	}

	static async open(url: string): Promise<Phone> {
		const phone = new Phone(await mkdtemp(join(tmpdir(), 'last-friday-phone-')), url);
		await phone.start();
		return phone;
	}

	/** Starts the browser (again) on the same profile, perhaps without a signal. */
	async start({ offline = false } = {}): Promise<void> {
		const executablePath = findChromium();
		this.context = await chromium.launchPersistentContext(this.#profile, {
			...devices['Pixel 5'],
			viewport: { width: 360, height: 740 },
			locale: 'zh-CN',
			timezoneId: 'Asia/Shanghai',
			baseURL: this.#url,
			offline,
			...(executablePath && { executablePath }),
			args: ['--no-sandbox']
		});
		this.page = this.context.pages()[0] ?? (await this.context.newPage());
	}

	/** Closed and opened again in good order: what the browser writes down at its leisure is on the disk then. */
	async restart(): Promise<void> {
		await this.context.close();
		await this.start();
	}

	/** The browser dies, as when the battery does: nothing is told, nothing is saved. */
	async kill(): Promise<void> {
		const pid = await this.#process();
		const gone = this.context.waitForEvent('close');
		// With all that it started: Playwright gives it a process group of its own.
		try {
			process.kill(-pid, 'SIGKILL');
		} catch {
			process.kill(pid, 'SIGKILL');
		}
		await gone;
		await rm(join(this.#profile, 'SingletonLock'), { force: true });
	}

	/** Chromium marks a profile in use by a link that names host and process; where it does not, by what it was started with. */
	async #process(): Promise<number> {
		const link = await readlink(join(this.#profile, 'SingletonLock')).catch(() => '');
		const marked = Number(link.split('-').at(-1));
		if (link && marked > 0) return marked;
		for (const entry of await readdir('/proc')) {
			const line = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
			if (line.includes(`--user-data-dir=${this.#profile}`) && !line.includes('--type='))
				return Number(entry);
		}
		throw new Error('The browser of this profile is not running.');
	}

	async close(): Promise<void> {
		await this.context.close().catch(() => {});
		await rm(this.#profile, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** Signs in once: what happens to the session afterwards is the app's doing. */
export async function signInOnce(page: Page, session: unknown, site = ''): Promise<void> {
	await page.goto(`${site}/offline`);
	await page.evaluate(([key, value]) => localStorage.setItem(key, value), [
		SESSION_KEY,
		JSON.stringify(session)
	] as const);
}

/** Opens a page of the day and waits until the phone has all it needs without a signal. */
export async function takeAlong(page: Page, path: string): Promise<void> {
	await page.goto(path);
	// A predicate that answers later is taken for a yes by `waitForFunction`.
	await expect
		.poll(
			() =>
				page.evaluate(async () => ({
					controlled: navigator.serviceWorker.controller !== null,
					complete: (await caches.match('/_app/complete')) !== undefined,
					files: (await (await caches.open('assets')).keys()).length
				})),
			{ timeout: 60_000, message: 'The phone has all it needs without a signal.' }
		)
		.toMatchObject({ controlled: true, complete: true });
}

/** Chooses a picture on the page of the results, as from the phone's camera: a small one, or of so many pixels; each is another. */
export async function takePicture(
	page: Page,
	{ kind = '清理前', side = 64 }: { kind?: '清理前' | '清理后'; side?: number } = {}
): Promise<void> {
	const picture = await page.evaluate((size) => {
		const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
		// Grain, as in a real one: what is plain would be next to nothing to send.
		const few = size / 4;
		const grain = new ImageData(few, few);
		for (let at = 0; at < grain.data.length; at++) grain.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
		const coarse = new OffscreenCanvas(few, few);
		coarse.getContext('2d')!.putImageData(grain, 0, 0);
		canvas.getContext('2d')!.drawImage(coarse, 0, 0, size, size);
		return canvas.toDataURL('image/jpeg', 0.8).split(',')[1]!;
	}, side);
	await page
		.locator('input[type=file]')
		.and(page.getByLabel(kind))
		.setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(picture, 'base64') });
}

type Stored = Record<string, unknown>;

/** Everything in one of the phone's stores but the bytes of pictures; given rows are put there first. */
export const onDisk = (page: Page, store: 'outbox' | 'packs' | 'photos', put: Stored[] = []) =>
	page.evaluate(
		({ store, put }) =>
			new Promise<Stored[]>((done, fail) => {
				const open = indexedDB.open('last-friday');
				open.onerror = () => fail(open.error);
				open.onsuccess = () => {
					const change = open.result.transaction(store, 'readwrite');
					for (const row of put) change.objectStore(store).put(row);
					const all = change.objectStore(store).getAll();
					change.onerror = change.onabort = () => fail(change.error);
					change.oncomplete = () => {
						open.result.close();
						// Pictures stay on the phone.
						done((all.result as Stored[]).map(({ blob: _, ...row }) => row));
					};
				};
			}),
		{ store, put }
	);

/** Leaves the service worker another token to send with than the page did, or (null) no session at all; answers with the one it had. */
export const leaveToken = (page: Page, token: string | null) =>
	page.evaluate(
		(token) =>
			new Promise<string>((done, fail) => {
				const open = indexedDB.open('last-friday');
				open.onerror = () => fail(open.error);
				open.onsuccess = () => {
					const change = open.result.transaction('session', 'readwrite');
					const sessions = change.objectStore('session');
					const kept = sessions.get('current');
					kept.onsuccess = () => {
						const session = kept.result as { token: string } | undefined;
						if (token === null) sessions.delete('current');
						else sessions.put({ ...session, token }, 'current');
						change.oncomplete = () => {
							open.result.close();
							done(session?.token ?? '');
						};
					};
				};
			}),
		token
	);
