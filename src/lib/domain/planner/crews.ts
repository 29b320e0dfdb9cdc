/** A plan in the making: who is where, and what every crew is worth, kept up move by move. */
import { NEVER, type Instance } from './instance';
import { UNBALANCED } from './weights';

export const NOWHERE = -1;

export class Crews {
	/** Task index by party, or NOWHERE. */
	readonly at: Int32Array;
	readonly heads: Int32Array;
	readonly adults: Int32Array;
	readonly leaders: Int32Array;
	/** Party indices by task. */
	readonly members: number[][];
	/** Points of each crew as it stands, -Infinity where it may not be sent. */
	readonly #value: Float64Array;
	readonly #slot: Int32Array;
	readonly #count: number;
	/** Sum of the parties' points and of the crews that may be sent, and how many may not. */
	#points = 0;
	#fallen = 0;
	#journal: number[] | null = null;

	constructor(readonly instance: Instance) {
		const { parties, tasks } = instance;
		this.at = new Int32Array(parties.length).fill(NOWHERE);
		this.heads = new Int32Array(tasks.length);
		this.adults = new Int32Array(tasks.length);
		this.leaders = new Int32Array(tasks.length);
		this.members = tasks.map(() => []);
		this.#value = new Float64Array(tasks.length);
		this.#slot = new Int32Array(parties.length);
		this.#count = tasks.length;
	}

	worth(p: number, t: number): number {
		return t === NOWHERE ? 0 : this.instance.worth[p * this.#count + t]!;
	}

	fits(p: number, t: number): boolean {
		return this.worth(p, t) !== NEVER && this.heads[t]! + this.instance.heads[p]! <= this.instance.max[t]!;
	}

	move(p: number, to: number): void {
		const { heads, adults, leads } = this.instance;
		const from = this.at[p]!;
		if (from === to) return;
		this.#journal?.push(p, from);
		if (from !== NOWHERE) {
			this.#points -= this.worth(p, from);
			this.heads[from]! -= heads[p]!;
			this.adults[from]! -= adults[p]!;
			this.leaders[from]! -= leads[p]!;
			const crew = this.members[from]!;
			const last = crew.pop()!;
			if (last !== p) {
				crew[this.#slot[p]!] = last;
				this.#slot[last] = this.#slot[p]!;
			}
			this.#revalue(from);
		}
		if (to !== NOWHERE) {
			this.#points += this.worth(p, to);
			this.heads[to]! += heads[p]!;
			this.adults[to]! += adults[p]!;
			this.leaders[to]! += leads[p]!;
			this.#slot[p] = this.members[to]!.length;
			this.members[to]!.push(p);
			this.#revalue(to);
		}
		this.at[p] = to;
	}

	#revalue(t: number): void {
		const before = this.#value[t]!;
		const after = this.value(t, this.heads[t]!, this.adults[t]!, this.leaders[t]!);
		if (before === -Infinity) this.#fallen--;
		else this.#points -= before;
		if (after === -Infinity) this.#fallen++;
		else this.#points += after;
		this.#value[t] = after;
	}

	/** Remembers the moves that `attempt` makes, and takes them back unless it answers true. */
	attempt(attempt: () => boolean): boolean {
		const outer = this.#journal;
		const journal: number[] = (this.#journal = []);
		const kept = attempt();
		this.#journal = null;
		if (!kept) for (let n = journal.length - 2; n >= 0; n -= 2) this.move(journal[n]!, journal[n + 1]!);
		else if (outer) for (const entry of journal) outer.push(entry);
		this.#journal = outer;
		return kept;
	}

	/** Points of a task with such a crew; -Infinity where it could not be sent. */
	value(t: number, heads: number, adults: number, leaders: number): number {
		const { min, max, minAdults, middle, staffed, leaderless, forced } = this.instance;
		if (heads === 0) return 0;
		if (heads > max[t]!) return -Infinity;
		const enough = heads >= min[t]! && adults >= minAdults[t]!;
		if (!enough && !forced[t]) return -Infinity;
		return (
			(enough ? staffed[t]! : 0) -
			(leaders > 0 ? 0 : leaderless[t]!) -
			UNBALANCED * Math.max(0, heads - middle[t]!)
		);
	}

	/** Points of the crew as it stands, without its parties' own. */
	now(t: number): number {
		return t === NOWHERE ? 0 : this.#value[t]!;
	}

	/** Points of the crew after party `out` left and party `into` came (NOWHERE: nobody). */
	after(t: number, out: number, into: number): number {
		if (t === NOWHERE) return 0;
		const { heads, adults, leads } = this.instance;
		let h = this.heads[t]!;
		let a = this.adults[t]!;
		let l = this.leaders[t]!;
		if (out !== NOWHERE) {
			h -= heads[out]!;
			a -= adults[out]!;
			l -= leads[out]!;
		}
		if (into !== NOWHERE) {
			h += heads[into]!;
			a += adults[into]!;
			l += leads[into]!;
		}
		return this.value(t, h, a, l);
	}

	/** What the plan is worth; -Infinity while a crew may not be sent. */
	total(): number {
		return this.#fallen > 0 ? -Infinity : this.#points;
	}

	snapshot(): Int32Array {
		return this.at.slice();
	}

	restore(at: Int32Array): void {
		for (let p = 0; p < at.length; p++) this.move(p, at[p]!);
	}
}
