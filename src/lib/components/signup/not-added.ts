/** Why a party that an organizer or leader wrote down was not signed up, for their ears. */
import { DataError, wordsFor } from '$lib/data/errors';
import { m } from '$lib/paraglide/messages';

export function notAddedWords(code: string, detail?: string | null): string {
	if (code === 'already_signed_up') return m.gathering_add_taken();
	if (code === 'bad_row') return m.gathering_list_bad_row();
	return wordsFor(new DataError(code, detail ?? ''));
}
