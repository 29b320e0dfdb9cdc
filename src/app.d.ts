import type { Prefs } from '$lib/i18n/prefs';

declare global {
	namespace App {
		interface Locals {
			/** How this reader wants pages shown; all that a cached public page may depend on, besides its address. */
			prefs: Prefs;
		}
		interface Error {
			message: string;
			/** Names the failure in the server's log. */
			id?: string;
			/** There was no signal. */
			offline?: boolean;
		}
	}
}
export {};
