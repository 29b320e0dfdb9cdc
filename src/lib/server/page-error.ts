import { DataError, wordsFor } from '$lib/data/errors';
import { error } from '@sveltejs/kit';

/** In a load: a refusal by the data becomes the page that says so; what nobody foresaw stays an unexpected failure. */
export async function orErrorPage<T>(data: Promise<T>): Promise<T> {
	try {
		return await data;
	} catch (cause) {
		if (cause instanceof DataError && cause.status >= 400 && cause.status < 500)
			error(cause.status, wordsFor(cause));
		throw cause;
	}
}
