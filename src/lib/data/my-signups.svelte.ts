/** The caller's own pages, kept on the phone: the way there and the check-in code are needed where there is no signal. */
import { SIGNUPS_KEY } from './booked';
import type { Client } from './client';
import { keep, kept } from './kept';
import { markSeen, readMySignups, type SignupPage } from './signups';

export class MySignups {
	#pages = $state.raw<SignupPage[] | undefined>(kept<SignupPage[]>(SIGNUPS_KEY));
	#failure = $state.raw<unknown>();
	#fresh = $state(false);

	/** Newest day first; undefined before anything is known. */
	get pages(): SignupPage[] | undefined {
		return this.#pages;
	}
	/** Whether the server said so, not only what this phone kept from the last time. */
	get fresh(): boolean {
		return this.#fresh;
	}
	/** What the last reading failed with; what was known stays. */
	get failure(): unknown {
		return this.#failure;
	}

	async read(client: Client): Promise<void> {
		try {
			this.#pages = await readMySignups(client);
			this.#failure = undefined;
			this.#fresh = true;
			keep(SIGNUPS_KEY, this.#pages);
		} catch (error) {
			this.#failure = error;
		}
	}

	/** Tells the organizer that the person looked; what is on the screen goes on saying what is new. */
	async saw(client: Client, page: SignupPage): Promise<void> {
		await markSeen(client, page).catch(() => {});
	}
}
