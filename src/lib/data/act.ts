import { browserClient, type Client } from './client';
import { wordsFor } from './errors';

/** Runs a command for a form or a dialog; a refusal comes back as an Error in the reader's words, the cause inside. */
export async function act<T>(command: (client: Client) => Promise<T>): Promise<T> {
	try {
		return await command(await browserClient());
	} catch (cause) {
		throw new Error(wordsFor(cause), { cause });
	}
}
