/** How parties and crews are said on the board, its dialogs and its print view. */
import type { BoardParty, BoardTask } from '$lib/data/board';
import type { Crew, Verdict } from '$lib/domain/board';
import { formatNumber } from '$lib/i18n/format';
import { hazardName, kindName } from '$lib/i18n/site-words';
import { m } from '$lib/paraglide/messages';

export type BoardCrew = Crew<BoardParty, BoardTask>;

/** 4 人 · 2 小孩 */
export const headsWords = ({ headcount, minors }: Pick<BoardParty, 'headcount' | 'minors'>): string =>
	minors > 0 ? m.board_heads_minors({ heads: headcount, minors }) : m.board_heads({ heads: headcount });

/** 缺 3 · 12–20 人, and how urgent that is. */
export function needWords({ task, heads, missing, room }: BoardCrew): {
	text: string;
	tone: 'need' | 'ok' | 'late';
} {
	const { crew_min: min, crew_max: max } = task;
	if (missing > 0) return { text: m.board_missing({ missing, min, max }), tone: 'need' };
	if (room < 0) return { text: m.board_too_many({ over: -room, min, max }), tone: 'late' };
	return { text: m.board_enough({ heads, min, max }), tone: 'ok' };
}

/** 沟渠 · 620 米 · 逾期 12 天 */
export function taskWords(task: BoardTask): string {
	return [
		kindName(task.kind),
		task.length_m !== null && m.board_metres({ metres: formatNumber(task.length_m) }),
		task.overdue_days !== null && task.overdue_days > 0 && m.board_overdue({ days: task.overdue_days })
	]
		.filter(Boolean)
		.join(m.common_separator());
}

/** 水深、车流 */
export const dangers = ({ hazards }: Pick<BoardTask, 'hazards'>): string =>
	hazards.map(hazardName).join(m.sites_tools_separator());

/** 水深，小孩不能来; null without hazards. */
export const hazardWords = (task: Pick<BoardTask, 'hazards'>): string | null =>
	task.hazards.length > 0 ? m.board_hazards({ hazards: dangers(task) }) : null;

export const refusalWords = (verdict: Verdict & { kind: 'refused' }): string =>
	verdict.rule === 'minors_at_hazard' ? m.board_refused_minors() : m.board_refused_waiting();

/** 赵阿姨、周先生、刘家四口 等 */
export function someNames(names: readonly string[], most = 4): string {
	const shown = names.slice(0, most).join(m.sites_tools_separator());
	return names.length > most ? m.board_and_more({ names: shown }) : shown;
}
