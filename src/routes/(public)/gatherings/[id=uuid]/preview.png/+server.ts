/** The picture of a gathering that chats show beside a link to it. `?lang=en`: in English. */
import { readGathering } from '$lib/data/days';
import { previewResponse } from '$lib/server/preview';
import { orErrorPage } from '$lib/server/page-error';
import { serverClient } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params, url }) =>
	previewResponse(
		params.id,
		url.searchParams.get('lang') === 'en' ? 'en' : 'zh',
		'/icon-512.png',
		async () => {
			const { gathering, ...page } = await orErrorPage(readGathering(serverClient(), params.id));
			return { page: { ...page, gatherings: [gathering] }, gathering };
		}
	);
