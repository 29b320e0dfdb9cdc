import type { Toasts } from '$lib/components/toasts.svelte';
import type { BoardParty } from '$lib/data/board';
import { headsOf, inverseOf, judge, type PlanChange } from '$lib/domain/board';
import { m } from '$lib/paraglide/messages';
import type { Board, Held } from './board.svelte';
import { refusalWords, type BoardCrew } from '../../party-words';

interface Question {
	title: string;
	message: string;
	yes: () => void;
}

/** What the organizer holds and has open, and how a gesture becomes a move: judged, asked about, made, told, undone. */
export class Hands {
	#open = $state<{ what: 'party' | 'pick' | 'crew'; id: string } | null>(null);
	#dragged = $state<string | null>(null);
	#question = $state.raw<Question | null>(null);
	#said = $state('');

	readonly opened = $derived.by(() => this.#of('party', (id) => this.board.partyOf(id)));
	readonly picking = $derived.by(() => this.#of('pick', (id) => this.board.crewOf(id)));
	readonly edited = $derived.by(() => this.#of('crew', (id) => this.board.crewOf(id)));
	readonly dragged = $derived.by(() => (this.#dragged && this.board.partyOf(this.#dragged)) || null);

	constructor(
		private readonly board: Board,
		private readonly toasts: Toasts
	) {}

	/** The last move in words, for screen readers. */
	get said(): string {
		return this.#said;
	}

	get question(): Question | null {
		return this.#question;
	}

	open(party: BoardParty): void {
		this.#open = { what: 'party', id: party.id };
	}

	pickFor(crew: BoardCrew): void {
		this.#open = { what: 'pick', id: crew.task.id };
	}

	edit(crew: BoardCrew): void {
		this.#open = { what: 'crew', id: crew.task.id };
	}

	close(): void {
		this.#open = null;
	}

	drag(party: BoardParty | null): void {
		this.#dragged = party?.id ?? null;
	}

	drop(to: string | null): void {
		const { dragged } = this;
		this.#dragged = null;
		if (dragged && dragged.task_id !== to) this.put([dragged], to);
	}

	/** From the sheet: into a crew, out of it, or leader of it. */
	putOpened(to: string | null, leads: boolean): void {
		if (this.opened) this.put([this.opened], to, leads);
	}

	/** Pins a party where it is, or lets the planner move it again. */
	pin(party: BoardParty, pinned: boolean): void {
		this.close();
		const change = this.board.move({ party: party.id, to: party.task_id, leads: party.leads, pinned });
		if (!change) return;
		const { name } = party;
		this.#tell(pinned ? m.board_said_pinned({ name }) : m.board_said_unpinned({ name }), [change]);
	}

	/** Puts parties into a crew (null: out), asking first where a rule would be broken knowingly. */
	put(parties: readonly BoardParty[], to: string | null, leads = false): void {
		this.close();
		const crew = this.board.crewOf(to);
		const verdicts = parties.map((party) => judge(party, crew));
		const refused = verdicts.find((verdict) => verdict.kind === 'refused');
		if (refused) {
			this.toasts.fail(refusalWords(refused));
			return;
		}
		const coming = parties.filter((party) => party.task_id !== to);
		const heads = (crew?.heads ?? 0) + headsOf(coming);
		const over = crew !== null && coming.length > 0 && heads > crew.task.crew_max;
		if (!over) {
			this.#make(parties, to, leads, []);
			return;
		}
		const about = { heads, max: crew.task.crew_max };
		const [only] = parties;
		this.#question = {
			title: m.board_over_title({ task: crew.task.name }),
			message:
				only && parties.length === 1
					? m.board_over_message({ name: only.name, ...about })
					: m.board_over_message_many(about),
			yes: () => this.#make(parties, to, leads, ['over_max'])
		};
	}

	/** Makes a held change after all, on the board as it is now: judged and asked about anew. */
	retry(held: Held): void {
		const { signup_id, task_id, leads } = held.change;
		const party = this.board.partyOf(signup_id);
		this.board.discard(held);
		if (party) this.put([party], task_id, leads);
	}

	answer(yes: boolean): void {
		const question = this.#question;
		this.#question = null;
		if (yes) question?.yes();
	}

	#make(parties: readonly BoardParty[], to: string | null, leads: boolean, confirm: string[]): void {
		const changes = parties.flatMap(
			(party) => this.board.move({ party: party.id, to, leads }, confirm) ?? []
		);
		this.#tell(this.#words(parties, to, leads), changes);
	}

	#tell(words: string, changes: readonly PlanChange[]): void {
		this.#said = words;
		this.toasts.show(words, { action: { label: m.board_undo(), run: () => this.#undo(changes) } });
	}

	#undo(changes: readonly PlanChange[]): void {
		// It was so before: whoever decided that then need not be asked again.
		for (const change of changes) this.board.move(inverseOf(change), ['over_max']);
		this.#said = m.board_undo();
	}

	#words(parties: readonly BoardParty[], to: string | null, leads: boolean): string {
		const task = this.board.crewOf(to)?.task.name ?? '';
		const [only] = parties;
		if (!only || parties.length > 1) return m.board_said_many({ heads: headsOf(parties), task });
		const { name } = only;
		if (to === null) return m.board_said_out({ name });
		if (only.task_id === to)
			return leads ? m.board_said_leads({ name, task }) : m.board_said_leads_not({ name });
		return m.board_said_moved({ name, task });
	}

	#of<T>(what: 'party' | 'pick' | 'crew', find: (id: string) => T | null | undefined): T | null {
		return this.#open?.what === what ? (find(this.#open.id) ?? null) : null;
	}
}
