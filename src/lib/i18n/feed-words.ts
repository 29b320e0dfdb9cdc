import { m } from '$lib/paraglide/messages';
import type { FeedWords } from '$lib/domain/feed/calendar-feed';
import type { Language } from './prefs';

/** What the calendar feed says of moved and cancelled days, in the subscriber's language. */
export function feedWords(locale: Language): FeedWords {
	return {
		moved: (title) => m.calendar_feed_moved({ title }, { locale }),
		cancelled: (title) => m.calendar_feed_cancelled({ title }, { locale })
	};
}
