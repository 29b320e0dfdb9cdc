/** Which of two answers of the server a pack keeps: they may be written in another order than they were given in. */
import type { DayPackage } from '$lib/data/day-package';
import type { TaskRecords } from '$lib/data/roster';

/** Answers that cross on their way are minutes apart; what seems newer by more comes from a server whose clock was put right. */
const CROSSING = 10 * 60_000;

const after = (a: { server_time: string }, b: { server_time: string }): boolean => {
	const by = Date.parse(a.server_time) - Date.parse(b.server_time);
	return by > 0 && by < CROSSING;
};

/** A package to put in the place of the kept one, with what is known newer of single tasks; undefined: the kept one is newer. */
export function newer(content: DayPackage, kept: DayPackage): DayPackage | undefined {
	if (after(kept, content)) return undefined;
	const records = content.records.map((one) => {
		const known = kept.records.find(({ task }) => task.id === one.task.id);
		return known && after(known, one) ? known : one;
	});
	return { ...content, records };
}

/** A package with these records of a task; undefined: it has no such task. */
export function withRecords(content: DayPackage, found: TaskRecords): DayPackage | undefined {
	if (!content.records.some(({ task }) => task.id === found.task.id)) return undefined;
	return {
		...content,
		records: content.records.map((one) => (one.task.id === found.task.id && !after(one, found) ? found : one))
	};
}
