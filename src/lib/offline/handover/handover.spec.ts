import { describe, expect, it } from 'vitest';
import { present, type DayRecord } from '$lib/domain/roster';
import type { PhotoRow } from '../photos/row';
import { handOver, MAX_IN_QR, pictureOf, takeOver } from './handover';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const record: DayRecord = {
	...present(id(1), 3, 1),
	id: id(2),
	seq: 7,
	device_id: id(3),
	at: '2026-11-27T00:41:00.000Z',
	device_time: '2026-11-27T00:41:00.000Z',
	clock_offset_ms: 0
};

describe('records handed over', () => {
	it('arrive as they were, with who recorded them', async () => {
		const text = await handOver(id(9), '陈师傅', [record]);
		expect(takeOver(text)).toMatchObject({ person: id(9), name: '陈师傅', records: [record], photos: [] });
		// A phone whose app has not been updated yet reads what is in a QR.
		expect(JSON.parse(text)).toMatchObject({ version: 1 });
		expect(new TextEncoder().encode(text).length).toBeLessThan(MAX_IN_QR);
	});

	it('have photos with them, to the byte', async () => {
		const bytes = Uint8Array.from({ length: 20_000 }, (_, n) => (n * 7) % 256);
		const photo: PhotoRow = {
			version: 2,
			id: id(4),
			person: id(9),
			task: id(5),
			kind: 'after',
			blob: new Blob([bytes], { type: 'image/webp' }),
			sha256: null,
			taken_at: '2026-11-27T00:42:00.000Z',
			state: 'refused',
			code: 'not_yours',
			attempts: 1,
			next_at: 0
		};
		const found = takeOver(await handOver(id(9), '陈师傅', [], [photo]));
		expect(found).toMatchObject({
			version: 2,
			records: [],
			photos: [{ id: id(4), task: id(5), kind: 'after' }]
		});
		const picture = pictureOf(found!.photos[0]!);
		expect(picture.type).toBe('image/webp');
		expect(new Uint8Array(await picture.arrayBuffer())).toEqual(bytes);
	});

	const given = {
		format: 'last-friday-records',
		version: 1,
		person: id(9),
		name: '陈师傅',
		records: [record]
	};
	const picture = 'data:image/webp;base64,AAAA';
	const photo = { id: id(4), task: id(5), kind: 'after', taken_at: '2026-11-27T00:42:00.000Z', picture };
	const withPhoto = (more: object) => ({ ...given, version: 2, photos: [{ ...photo, ...more }] });

	it.each([given, withPhoto({})])('are taken in: %o', (told) =>
		expect(takeOver(JSON.stringify(told))).not.toBeNull()
	);

	it.each([
		null,
		[],
		{ format: 'something else' },
		{ ...given, version: 3 },
		{ ...given, records: [] },
		{ ...given, person: 'nobody' },
		{ ...given, records: [{ ...record, id: 'x' }] },
		{ ...given, records: [{ ...record, at: 'yesterday' }] },
		{ ...given, records: [{ ...record, type: 'other' }] },
		{ ...given, photos: 'none' },
		withPhoto({ task: 'x' }),
		withPhoto({ kind: 'during' }),
		withPhoto({ taken_at: 'yesterday' }),
		withPhoto({ picture: 'https://example.org/a.webp' }),
		withPhoto({ picture: 'data:text/html;base64,AAAA' }),
		withPhoto({ picture: 'data:image/svg+xml;base64,AAAA' })
	])('are told from anything else: %o', (told) => expect(takeOver(JSON.stringify(told))).toBeNull());

	it('are not found in what is no JSON', () => expect(takeOver('')).toBeNull());
});
