import { browserClient } from '$lib/data/client';
import { wordsFor } from '$lib/data/errors';
import { signUpFor } from '$lib/data/gatherings';
import { keepLines, parsePartyList, type PartyRow } from '$lib/domain/party-list';
import { newId } from '$lib/uuid';
import { notAddedWords } from './not-added';

/** A line that was not signed up, and why. */
export interface Leftover {
	text: string;
	why: string;
}

/** Lines per request: few enough for a bar that moves, many enough for a slow line. */
const CHUNK = 25;

/**
 * Signs up a pasted list. Each line has an id of its own for as long as its text is the same, so that a list that broke
 * off may be sent again; what could not be signed up stays, with its reason.
 */
export class PartySender {
	text = $state('');
	#busy = $state(false);
	#done = $state(0);
	#total = $state(0);
	#outcome = $state.raw<{ parties: number; heads: number; waiting: number; left: Leftover[] }>();
	#failure = $state('');
	readonly #ids = new Map<string, string>();

	readonly rows = $derived(parsePartyList(this.text));
	readonly good = $derived(this.rows.filter((row) => row.problems.length === 0));

	get busy(): boolean {
		return this.#busy;
	}

	get progress(): { done: number; total: number } {
		return { done: this.#done, total: this.#total };
	}

	/** What became of the last list. */
	get outcome() {
		return this.#outcome;
	}

	/** Why a list broke off; its unsent lines are still in the text. */
	get failure(): string {
		return this.#failure;
	}

	async send(gathering: string): Promise<void> {
		if (this.#busy || this.good.length === 0) return;
		const bad = this.rows.filter((row) => row.problems.length > 0).map((row) => row.text);
		const waiting = [...this.good];
		const outcome = { parties: 0, heads: 0, waiting: 0, left: [] as Leftover[] };
		this.#busy = true;
		this.#failure = '';
		this.#done = 0;
		this.#total = waiting.length;
		try {
			while (waiting.length > 0) {
				const chunk = waiting.slice(0, CHUNK);
				const answers = await signUpFor(
					await browserClient(),
					gathering,
					chunk.map((row) => this.#party(row))
				);
				for (const [index, row] of chunk.entries()) {
					const answer = answers[index];
					if (!answer || 'error' in answer) {
						outcome.left.push({
							text: row.text,
							why: notAddedWords(answer?.error ?? 'bad_row', answer?.detail)
						});
						continue;
					}
					outcome.parties++;
					outcome.heads += row.party.headcount;
					if (answer.status === 'waitlisted') outcome.waiting++;
				}
				waiting.splice(0, chunk.length);
				this.#done += chunk.length;
			}
		} catch (error) {
			this.#failure = wordsFor(error);
		} finally {
			this.#busy = false;
			this.#outcome = outcome;
			const staying = [...outcome.left, ...waiting].map(({ text }) => text);
			this.text = keepLines(this.text, [...staying, ...bad]);
		}
	}

	#party({ line, text, party }: PartyRow) {
		const { canLead: can_lead, ...rest } = party;
		return { ...rest, can_lead, tools: '', id: this.#idOf(line, text) };
	}

	/** The same text twice is two parties (two families Li without a phone), the second one named by its line. */
	#idOf(line: number, text: string): string {
		const earlier = this.rows.some((row) => row.line < line && row.text === text);
		const key = earlier ? `${line} ${text}` : text;
		const known = this.#ids.get(key) ?? newId();
		this.#ids.set(key, known);
		return known;
	}
}
