/**
 * Takes photos in: POST /photos?id=…&task=…&kind=before|after|other[&taken_at=…] with the file as the body and the person's
 * token. What is said of the photo stands in the address, so that everything is decided before its body arrives.
 */
import { json } from '@sveltejs/kit';
import { DataError } from '$lib/data/errors';
import { photoStore, takePhoto, type PhotoNote } from '$lib/server/photos';
import { serviceClient, userClient } from '$lib/server/supabase';
import { isId } from '$lib/uuid';
import type { RequestHandler } from './$types';

const KINDS = new Set(['before', 'after', 'other']);

function noteIn(params: URLSearchParams): PhotoNote | undefined {
	const [id = '', task = '', kind = ''] = ['id', 'task', 'kind'].map((name) => params.get(name) ?? '');
	if (!isId(id) || !isId(task) || !KINDS.has(kind)) return undefined;
	const takenAt = new Date(params.get('taken_at') ?? '');
	return {
		id,
		task,
		kind: kind as PhotoNote['kind'],
		takenAt: Number.isNaN(takenAt.getTime()) ? null : takenAt.toISOString()
	};
}

const refusal = (code: string, status: number) =>
	json({ code }, { status, headers: { 'cache-control': 'no-store' } });

export const POST: RequestHandler = async ({ request, url }) => {
	const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
	if (!token) return refusal('sign_in_first', 401);
	const note = noteIn(url.searchParams);
	if (!note) return refusal('bad_value', 400);
	try {
		const photo = await takePhoto(
			{ user: userClient(token), server: serviceClient() },
			photoStore(),
			note,
			request
		);
		return json(photo, { status: 201, headers: { 'cache-control': 'no-store' } });
	} catch (error) {
		if (error instanceof DataError && error.status >= 400 && error.status < 500)
			return refusal(error.code, error.status);
		throw error;
	}
};
