import { answer } from './command';

/** No more rows than this come in one answer: `max_rows` of the data interface, which says nothing when it cuts. */
const ROWS = 1000;

/**
 * All rows of a query, however many, page by page.
 * @param page the rows from the `from`th to the `to`th of an order in which no two rows are equal @throws DataError
 */
export async function allRows<Row>(
	page: (from: number, to: number) => Parameters<typeof answer>[0]
): Promise<Row[]> {
	const all: Row[] = [];
	for (;;) {
		const some = await answer<Row[]>(page(all.length, all.length + ROWS - 1));
		all.push(...some);
		if (some.length < ROWS) return all;
	}
}
