/** Brings everything up that must run before the first request, and offers it to the program around the server. */
import { dev } from '$app/environment';
import { startBackups } from './backup';
import { seedDemo } from './demo';
import { makeLogins } from './demo/logins';
import { offerSetup } from './first-run';
import { handleOffered, offerHandle, type Login } from './handle';
import { startHousekeeping } from './housekeeping';
import { place, startEngine, stopEngine } from './supabase';

export async function startServer(): Promise<void> {
	// In development the modules are loaded anew after an edit; what runs goes on.
	if (dev && handleOffered()) return;
	const engine = await startEngine();
	const endBackups = startBackups(engine);
	const endHousekeeping = startHousekeeping();

	const loadDemo = async (): Promise<Login[]> => {
		const people = await seedDemo();
		return makeLogins(engine.database!, people);
	};
	const close = async () => {
		await endHousekeeping();
		await endBackups();
		await stopEngine();
	};
	const setupCode = await offerSetup();
	if (dev && setupCode) console.log(`No admin yet: open /setup with the one-time code ${setupCode}`);
	offerHandle({ setupCode, place: place(), loadDemo, close });
}
