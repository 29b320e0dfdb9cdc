/** Shows a photo to whom Postgres lets see it: released ones to everybody, others by the person's token. `?w=400`: small. */
import { givePhoto, photoStore } from '$lib/server/photos';
import { orErrorPage } from '$lib/server/page-error';
import { serverClient, userClient } from '$lib/server/supabase';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The file never changes, but an organizer may take its release back: caches forget it within a day. */
const PUBLIC = 'public, max-age=86400, immutable';

export const GET: RequestHandler = async ({ params, request, url }) => {
	const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
	const client = token ? userClient(token) : serverClient();
	const size = url.searchParams.get('w') === '400' ? 'small' : 'full';
	const photo = await orErrorPage(givePhoto(client, photoStore(), params.sha, size));
	if (!photo) error(404);
	return new Response(photo.bytes as Uint8Array<ArrayBuffer>, {
		headers: {
			'content-type': 'image/webp',
			'content-length': String(photo.bytes.byteLength),
			'cache-control': photo.released ? PUBLIC : 'private, no-store',
			vary: 'authorization',
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; sandbox",
			'content-disposition': 'inline'
		}
	});
};
