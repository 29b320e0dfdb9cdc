/** How many of the tasks behind a sum a page lists: few at first, many when asked for all; and it says when there are others. */
const FEW = 40;
const MANY = 500;

/** @param every whether all were asked for @returns how many to read: one more than is listed, which tells whether there are others */
export const toRead = (every: boolean): number => (every ? MANY : FEW) + 1;

/**
 * @param tasks what was read, newest first
 * @returns the tasks to list; `more`: the address of all of them lists others; `cut`: nothing here does, another period or area must be chosen
 */
export function taskPage<Task>(tasks: readonly Task[], every: boolean) {
	const most = every ? MANY : FEW;
	const others = tasks.length > most;
	return { tasks: tasks.slice(0, most), more: !every && others, cut: every && others };
}
