/** The seam to Supabase: nothing outside this folder knows which engine runs. */
export {
	publicConfig,
	serverClient,
	serviceClient,
	userClient,
	type Client,
	type PublicConfig
} from './clients';
export { healthy, place, startEngine, stopEngine } from './engine';
export { handleSupabase } from './proxy';
