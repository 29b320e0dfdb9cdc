/**
 * Guards accounts against guessing. Counted in Postgres, so that several app servers share one count:
 * tightly for one account from one address, loosely for an account (nobody can lock another out for long) and for an
 * address (a carrier shares one among thousands of phones).
 */
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '$lib/data/database.types';

interface Limit {
	bucket: string;
	limit: number;
	seconds: number;
}

const QUARTER = 15 * 60;
const HOUR = 60 * 60;

const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** An IPv6 household holds a whole /64, so the count goes by that. */
export function addressKey(address: string): string {
	if (!isIPv6(address) || address.startsWith('::ffff:')) return hash(address);
	const [head = '', tail = ''] = address.split('::');
	const left = head.split(':').filter(Boolean);
	const right = tail.split(':').filter(Boolean);
	const groups = address.includes('::')
		? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
		: left;
	return hash(groups.slice(0, 4).join(':'));
}

/** Which counts a request to the account interface uses up; none for what needs a session anyway. */
export function limitsFor(url: URL, email: string | undefined, address: string): Limit[] {
	const step = url.pathname.replace(/^\/auth\/v1\//, '');
	const from = addressKey(address);
	const account = email ? hash(email.trim().toLowerCase()) : undefined;
	const both = (name: string, tight: number, loose: number, shared: number, seconds: number): Limit[] => [
		...(account
			? [
					{ bucket: `${name}:${account}:${from}`, limit: tight, seconds },
					{ bucket: `${name}:${account}`, limit: loose, seconds }
				]
			: []),
		{ bucket: `${name}:${from}`, limit: shared, seconds }
	];
	if (step === 'token' && url.searchParams.get('grant_type') === 'password')
		return both('password', 8, 40, 200, QUARTER);
	if (step === 'verify') return both('verify', 8, 20, 200, QUARTER);
	if (step === 'otp') return both('mail', 4, 8, 60, HOUR);
	if (step === 'signup') return both('signup', 4, 8, 60, HOUR);
	return [];
}

/** Uses up one attempt of each count; false when one of them is spent. Throws when nobody can count. */
export async function takeAttempts(client: SupabaseClient<Database>, limits: Limit[]): Promise<boolean> {
	for (const { bucket, limit, seconds } of limits) {
		const { data, error } = await client.rpc('take_attempt', {
			p_bucket: bucket,
			p_limit: limit,
			p_window_seconds: seconds
		});
		if (error) throw new Error(`Attempts cannot be counted (${error.code}).`);
		if (data !== true) return false;
	}
	return true;
}
