import { redirect } from '@sveltejs/kit';
import { wayIn } from '$lib/offline/way-in';

/** Where the app on the home screen begins. As a rule src/hooks.client.ts has led on before this page is asked for. */
export const ssr = false;
export const load = () => redirect(307, wayIn());
