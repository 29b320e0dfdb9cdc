/** Headers that every answer carries beside Kit's content security policy. */
import { publicConfig, type PublicConfig } from './supabase';

const ALWAYS: [name: string, value: string][] = [
	['x-content-type-options', 'nosniff'],
	['referrer-policy', 'same-origin'],
	['cross-origin-opener-policy', 'same-origin'],
	['cross-origin-resource-policy', 'same-origin'],
	['permissions-policy', 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()'],
	['x-frame-options', 'DENY']
];

/** Adds what protects the page; on HTTPS also that it stays there. */
export function secure(response: Response, url: URL): Response {
	const { headers } = response;
	for (const [name, value] of ALWAYS) if (!headers.has(name)) headers.set(name, value);
	if (url.protocol === 'https:') headers.set('strict-transport-security', 'max-age=31536000');

	const policy = headers.get('content-security-policy');
	if (policy) headers.set('content-security-policy', open(policy, publicConfig()));
	return response;
}

/** Lets the pages reach what the settings name beside this server: the data's host, the maps' tiles. */
function open(policy: string, { url, tiles }: PublicConfig): string {
	const data = url ? policy.replace("connect-src 'self'", `connect-src 'self' ${url}`) : policy;
	if (!tiles) return data;
	const host = new URL(tiles.url.replace('{s}', 'any-of-them')).host.replace('any-of-them', '*');
	return data.replace("img-src 'self'", `img-src 'self' https://${host}`);
}
