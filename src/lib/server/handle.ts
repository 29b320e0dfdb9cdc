/** What the program around the server (src/cli/start.ts) may ask of it. Handed over on `globalThis`: they share no module. */
export interface Login {
	role: 'admin' | 'organizer' | 'leader' | 'resident';
	email: string;
	password: string;
}

export interface ServerHandle {
	/** Shown once on the console while no admin exists; opens the page that makes the first one. */
	readonly setupCode: string | undefined;
	/** One sentence on where the data are. */
	readonly place: string;
	/** Fills an empty installation with the demo district and tells who can sign in. */
	loadDemo(): Promise<Login[]>;
	/** Finishes what is under way and closes the database. */
	close(): Promise<void>;
}

const HANDLE = Symbol.for('last-friday.server');

export function offerHandle(handle: ServerHandle): void {
	(globalThis as { [HANDLE]?: ServerHandle })[HANDLE] = handle;
}

export const handleOffered = (): boolean => HANDLE in globalThis;

export function takeHandle(): ServerHandle {
	const handle = (globalThis as { [HANDLE]?: ServerHandle })[HANDLE];
	if (!handle)
		throw new Error('The built app has not started its engine. Run `npm start`, which builds it anew.');
	return handle;
}
