/** Passes /rest/v1 and /auth/v1 on to the engine in this process, with limits that a browser's own requests keep easily. */
import type { RequestEvent } from '@sveltejs/kit';
import { readLimited } from '../body';
import { limitsFor, takeAttempts } from './attempts';
import { serviceClient } from './clients';
import { accountRequest, modestQuery, type AccountRequest } from './doors';
import { engine } from './engine';
import { quietly } from './quiet';

const MEGABYTE = 1024 * 1024;
const TIME_LIMIT = 30_000;
/** Ends in a mail; without SMTP settings there is none to wait for. */
const MAIL_STEP = 'otp';
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

/** Uses up the attempts that a request takes; false when they are spent. */
async function withinLimits(request: AccountRequest, event: RequestEvent): Promise<boolean> {
	const limits = limitsFor(new URL(request.path, event.url), request.email, event.getClientAddress());
	return limits.length === 0 || takeAttempts(serviceClient(), limits);
}

/** The request as the engine is to see it, or the refusal. */
async function admit(event: RequestEvent, mail: boolean): Promise<Request | Response> {
	const { method, headers: given, url } = event.request;
	const headers = new Headers(given);
	headers.delete('content-length');
	if (!event.url.pathname.startsWith('/auth/v1/')) {
		if (!modestQuery(event.url))
			return refusal(400, 'query_too_wide', 'Ask for one table and what it refers to.');
		const body = await readLimited(event.request, 4 * MEGABYTE);
		if (!body) return refusal(413, 'request_too_large', 'The request is too large.');
		return new Request(url, { method, headers, ...(body.byteLength > 0 && { body: Buffer.from(body) }) });
	}

	const body = await readLimited(event.request, MEGABYTE / 16);
	if (!body) return refusal(413, 'request_too_large', 'The request is too large.');
	const request = accountRequest(method, event.url, body);
	if (request === 'unknown') return refusal(404, 'not_found', 'This app offers no such step.');
	if (request === 'malformed') return refusal(400, 'bad_json', 'The request cannot be read.');
	if (!mail && request.step === MAIL_STEP)
		return refusal(422, 'email_provider_disabled', 'This installation sends no mail.');
	if (!(await withinLimits(request, event))) {
		return refusal(429, 'over_request_rate_limit', 'Too many attempts. Try again later.', {
			'retry-after': '900'
		});
	}
	if (request.body !== undefined) headers.set('content-type', 'application/json');
	return new Request(new URL(request.path, url), {
		method,
		headers,
		...(request.body !== undefined && { body: request.body })
	});
}

/** Answers a request to the data or account interface; undefined when it is for somebody else. */
export async function handleSupabase(event: RequestEvent): Promise<Response | undefined> {
	const { pathname } = event.url;
	if (!pathname.startsWith('/auth/v1/') && !pathname.startsWith('/rest/v1/')) return undefined;

	const { app, settings } = engine();
	if (!app) return refusal(404, 'not_found', 'This address is served by the Supabase platform.');
	if (event.request.method === 'OPTIONS') return new Response(null, { status: 204 });
	const request = await admit(event, settings.mail !== undefined);
	if (request instanceof Response) return request;

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
