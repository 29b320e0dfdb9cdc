import { browserClient } from '$lib/data/client';
import { wordsFor } from '$lib/data/errors';
import { signUpFor } from '$lib/data/gatherings';
import { keepLines, LineIds, parsePartyList, type PartyRow } from '$lib/domain/party-list';
import { newId } from '$lib/uuid';
import { notAddedWords } from './not-added';

/** A line that was not signed up, and why. */
export interface Leftover {
	text: string;
	why: string;
}

/** Lines per request: few enough for a bar that moves, many enough for a slow line. */
const CHUNK = 25;

/** Signs up a pasted list. One that broke off may be sent again; what could not be signed up stays, with its reason. */
export class PartySender {
	text = $state('');
	#busy = $state(false);
	#done = $state(0);
	#total = $state(0);
	#outcome = $state.raw<{ parties: number; heads: number; waiting: number; left: Leftover[] }>();
	#failure = $state('');
	readonly #ids = new LineIds(newId);

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
		const ids = this.#ids.of(this.good.map(({ text }) => text));
		const waiting = this.good.map((row, n) => ({ ...row, id: ids[n]! }));
		const outcome = { parties: 0, heads: 0, waiting: 0, left: [] as Leftover[] };
		this.#busy = true;
		this.#failure = '';
		this.#done = 0;
		this.#total = waiting.length;
		try {
			while (waiting.length > 0) {
				const chunk = waiting.slice(0, CHUNK);
				const answers = await signUpFor(await browserClient(), gathering, chunk.map(toParty));
				for (const [index, row] of chunk.entries()) {
					const answer = answers[index];
					if (!answer || 'error' in answer) {
						outcome.left.push({
							text: row.text,
							why: notAddedWords(answer?.error ?? 'bad_row', answer?.detail)
						});
						continue;
					}
					this.#ids.done(row.text, row.id);
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
}

function toParty({ id, party: { canLead, ...party } }: PartyRow & { id: string }) {
	return { ...party, can_lead: canLead, tools: '', id };
}
