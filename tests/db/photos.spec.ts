/** Photos end to end: real images, a real database that says who may, real files. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '$lib/data/client';
import { DataError } from '$lib/data/errors';
import { givePhoto, takePhoto } from '$lib/server/photos';
import { bucketStore, type Storage } from '$lib/server/photos/bucket';
import { fileStore } from '$lib/server/photos/files';
import type { PhotoStore } from '$lib/server/photos/store';
import { District, PERSONAS, type Persona } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
let folder: string;
let store: PhotoStore;
let task: string;
const clients = new Map<Persona, Client>();

beforeAll(async () => {
	engine = await startTestEngine();
	const accounts: Record<string, string> = {};
	for (const persona of PERSONAS) {
		if (persona === 'visitor') {
			clients.set(persona, engine.client());
			continue;
		}
		const { id, token } = await engine.account(`${persona}@example.org`);
		accounts[persona] = id;
		clients.set(persona, engine.client({ token }));
	}
	district = await District.open(engine, accounts);
	task = await district.id('task');
	folder = await mkdtemp(join(tmpdir(), 'last-friday-photos-'));
	store = fileStore(folder);
}, 120_000);
afterAll(async () => {
	await engine?.close();
	await rm(folder, { recursive: true, force: true });
});

const jpeg = (shade: string) =>
	sharp({ create: { width: 640, height: 480, channels: 3, background: shade } })
		.withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '27/1 42/1 0/1' } })
		.jpeg()
		.toBuffer();

/** A request whose body tells whether anybody read it. */
function upload(bytes: Uint8Array) {
	let read = false;
	const body = new ReadableStream<Uint8Array>(
		{
			pull: (controller) => {
				read = true;
				controller.enqueue(bytes);
				controller.close();
			}
		},
		{ highWaterMark: 0 }
	);
	const request = new Request('http://localhost/photos', {
		method: 'POST',
		body,
		duplex: 'half'
	} as RequestInit);
	return { request, wasRead: () => read };
}

const send = (who: Persona, bytes: Uint8Array, more: { id?: string; task?: string } = {}) => {
	const { request, wasRead } = upload(bytes);
	const note = { id: randomUUID(), task, kind: 'after' as const, takenAt: null, ...more };
	return {
		done: takePhoto({ user: clients.get(who)!, server: engine.client('service') }, store, note, request),
		wasRead
	};
};
const look = (who: Persona, sha256: string) => givePhoto(clients.get(who)!, store, sha256, 'full');
const count = async () =>
	Number((await district.row<{ n: string }>('select count(*) as n from public.photos')).n);
const codeOf = (done: Promise<unknown>) =>
	done.then(
		() => 'accepted',
		(error: unknown) => (error instanceof DataError ? error.code : String(error))
	);

describe('adding a photo', () => {
	it('is for the crew’s leader and organizers; from others not even the body is read', async () => {
		const before = await count();
		const photo = await jpeg('#334455');
		for (const who of ['visitor', 'resident', 'other_resident', 'other_organizer'] as const) {
			const { done, wasRead } = send(who, photo);
			expect([who, await codeOf(done)]).toEqual([who, who === 'visitor' ? expect.any(String) : 'not_yours']);
			expect(await codeOf(done)).not.toBe('accepted');
			expect(wasRead()).toBe(false);
		}
		expect(await count()).toBe(before);
		for (const who of ['leader', 'organizer', 'admin'] as const)
			expect(await codeOf(send(who, await jpeg(`#3344${60 + PERSONAS.indexOf(who)}`)).done)).toBe('accepted');
		expect(await count()).toBe(before + 3);
	});

	it('twice is adding it once, also under another id', async () => {
		const photo = await jpeg('#771122');
		const id = randomUUID();
		const first = await send('leader', photo, { id }).done;
		const before = await count();
		expect(await send('leader', photo, { id }).done).toEqual(first);
		expect((await send('leader', photo).done).sha256).toBe(first.sha256);
		expect(await count()).toBe(before);
		const files = await readdir(join(folder, first.sha256.slice(0, 2)));
		expect(files.toSorted()).toEqual([`${first.sha256}-400.webp`, `${first.sha256}.webp`]);
	});

	it('is refused when the task has enough, but not when it is one of them whose phone did not hear the answer', async () => {
		const [id, photo] = [randomUUID(), await jpeg('#123456')];
		const first = await send('leader', photo, { id }).done;
		await district.rows(
			`insert into public.photos (id, task_id, site_id, area_id, kind, sha256, width, height, bytes, uploaded_by)
			 select gen_random_uuid(), task_id, site_id, area_id, kind, lpad(to_hex(n), 64, '0'), width, height, bytes, uploaded_by
			 from public.photos, generate_series(1, 60) n where id = $1`,
			[id]
		);
		const before = await count();
		expect(await send('leader', photo, { id }).done).toEqual(first);
		expect(await codeOf(send('leader', await jpeg('#654321')).done)).toBe('too_many_photos');
		expect(await count()).toBe(before);
		await district.rows(`delete from public.photos where sha256 like '0000000000%'`);
	});

	it('takes no text for a photo and nothing above eight megabytes, and notes neither', async () => {
		const before = await count();
		expect(await codeOf(send('leader', Buffer.from('no photo')).done)).toBe('not_an_image');
		expect(await codeOf(send('leader', new Uint8Array(8 * 1024 * 1024 + 1)).done)).toBe('too_large');
		expect(await codeOf(send('leader', await jpeg('#101010'), { task: randomUUID() }).done)).toBe('gone');
		expect(await count()).toBe(before);
	});
});

