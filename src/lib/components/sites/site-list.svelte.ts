import { browserClient } from '$lib/data/client';
import { listSites, sitesNear, type SiteBrief, type SiteFilter } from '$lib/data/sites';
import type { Point } from '$lib/domain/sites';

/** A site of the list; with its distance where the nearest were asked for. */
export type ListedSite = SiteBrief & { metres?: number };

/** Sites per request; the rest comes when it is asked for. */
const PAGE = 30;

/** The list of sites under a filter, read page by page. Only the newest filter counts. */
export class SiteList {
	#sites = $state.raw<ListedSite[]>();
	#total = $state(0);
	#busy = $state(false);
	#error = $state.raw<unknown>();
	#filter: SiteFilter = {};
	#turn = 0;

	/** What was read; `undefined` before the first answer. */
	get sites() {
		return this.#sites;
	}
	get total() {
		return this.#total;
	}
	get busy() {
		return this.#busy;
	}
	get error() {
		return this.#error;
	}
	get hasMore() {
		return (this.#sites?.length ?? 0) < this.#total;
	}

	/** Starts anew: by name (or longest overdue), or the nearest to a point. */
	async load(filter: SiteFilter, near: Point | null): Promise<void> {
		this.#filter = filter;
		await this.#read(async () => {
			const client = await browserClient();
			if (!near) return listSites(client, filter, { from: 0, size: PAGE });
			const sites: ListedSite[] = await sitesNear(client, filter, near);
			return { sites, total: sites.length };
		});
	}

	/** Reads the next page. */
	async more(): Promise<void> {
		if (this.#busy) return;
		const known = this.#sites ?? [];
		await this.#read(async () => {
			const page = await listSites(await browserClient(), this.#filter, { from: known.length, size: PAGE });
			const ids = new Set(known.map(({ id }) => id));
			return { ...page, sites: [...known, ...page.sites.filter(({ id }) => !ids.has(id))] };
		});
	}

	async #read(ask: () => Promise<{ sites: ListedSite[]; total: number }>): Promise<void> {
		const turn = ++this.#turn;
		this.#busy = true;
		try {
			const { sites, total } = await ask();
			if (turn !== this.#turn) return;
			this.#sites = sites;
			this.#total = total;
			this.#error = undefined;
		} catch (error) {
			if (turn === this.#turn) this.#error = error;
		} finally {
			if (turn === this.#turn) this.#busy = false;
		}
	}
}
