import { building } from '$app/environment';
import { paraglideMiddleware } from '$lib/paraglide/server';
import { handleCachedPages } from '$lib/server/cached-pages';
import { harmless } from '$lib/server/harmless';
import { secure } from '$lib/server/headers';
import { handlePrefs } from '$lib/server/prefs';
import { startServer } from '$lib/server/start';
import { handleSupabase } from '$lib/server/supabase';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { randomUUID } from 'node:crypto';

/** Nothing is served before the database is open and its schema current. */
export const init: ServerInit = async () => {
	if (!building) await startServer();
};

const protect: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	return building ? response : secure(response, event.url);
};

const data: Handle = async ({ event, resolve }) => (await handleSupabase(event)) ?? resolve(event);

const language: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ request }) => {
		event.request = request;
		return resolve(event);
	});

export const handle = sequence(protect, data, language, handlePrefs, handleCachedPages);

/** An unexpected failure reaches the person as a number that the log has too. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status === 404) return { message };
	const id = randomUUID().slice(0, 8);
	console.error(`[error ${id}] ${event.request.method} ${event.route.id ?? 'no route'}`, harmless(error));
	return { message, id };
};
