import { redirect } from '@sveltejs/kit';
import { Route } from '$lib/route';

/**
 * The empty page that the service worker keeps: at whatever address of the app it is shown, the page of that address is made
 * in the browser. Only somebody who opens this very address gets here.
 */
export const ssr = false;
export const load = () => redirect(307, Route.me());
