/** The seam to Supabase: nothing outside this folder knows which engine runs. */
export { accounts, accountsOn, type Accounts, type ServerSession } from './accounts';
export { addressKey, takeAttempts } from './attempts';
export {
	publicConfig,
	serverClient,
	serviceClient,
	userClient,
	type Client,
	type PublicConfig
} from './clients';
export { healthy, photoPlace, place, startEngine, stopEngine } from './engine';
export { handleSupabase } from './proxy';