describe('a photo that was never stored', () => {
	it('cannot be noted past the server, by nobody, and stays missing when the gathering is closed', async () => {
		await district.rows(`delete from public.photos where task_id = $1`, [task]);
		const missing = async () =>
			(
				await district.call<{ without_photo: { task_id: string }[] }>('organizer', 'closing_check', {
					p_gathering: await district.id('gathering')
				})
			).without_photo.map(({ task_id }) => task_id);
		expect(await missing()).toEqual([task]);
		for (const who of PERSONAS) {
			const { error, status } = await clients.get(who)!.rpc('add_photo', {
				p_by: await district.id('leader'),
				p_id: randomUUID(),
				p_task: task,
				p_kind: 'after',
				p_sha256: 'b'.repeat(64),
				p_width: 10,
				p_height: 10,
				p_bytes: 10
			});
			expect([who, error !== null && status >= 400]).toEqual([who, true]);
			await clients.get(who)!.rpc('may_add_photo', { p_task: task, p_photo: randomUUID() });
		}
		expect(await count()).toBe(0);
		expect(await missing()).toEqual([task]);
		await send('leader', await jpeg('#0a0b0c')).done;
		expect(await missing()).toEqual([]);
		expect(await district.rows('select uploaded_by from public.photos where task_id = $1', [task])).toEqual([
			{ uploaded_by: await district.id('leader') }
		]);
	});

	it('is none when keeping its file failed', async () => {
		const before = await count();
		const { request } = upload(await jpeg('#0d0e0f'));
		const full: PhotoStore = {
			...store,
			put: () => Promise.reject(new Error('no space left on device'))
		};
		await expect(
			takePhoto(
				{ user: clients.get('leader')!, server: engine.client('service') },
				full,
				{ id: randomUUID(), task, kind: 'after', takenAt: null },
				request
			)
		).rejects.toThrow('no space left');
		expect(await count()).toBe(before);
	});
});

describe('a photo', () => {
	it('is seen by its crew’s leader and organizers, and by everybody once it is released', async () => {
		const { id, sha256 } = await send('leader', await jpeg('#225577')).done;
		const seenBy = async () => {
			const seen: Persona[] = [];
			for (const who of PERSONAS) if (await look(who, sha256)) seen.push(who);
			return seen;
		};
		expect(await seenBy()).toEqual(['leader', 'organizer', 'admin']);
		await district.call('organizer', 'release_photo', { p_photo: id, p_release: true });
		expect(await seenBy()).toEqual([...PERSONAS]);
		expect(await look('visitor', sha256)).toMatchObject({ released: true });
		await district.call('organizer', 'release_photo', { p_photo: id, p_release: false });
		expect(await seenBy()).toEqual(['leader', 'organizer', 'admin']);
	});

	it('is kept without the place where it was taken', async () => {
		const { sha256 } = await send('leader', await jpeg('#447722')).done;
		const found = await look('leader', sha256);
		expect((await sharp(found!.bytes).metadata()).exif).toBeUndefined();
		expect(
			(await sharp((await givePhoto(clients.get('leader')!, store, sha256, 'small'))!.bytes).metadata()).width
		).toBe(400);
	});

	it('that nobody has is nothing', async () => {
		expect(await look('admin', 'f'.repeat(64))).toBeNull();
		expect(await store.get(`ff/${'f'.repeat(64)}.webp`)).toBeNull();
	});
});

/** Supabase's storage as the store uses it, with the answers that it gives. */
function cloud() {
	const files = new Map<string, Uint8Array>();
	let made = 0;
	const bucket = {
		upload: async (name: string, bytes: Uint8Array) => {
			if (files.has(name)) return { data: null, error: new Error('The resource already exists') };
			files.set(name, bytes);
			return { data: {}, error: null };
		},
		download: async (name: string) => {
			const bytes = files.get(name);
			return bytes
				? { data: new Blob([bytes as Uint8Array<ArrayBuffer>]), error: null }
				: { data: null, error: new Error('{}') };
		},
		exists: async (name: string) => ({ data: files.has(name), error: null })
	};
	const storage = {
		createBucket: async () =>
			made++ === 0
				? { data: {}, error: null }
				: { data: null, error: new Error('The resource already exists') },
		from: () => bucket
	};
	return { connect: () => ({ storage }) as unknown as Storage, files };
}

describe.each([
	['files', () => fileStore(folder)],
	['a bucket', () => bucketStore(cloud().connect)]
])('%s', (_, make) => {
	it('give back what was put, and take the same name twice', async () => {
		const kept = make();
		const name = `ab/${randomUUID()}.webp`;
		expect(await kept.get(name)).toBeNull();
		await kept.put(name, new Uint8Array([1, 2, 3]));
		await kept.put(name, new Uint8Array([1, 2, 3]));
		expect([...(await kept.get(name))!]).toEqual([1, 2, 3]);
	});
});
