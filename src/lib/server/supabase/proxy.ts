/** Passes /rest/v1 and /auth/v1 on to the engine in this process, with limits that a browser's own requests keep easily. */
import type { RequestEvent } from '@sveltejs/kit';
import { readLimited } from '../body';
import { limitsFor, takeAttempts } from './attempts';
import { serviceClient } from './clients';
import { engine } from './engine';
import { quietly } from './quiet';

const MEGABYTE = 1024 * 1024;
const TIME_LIMIT = 30_000;
/** Steps that end in a mail; without SMTP settings there is none to wait for. */
const MAIL_STEPS = /^\/auth\/v1\/(otp|magiclink|recover|resend)$/;
/** Answers are read by pages of this app only. */
const FOREIGN_HEADERS = [
	'access-control-allow-origin',
	'access-control-allow-methods',
	'access-control-allow-headers',
	'access-control-expose-headers',
	'access-control-max-age'
];

const refusal = (status: number, code: string, message: string, headers: Record<string, string> = {}) =>
	Response.json({ code: status, error_code: code, msg: message, message }, { status, headers });

function emailIn(body: Uint8Array): string | undefined {
	try {
		const { email } = JSON.parse(new TextDecoder().decode(body)) as { email?: unknown };
		return typeof email === 'string' ? email : undefined;
	} catch {
		return undefined;
	}
}

async function withinLimits(event: RequestEvent, body: Uint8Array): Promise<boolean> {
	if (event.request.method !== 'POST') return true;
	const limits = limitsFor(event.url, emailIn(body), event.getClientAddress());
	return limits.length === 0 || takeAttempts(serviceClient(), limits);
}

/** Answers a request to the data or account interface; undefined when it is for somebody else. */
export async function handleSupabase(event: RequestEvent): Promise<Response | undefined> {
	const { pathname } = event.url;
	const account = pathname.startsWith('/auth/v1/');
	if (!account && !pathname.startsWith('/rest/v1/')) return undefined;

	const { app, settings } = engine();
	if (!app) return refusal(404, 'not_found', 'This address is served by the Supabase platform.');
	if (event.request.method === 'OPTIONS') return new Response(null, { status: 204 });
	if (account && !settings.mail && MAIL_STEPS.test(pathname)) {
		return refusal(422, 'email_provider_disabled', 'This installation sends no mail.');
	}

	const body = await readLimited(event.request, account ? MEGABYTE / 16 : 4 * MEGABYTE);
	if (!body) return refusal(413, 'request_too_large', 'The request is too large.');
	if (account && !(await withinLimits(event, body))) {
		return refusal(429, 'over_request_rate_limit', 'Too many attempts. Try again later.', {
			'retry-after': '900'
		});
	}

	const { method, headers, url } = event.request;
	const request = new Request(url, {
		method,
		headers,
		...(body.byteLength > 0 && { body: Buffer.from(body) })
	});
	const peerAddress = event.getClientAddress();
	const late = AbortSignal.timeout(TIME_LIMIT);
	const response = await Promise.race([
		quietly(pathname, () => app.fetch(request, { peerAddress })),
		new Promise<Response>((answer) =>
			late.addEventListener('abort', () => answer(refusal(504, 'timeout', 'The database took too long.')), {
				once: true
			})
		)
	]);
	const answer = new Response(response.body, response);
	for (const name of FOREIGN_HEADERS) answer.headers.delete(name);
	answer.headers.set('cache-control', 'no-store');
	return answer;
}
