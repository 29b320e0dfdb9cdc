import { DataError, wordsFor } from '$lib/data/errors';
import { readAreas } from '$lib/domain/areas/read-areas';
import { decode } from '$lib/domain/site-import/decode';
import { m } from '$lib/paraglide/messages';
import { setUp, setupNeeded, setupOptions, type Setup } from '$lib/server/setup';
import { addressKey, serviceClient, takeAttempts } from '$lib/server/supabase';
import { areaProblem } from '$lib/i18n/area-problems';
import { error, fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const QUARTER = 15 * 60;
/** Lines shown of a list that has many faults. */
const SHOWN = 12;

type Field = 'code' | 'name' | 'zone' | 'areas' | 'admin' | 'email' | 'password' | 'consent';
export type SetupErrors = Partial<Record<Field | 'form', string>> & { lines?: string[] };

/** Where a refusal by the data belongs. */
const FIELD_OF: Readonly<Record<string, Field>> = {
	bad_setup_code: 'code',
	unknown_time_zone: 'zone',
	email_taken: 'email',
	bad_email: 'email',
	weak_password: 'password'
};

export const load: PageServerLoad = async ({ setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	if (!(await setupNeeded())) error(410, m.errors_setup_done());
	return { ...(await setupOptions()), zones: Intl.supportedValuesOf('timeZone') };
};

async function areasIn(form: FormData): Promise<string> {
	const file = form.get('file');
	if (!(file instanceof File) || file.size === 0) return String(form.get('areas') ?? '');
	const decoded = decode(new Uint8Array(await file.arrayBuffer()));
	return decoded.ok ? decoded.text : '';
}

export const actions: Actions = {
	default: async ({ request, getClientAddress }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '').trim();
		const kind = text('kind') === 'demo' ? 'demo' : 'own';
		const list = await areasIn(form);
		/** Goes back into the form; the password does not. */
		const typed = {
			kind,
			code: text('code'),
			name: text('name'),
			name_en: text('name_en'),
			zone: text('zone'),
			areas: list,
			admin: text('admin'),
			email: text('email'),
			consent: form.has('consent')
		};
		const password = String(form.get('password') ?? '');
		const errors: SetupErrors = {};
		const { made } = await setupOptions();

		const bucket = `setup:${addressKey(getClientAddress())}`;
		if (!(await takeAttempts(serviceClient(), [{ bucket, limit: 20, seconds: QUARTER }])))
			return fail(429, { typed, errors: { form: wordsFor(new DataError('slow_down')) } as SetupErrors });

		if (!typed.code) errors.code = m.setup_code_missing();
		if (!typed.admin || typed.admin.length > 40) errors.admin = m.errors_bad_name();
		if (!/^\S+@\S+$/.test(typed.email)) errors.email = m.errors_bad_email();
		if (password.length < 8) errors.password = m.errors_weak_password();
		if (!typed.consent) errors.consent = m.auth_consent_missing();
		let district: Setup['district'] = null;
		if (kind === 'own' || made) {
			if (!made && !typed.name) errors.name = m.setup_name_missing();
			const { areas, bad } = list.trim() && !made ? readAreas(list) : { areas: [], bad: [] };
			if (bad.length > 0) {
				errors.areas = m.setup_areas_bad({ count: bad.length });
				errors.lines = bad.slice(0, SHOWN).map(areaProblem);
			}
			district = {
				name: made ?? typed.name,
				name_en: typed.name_en,
				zone: typed.zone || 'Asia/Shanghai',
				areas
			};
		}
		if (Object.keys(errors).length > 0) return fail(400, { typed, errors });

		try {
			const admin = { name: typed.admin, email: typed.email, password };
			const session = await setUp({ code: typed.code, district, admin });
			// Only a script can take the session over; without one the page leads to signing in.
			const scripted = request.headers.get('x-sveltekit-action') === 'true';
			return { done: true as const, session: scripted ? session : null };
		} catch (cause) {
			if (!(cause instanceof DataError)) throw cause;
			errors[FIELD_OF[cause.code] ?? 'form'] = wordsFor(cause);
			return fail(cause.status >= 400 && cause.status < 500 ? cause.status : 500, { typed, errors });
		}
	}
};
