/** Brings everything up that must run before the first request, and offers it to the program around the server. */
import { startBackups } from './backup';
import { seedDemo } from './demo';
import { makeLogins } from './demo/logins';
import { offerSetup } from './first-run';
import { offerHandle, type Login } from './handle';
import { place, startEngine, stopEngine } from './supabase';

export async function startServer(): Promise<void> {
	const engine = await startEngine();
	const endBackups = startBackups(engine);

	const loadDemo = async (): Promise<Login[]> => {
		const people = await seedDemo();
		return makeLogins(engine.database!, people);
	};
	const close = async () => {
		await endBackups();
		await stopEngine();
	};
	offerHandle({ setupCode: await offerSetup(), place: place(), loadDemo, close });
}
