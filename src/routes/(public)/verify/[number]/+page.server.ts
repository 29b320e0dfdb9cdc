import { orErrorPage } from '$lib/server/page-error';
import { answer } from '$lib/data/command';
import type { Verified } from '$lib/data/hours';
import { addressKey, serviceClient } from '$lib/server/supabase';
import type { PageServerLoad } from './$types';

export const csr = false;

/** Postgres limits how often one address may ask, so that nobody finds a certificate by trying. */
export const load = (async ({ params, getClientAddress, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' });
	const certificate = await orErrorPage(
		answer<Verified>(
			serviceClient().rpc('verify_certificate', {
				p_number: params.number.slice(0, 40),
				p_address: addressKey(getClientAddress())
			})
		)
	);
	return { certificate, number: params.number.slice(0, 40) };
}) satisfies PageServerLoad;
