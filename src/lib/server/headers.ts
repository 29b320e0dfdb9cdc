/** Headers that every answer carries beside Kit's content security policy. */
import { publicConfig } from './supabase';

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
	const elsewhere = publicConfig().url;
	if (policy && elsewhere) {
		headers.set(
			'content-security-policy',
			policy.replace("connect-src 'self'", `connect-src 'self' ${elsewhere}`)
		);
	}
	return response;
}
