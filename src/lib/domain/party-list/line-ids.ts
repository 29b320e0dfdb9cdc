/**
 * Ids for the lines of a list that may be sent more than once: a line keeps its id until it is known to be signed up, so that
 * a list that broke off adds nobody twice; and the same words again, then or later, are another party.
 */
export class LineIds {
	readonly #ids = new Map<string, string[]>();

	constructor(readonly newId: () => string) {}

	/** An id for each of these lines, in their order. */
	of(lines: readonly string[]): string[] {
		const seen = new Map<string, number>();
		return lines.map((line) => {
			const place = seen.get(line) ?? 0;
			seen.set(line, place + 1);
			const ids = this.#ids.get(line) ?? [];
			this.#ids.set(line, ids);
			return (ids[place] ??= this.newId());
		});
	}

	/** This line is signed up. */
	done(line: string, id: string): void {
		this.#ids.set(
			line,
			(this.#ids.get(line) ?? []).filter((one) => one !== id)
		);
	}
}
