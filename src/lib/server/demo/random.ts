/** Chance that falls the same way every time: the demo district is the same on every machine. */
export class Chance {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** From 0 up to, not including, 1 (mulberry32). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let t = this.#state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number from `low` to `high`, both included. */
	int(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	maybe(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(from: readonly T[]): T {
		const item = from[Math.floor(this.next() * from.length)];
		if (item === undefined) throw new Error('Nothing to pick from.');
		return item;
	}

	/** A version 4 UUID. */
	uuid(): string {
		const hex = Array.from({ length: 32 }, () => this.int(0, 15).toString(16));
		hex[12] = '4';
		hex[16] = (8 + this.int(0, 3)).toString(16);
		return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	}

	/** A check-in code as the database makes them. */
	checkinCode(): string {
		const bytes = this.uuid().replaceAll('-', '').slice(-16).match(/../g) ?? [];
		return bytes.map((byte) => '23456789abcdefghjkmnpqrstvwxyz'[parseInt(byte, 16) % 30]).join('');
	}

	/** Whole numbers, one per weight and roughly in proportion, that add up to exactly `total`. */
	spread(total: number, weights: readonly number[]): number[] {
		const sum = weights.reduce((a, b) => a + b, 0);
		let given = 0;
		let seen = 0;
		return weights.map((weight) => {
			seen += weight;
			const share = Math.round((total * seen) / sum) - given;
			given += share;
			return share;
		});
	}
}
