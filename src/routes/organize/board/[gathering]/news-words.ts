/** What another organizer (or a volunteer) changed, as a sentence. */
import type { Difference } from '$lib/domain/board';
import { m } from '$lib/paraglide/messages';

export function newsWords(item: Difference): string {
	switch (item.kind) {
		case 'moved':
			return m.board_news_moved({
				name: item.name,
				from: item.from ?? m.board_nowhere(),
				to: item.to ?? m.board_nowhere()
			});
		case 'leads':
			return m.board_news_leads(item);
		case 'leads_not':
			return m.board_news_leads_not(item);
		case 'joined':
			return m.board_news_joined(item);
		case 'left':
			return m.board_news_left(item);
		case 'resized':
			return m.board_news_resized(item);
		case 'edited':
			return m.board_news_edited(item);
		case 'task_added':
			return m.board_news_task_added(item);
		case 'task_removed':
			return m.board_news_task_removed(item);
		case 'task_changed':
			return m.board_news_task_changed(item);
		case 'task_edited':
			return m.board_news_task_edited(item);
		case 'gathering_changed':
			return m.board_news_gathering();
	}
}
