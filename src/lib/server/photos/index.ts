/** Photos: taken in only from whom Postgres allows, kept under their content's hash, shown by the same rules. */
import { createHash } from 'node:crypto';
import { DataError } from '$lib/data/errors';
import { answer } from '$lib/data/command';
import type { Client } from '../supabase';
import { readLimited } from '../body';
import { makePhoto, MAX_BYTES, NotAnImage } from './image';
import { photoName, type PhotoSize, type PhotoStore } from './store';

export interface PhotoNote {
	/** Made by the phone, so that sending a photo again adds nothing. */
	id: string;
	task: string;
	kind: 'before' | 'after' | 'other';
	takenAt: string | null;
}

export interface KeptPhoto {
	id: string;
	sha256: string;
	width: number;
	height: number;
	/** Of the bytes that came, so that the phone knows they are its own before it lets the photo go. */
	received_sha256: string;
	received_bytes: number;
}

/**
 * Takes a photo in. Whether the person may add it is asked before its body is read; that there is one says the server, once
 * its file is kept.
 * @throws DataError not_yours, too_many_photos, too_large, not_an_image, …
 */
export async function takePhoto(
	{ user, server }: Record<'user' | 'server', Client>,
	store: PhotoStore,
	note: PhotoNote,
	request: Request
): Promise<KeptPhoto> {
	const p_by = await answer<string>(user.rpc('may_add_photo', { p_task: note.task, p_photo: note.id }));
	const sent = await readLimited(request, MAX_BYTES);
	if (!sent) throw new DataError('too_large', '', 413);
	const { sha256, width, height, full, small } = await makePhoto(sent).catch((cause: unknown) => {
		throw cause instanceof NotAnImage ? new DataError('not_an_image', '', 415) : cause;
	});
	await store.put(photoName(sha256, 'full'), full);
	await store.put(photoName(sha256, 'small'), small);
	const id = await answer<string>(
		server.rpc('add_photo', {
			p_by,
			p_id: note.id,
			p_task: note.task,
			p_kind: note.kind,
			p_sha256: sha256,
			p_width: width,
			p_height: height,
			p_bytes: full.byteLength,
			...(note.takenAt && { p_taken_at: note.takenAt })
		})
	);
	const received_sha256 = createHash('sha256').update(sent).digest('hex');
	return { id, sha256, width, height, received_sha256, received_bytes: sent.byteLength };
}

/** A photo as its reader may see it, and whether everybody may; null when there is none for them. @throws DataError */
export async function givePhoto(
	client: Client,
	store: PhotoStore,
	sha256: string,
	size: PhotoSize
): Promise<{ bytes: Uint8Array; released: boolean } | null> {
	const rows = await answer<{ released_at: string | null }[]>(
		client.from('photos').select('released_at').eq('sha256', sha256)
	);
	if (rows.length === 0) return null;
	const bytes = await store.get(photoName(sha256, size));
	return bytes && { bytes, released: rows.some(({ released_at }) => released_at !== null) };
}

export { photoStore } from './store';
