/** Who uses this browser. One per page tree, made by the layouts of me/, organize/ and lead/ and delivered by context. */
import { createContext, untrack } from 'svelte';
import { idle } from '../moments';
import type { Role, Self } from './account';
import { readSelf } from './account';
import { browserClient, connection, looksSignedIn, type Client } from './client';
import { DataError } from './errors';
import { forget, forgetOwn, keep, kept, OWN, SESSION_KEY } from './kept';
import { keepSelf, keptUser, knownSelf } from './known-self';
import type { Connection } from './rpc';

export type SessionStatus =
	| 'loading'
	| 'signed-out'
	/** An account without a person yet: name and consent are still missing. */
	| 'needs-start'
	| 'ready'
	/** Signed in, but nothing is known of the person here and the server does not answer. */
	| 'offline';

const FRESH_FOR = 60_000;
/** Whose day this phone has recorded, until they sign out. */
const LED = `${OWN}led`;
const RANK: Readonly<Record<Role, number>> = { leader: 1, organizer: 2, admin: 3 };

/** Where the areas lie; what `listAreas` gives will do. */
type Placed = { id: string; parent_id: string | null };

export class Session {
	#status = $state<SessionStatus>('loading');
	#self = $state.raw<Self | null>(null);
	#stale = $state(false);
	#ended = $state(false);
	#lapsed = $state(false);
	#connected = $state(false);
	#failure = $state.raw<unknown>(null);
	/** The account whose person is shown. */
	#user: string | undefined;
	#leaving: () => Promise<void>;
	#ownFirst: boolean;
	#client: Client | undefined;
	#read = 0;

	/**
	 * @param leaving clears away what the phone keeps for this person besides, when they sign out
	 * @param ownFirst its pages show what the phone has, and need no connection for that
	 */
	constructor(leaving: () => Promise<void> = async () => {}, { ownFirst = false } = {}) {
		this.#leaving = leaving;
		this.#ownFirst = ownFirst;
	}

