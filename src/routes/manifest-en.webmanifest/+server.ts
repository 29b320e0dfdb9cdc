import { manifestInEnglish } from '$lib/offline/manifest';

/** What an English reader's phone learns; the Chinese one is a file of the build. */
export const GET = () =>
	new Response(JSON.stringify(manifestInEnglish), {
		headers: { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=86400' }
	});
