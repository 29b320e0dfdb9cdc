/** The picture of a labour day that chats show beside a link to it. `?lang=en`: in English. */
import { error } from '@sveltejs/kit';
import { readDay } from '$lib/data/days';
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
			const page = await orErrorPage(readDay(serverClient(), params.id));
			if (!page?.day) error(404);
			return { page: { ...page, day: page.day } };
		}
	);
