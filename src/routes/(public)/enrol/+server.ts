import { DataError } from '$lib/data/errors';
import { enrolPhone, whoseEnrolment } from '$lib/server/enrolment';
import { accounts, addressKey, serviceClient, takeAttempts } from '$lib/server/supabase';
import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import type { RequestHandler } from './$types';

const Body = v.object({
	token: v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/)),
	look: v.optional(v.boolean())
});
const QUARTER = 15 * 60;

const refusal = (code: string, status: number) => json({ code }, { status });

/** Says whose code it is (`look`), or signs the phone in with it. The code comes in the body, so that no log has it. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const service = serviceClient();
	const bucket = `enrol:${addressKey(getClientAddress())}`;
	if (!(await takeAttempts(service, [{ bucket, limit: 60, seconds: QUARTER }])))
		return refusal('slow_down', 429);
	const body = v.safeParse(Body, await request.json().catch(() => null));
	if (!body.success) return refusal('bad_token', 400);
	const { token, look } = body.output;
	try {
		return json(
			look
				? { name: await whoseEnrolment(service, token) }
				: await enrolPhone(service, accounts(), token, locals.prefs.language)
		);
	} catch (error) {
		if (error instanceof DataError && error.status < 500) return refusal(error.code, error.status || 400);
		throw error;
	}
};
