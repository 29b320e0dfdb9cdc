/** The demo district in a running app, and its people as pages and as the data interface know them. */
import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Browser, BrowserContext } from '@playwright/test';
import { SESSION_KEY } from '../../../src/lib/data/kept.ts';
import { expect, type RunningApp } from '../app.ts';

/** `newcomer`: an account that has not said yet who it is. */
export type Role = 'admin' | 'organizer' | 'leader' | 'resident' | 'newcomer';

/** A session of one of the demo's people, as the sign-in page would keep it. */
async function sessionOf(app: RunningApp, role: Role): Promise<{ access_token: string }> {
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
	return (await answer.json()) as { access_token: string };
}

/** A browser in which that person is signed in; without a role, a visitor's. */
export async function browserOf(
	browser: Browser,
	app: RunningApp,
	role: Role | 'visitor'
): Promise<BrowserContext> {
	const context = await browser.newContext({ baseURL: app.url });
	if (role === 'visitor') return context;
	const session = JSON.stringify(await sessionOf(app, role));
	await context.addInitScript(
		([key, value]) => {
			if (location.protocol.startsWith('http')) localStorage.setItem(key, value);
		},
		[SESSION_KEY, session] as const
	);
	return context;
}

/** Rows that this person sees, by a path of the data interface. */
export async function rowsOf<Row>(
	request: APIRequestContext,
	app: RunningApp,
	role: Role,
	path: string
): Promise<Row[]> {
	const { access_token } = await sessionOf(app, role);
	const { key } = (await (await fetch(`${app.url}/config.json`)).json()) as { key: string };
	const headers = { apikey: key, authorization: `Bearer ${access_token}` };
	const answer = await request.get(`${app.url}/rest/v1/${path}`, { headers });
	expect(answer.status(), path).toBe(200);
	return (await answer.json()) as Row[];
}