	get status(): SessionStatus {
		return this.#status;
	}
	/** The person; null unless ready. */
	get self(): Self | null {
		return this.#self;
	}
	/** The person, on pages that stand behind the layouts' gate. */
	get me(): Self {
		if (!this.#self) throw new Error('Nobody is signed in: this page must stand behind SessionGate.');
		return this.#self;
	}
	/** The connection, on pages that stand behind the layouts' gate. */
	get client(): Client {
		if (!this.#client) throw new Error('There is no connection yet: this page must stand behind SessionGate.');
		return this.#client;
	}
	/** Whether `client` is there yet: a page that needs none may open before. */
	get connected(): boolean {
		return this.#connected;
	}
	/** Shown from what this phone kept, because there is no signal (or not yet an answer). */
	get stale(): boolean {
		return this.#stale;
	}
	/** A newer sign-in code ended this phone's session. */
	get ended(): boolean {
		return this.#ended;
	}
	/** The session ran out, or was ended, without the person's doing: they are still shown, and must sign in to send anything. */
	get lapsed(): boolean {
		return this.#lapsed;
	}
	/** Why the status is `offline`. */
	get failure(): unknown {
		return this.#failure;
	}

	/** Loads, and keeps up with other tabs and with the phone being picked up again; the answer stops that. */
	start(): () => void {
		let stopped = false;
		let unsubscribe = () => {};
		const look = () => {
			if (document.visibilityState === 'visible' && Date.now() - this.#read > FRESH_FOR) void this.refresh();
		};
		document.addEventListener('visibilitychange', look);
		addEventListener('online', look);
		// Called from an effect: what it reads on the way must not start it again, or it would ask without end.
		void untrack(() => this.refresh()).then(() => {
			if (stopped || !this.#client) return;
			const { data } = this.#client.auth.onAuthStateChange((event) => {
				// Asking the client inside its own callback would wait for itself.
				if (event === 'SIGNED_OUT') setTimeout(() => this.#out());
				else if (event === 'SIGNED_IN' && (this.#lapsed || this.#status !== 'ready'))
					setTimeout(() => void this.refresh());
			});
			unsubscribe = () => data.subscription.unsubscribe();
		});
		return () => {
			stopped = true;
			unsubscribe();
			document.removeEventListener('visibilitychange', look);
			removeEventListener('online', look);
		};
	}

	/** Asks anew who this is. Never throws: the status says how it went. */
	async refresh(): Promise<void> {
		try {
			// The person is known: their page is shown before the client, a large file, is read.
			if (this.#showKept() && this.#ownFirst) await idle();
			this.#client = await browserClient();
			this.#connected = true;
			const { data, error } = await this.#client.auth.getSession();
			// Without a signal an old token cannot be renewed; the session itself is still there.
			if (!data.session) return error && looksSignedIn() ? this.#lack(new DataError('offline')) : this.#out();
			const self = await this.#readSelf(this.#client);
			const { id: user } = data.session.user;
			// Somebody else on a shared phone: what it kept of the one before goes first.
			if (keptUser() !== undefined && keptUser() !== user) {
				forgetOwn();
				await this.#leaving();
			}
			this.#read = Date.now();
			this.#self = self;
			this.#user = user;
			this.#stale = false;
			this.#lapsed = false;
			this.#status = self ? 'ready' : 'needs-start';
			keepSelf(user, self);
		} catch (error) {
			const code = error instanceof DataError ? error.code : '';
			if (code !== 'session_ended' && code !== 'sign_in_first') return this.#lack(error);
			this.#ended = code === 'session_ended';
			// A newer code was issued: perhaps because this phone was lost.
			if (this.#ended) forgetOwn();
			await this.#client?.auth.signOut({ scope: 'local' });
			this.#out();
		}
	}

	/** Signs out on this phone and removes what it kept of the person. */
	async signOut(): Promise<void> {
		forgetOwn();
		await this.#client?.auth.signOut({ scope: 'local' });
		this.#leave();
	}

	/**
	 * The way to the data as this person and as nobody else, for what sends without the client; null: they must sign in.
	 * @param person whose records are to be sent: another may have signed in since they began to wait
	 * @param renew the last token was not taken @throws DataError offline
	 */
	async connection(person: string, renew = false): Promise<Connection | null> {
		const client = await browserClient();
		const { data, error } = renew ? await client.auth.refreshSession() : await client.auth.getSession();
		if (!data.session) {
			// Without a signal a token cannot be renewed: that says nothing of the session.
			if (error && (error.status === undefined || error.status === 0 || error.status >= 500))
				throw new DataError('offline');
			return null;
		}
		// Somebody else has signed in on this phone, in another tab.
		if (this.#user !== undefined && data.session.user.id !== this.#user) return null;
		const { url, key } = await connection();
		if (this.#status !== 'ready' || this.#self?.person_id !== person) return null;
		return { url, key, token: data.session.access_token };
	}

	/** Areas in which the person has at least this role, each standing for all areas below it. */
	areasWith(role: Role): Self['roles'] {
		return this.#self?.roles.filter((held) => RANK[held.role] >= RANK[role]) ?? [];
	}
	get organizedAreas(): Self['roles'] {
		return this.areasWith('organizer');
	}
	get isAdmin(): boolean {
		return this.areasWith('admin').length > 0;
	}
	/** Whether the person organizes anything, or this area; an area below one's own is found with the tree. */
	isOrganizer(areaId?: string, tree: readonly Placed[] = []): boolean {
		const own = this.organizedAreas.map((held) => held.area_id);
		if (areaId === undefined) return own.length > 0;
		for (let id: string | null | undefined = areaId; id; id = tree.find((area) => area.id === id)?.parent_id)
			if (own.includes(id)) return true;
		return false;
	}
	/**
	 * Whether the person leads a crew now, may (as a leader or an organizer), or did on this phone: what it still holds of them
	 * is sent, shown and cleared away there. What they may see and write, the server says.
	 */
	get isLeader(): boolean {
		return (
			this.areasWith('leader').length > 0 ||
			(this.#self !== null && (this.#self.crews.length > 0 || kept(LED) === this.#self.person_id))
		);
	}
	/** The person records a day on this phone: see {@link isLeader}. */
	recordsHere(): void {
		keep(LED, this.me.person_id);
	}

	/** @returns whether it was just now that somebody was shown */
	#showKept(): boolean {
		if (this.#self) return false;
		const known = knownSelf();
		if (!known) return false;
		this.#self = known.self;
		this.#user = known.user;
		this.#lapsed = !looksSignedIn();
		this.#stale = true;
		this.#status = 'ready';
		return true;
	}
	#lack(failure: unknown): void {
		this.#failure = failure;
		if (this.#self) this.#stale = true;
		else this.#status = 'offline';
	}
	/** A clock that is far off makes a good token look bad, and a bad one good: once, the session is renewed before it is believed lost. */
	async #readSelf(client: Client): Promise<Self | null> {
		try {
			return await readSelf(client);
		} catch (error) {
			if (!(error instanceof DataError) || error.code !== 'sign_in_first') throw error;
			const { data } = await client.auth.refreshSession();
			if (!data.session) throw error;
			return readSelf(client);
		}
	}
	/** The session is gone: by the person's own doing, or else it lapsed, and they are kept with all that waits. */
	#out(): void {
		if (keptUser() === undefined) return this.#leave();
		this.#showKept();
		if (!this.#self) return this.#leave();
		this.#lapsed = true;
		this.#stale = true;
		this.#status = 'ready';
	}
	#leave(): void {
		void this.#leaving();
		// Without a signal the client could not end the session on the server and would keep it: this phone forgets it.
		forget(SESSION_KEY);
		forgetOwn();
		this.#self = null;
		this.#user = undefined;
		this.#stale = false;
		this.#lapsed = false;
		this.#status = 'signed-out';
	}
}

export const [getSession, setSession] = createContext<Session>();
