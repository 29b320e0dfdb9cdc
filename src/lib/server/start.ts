/** Brings everything up that must run before the first request, and offers it to the program around the server. */
import { offerSetup } from './first-run';
import { offerHandle } from './handle';
import { place, startEngine, stopEngine } from './supabase';

export async function startServer(): Promise<void> {
	await startEngine();
	const setupCode = await offerSetup();
	offerHandle({ setupCode, place: place(), close: stopEngine });
}
