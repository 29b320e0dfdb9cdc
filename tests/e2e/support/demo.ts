/** The demo district in a running app, and its people as pages and as the data interface know them. */
import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Browser, BrowserContext } from '@playwright/test';
import { SESSION_KEY } from '../../../src/lib/data/kept.ts';
import { expect, type RunningApp } from '../app.ts';

/** `newcomer`: an account that has not said yet who it is. */
export type Role = 'admin' | 'organizer' | 'leader' | 'resident' | 'newcomer';

interface Kept {
	access_token: string;
}

/** By app and role: an account may be tried only so often from one address, and tests are many. */
const sessions = new WeakMap<RunningApp, Map<Role, Promise<Kept>>>();

/** A session of one of the demo's people, as the sign-in page would keep it; a newcomer is always another one. */
function sessionOf(app: RunningApp, role: Role): Promise<Kept> {
	if (role === 'newcomer') return openSession(app, role);
	const known = sessions.get(app) ?? new Map<Role, Promise<Kept>>();
	sessions.set(app, known);
	const session = known.get(role) ?? openSession(app, role);
	known.set(role, session);
	return session;
}

async function openSession(app: RunningApp, role: Role): Promise<Kept> {
	const [, email, password] = new RegExp(`(${role}@\\S+)\\s+(\\S+)`).exec(app.output()) ?? [];
	const { key } = (await (await fetch(`${app.url}/config.json`)).json()) as { key: string };
	const [way, login] =
		role === 'newcomer'
			? ['signup', { email: `${randomUUID()}@example.org`, password: randomUUID() }]
			: ['token?grant_type=password', { email, password }];
	const answer = await fetch(`${app.url}/auth/v1/${way}`, {
		method: 'POST',
		headers: { apikey: key, 'content-type': 'application/json' },
		body: JSON.stringify(login)
	});
	expect(answer.status, `signing in as ${role}`).toBe(200);
	return (await answer.json()) as Kept;
}

/** How this person asks the data interface. */
export async function headersOf(app: RunningApp, role: Role): Promise<Record<string, string>> {
	const { access_token } = await sessionOf(app, role);
	const { key } = (await (await fetch(`${app.url}/config.json`)).json()) as { key: string };
	return { apikey: key, authorization: `Bearer ${access_token}` };
}

/** Every page of this browser is signed in as that person from now on. */
export async function signInAs(context: BrowserContext, app: RunningApp, role: Role): Promise<void> {
	const session = JSON.stringify(await sessionOf(app, role));
	await context.addInitScript(
		([key, value]) => {
			if (location.protocol.startsWith('http')) localStorage.setItem(key, value);
		},
		[SESSION_KEY, session] as const
	);
}

/** A browser in which that person is signed in; without a role, a visitor's. */
export async function browserOf(
	browser: Browser,
	app: RunningApp,
	role: Role | 'visitor'
): Promise<BrowserContext> {
	const context = await browser.newContext({ baseURL: app.url });
	if (role !== 'visitor') await signInAs(context, app, role);
	return context;
}

/** Rows that this person sees, by a path of the data interface. */
export async function rowsOf<Row>(
	request: APIRequestContext,
	app: RunningApp,
	role: Role,
	path: string
): Promise<Row[]> {
	const answer = await request.get(`${app.url}/rest/v1/${path}`, { headers: await headersOf(app, role) });
	expect(answer.status(), path).toBe(200);
	return (await answer.json()) as Row[];
}
