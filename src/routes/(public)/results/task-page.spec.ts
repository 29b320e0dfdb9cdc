import { describe, expect, it } from 'vitest';
import { taskPage, toRead } from './task-page';

const tasks = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('the tasks that a page of results lists', () => {
	it.each([
		[40, false, 40, false, false],
		[41, false, 40, true, false],
		[41, true, 41, false, false],
		[500, true, 500, false, false],
		// A day of a large district, or a town's years: never as if these were all.
		[501, true, 500, false, true]
	])('of %i, all asked for: %s', (count, every, listed, more, cut) => {
		const read = tasks(count).slice(0, toRead(every));
		const page = taskPage(read, every);
		expect(page).toEqual({ tasks: tasks(listed), more, cut });
	});
});
