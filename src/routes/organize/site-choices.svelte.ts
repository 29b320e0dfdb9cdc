import { browserClient } from '$lib/data/client';
import { suggestSites, type SuggestedSite } from '$lib/data/tasks';
import { KINDS, type Kind } from '$lib/domain/sites';

const MOST = 60;

/** Sites to choose tasks from: suggested (most overdue first), narrowed down, ticked. */
export class SiteChoices {
	search = $state('');
	kind = $state('');
	/** One area of `areas`; empty: all of them. */
	area = $state('');
	#sites = $state.raw<SuggestedSite[]>();
	#error = $state.raw<unknown>();
	#chosen = $state.raw<readonly string[]>([]);
	#turn = 0;

	get sites(): readonly SuggestedSite[] | undefined {
		return this.#sites;
	}

	get error(): unknown {
		return this.#error;
	}

	get chosen(): readonly string[] {
		return this.#chosen;
	}

	/** Whether there are more than can be shown. */
	get cut(): boolean {
		return this.#sites?.length === MOST;
	}

	toggle(site: string, chosen: boolean): void {
		this.#chosen = chosen ? [...this.#chosen, site] : this.#chosen.filter((one) => one !== site);
	}

	clear(): void {
		this.#chosen = [];
	}

	/** Reads what the filters ask for. @param areas within these; undefined: the whole district */
	async load(areas: readonly string[] | undefined): Promise<void> {
		const turn = ++this.#turn;
		try {
			const kind: Kind | undefined = KINDS.find((one) => one === this.kind);
			const sites = await suggestSites(await browserClient(), {
				areas,
				kind,
				search: this.search,
				limit: MOST
			});
			if (turn !== this.#turn) return;
			this.#sites = sites;
			this.#error = undefined;
		} catch (error) {
			if (turn === this.#turn) this.#error = error;
		}
	}
}
