/**
 * Every page there is, on a phone, in both languages, light and dark, large text too: axe finds nothing, nothing is wider than
 * the screen, and no page ends in an error. A new page must be written down here or the first test fails.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { glob } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { expect, startApp, test as base, type RunningApp } from './app.ts';
import { browserOf, headersOf, rowsOf, type Role } from './support/demo.ts';
import { lookAt } from './support/screens.ts';
import { words, type Words } from './support/words.ts';

type Who = Role | 'visitor';

/** What the addresses of pages are made of. */
interface Ids {
	day: string;
	gathering: string;
	closed: string;
	area: string;
	site: string;
	person: string;
	crew: string;
	/** The gathering of that crew: its plan is published, its crews are full of people. */
	beside: string;
	done: string;
	signup: string;
	/** Tokens that nobody has used: of an invitation, and of a sign-in QR for 李奶奶. */
	invitation: string;
	enrolment: string;
}

/** Whose page it is, and where it is; or which other test looks at it in every way. */
const PAGES: Record<string, [Who, (ids: Ids) => string] | 'elsewhere'> = {
	'': ['visitor', () => '/'],
	'[...path]': ['visitor', () => '/no-such-page'],
	about: ['visitor', () => '/about'],
	days: ['visitor', () => '/days'],
	'days/[id=uuid]': ['visitor', ({ day }) => `/days/${day}`],
	'days/[id=uuid]/share': ['visitor', ({ day }) => `/days/${day}/share`],
	enrol: ['visitor', () => '/enrol#token'],
	'gatherings/[id=uuid]': ['visitor', ({ gathering }) => `/gatherings/${gathering}`],
	'gatherings/[id=uuid]/signup': ['visitor', ({ gathering }) => `/gatherings/${gathering}/signup`],
	invite: ['visitor', () => '/invite#token'],
	offline: ['visitor', () => '/offline'],
	'open-data': ['visitor', () => '/open-data'],
	results: ['visitor', () => '/results?year=all'],
	'results/tasks/[id=uuid]': ['visitor', ({ done }) => `/results/tasks/${done}`],
	s: ['visitor', () => '/s'],
	// visitor.spec
	's/[token]': 'elsewhere',
	// account.spec: gone once there is an admin
	setup: 'elsewhere',
	'sign-in': ['visitor', () => '/sign-in'],
	'sign-up': ['visitor', () => '/sign-up'],
	sites: ['visitor', () => '/sites'],
	'sites/[id=uuid]': ['visitor', ({ site }) => `/sites/${site}`],
	'sites/map': ['visitor', () => '/sites/map'],
	'v/[gathering=uuid]/[code]': ['visitor', ({ gathering }) => `/v/${gathering}/123456`],
	verify: ['visitor', () => '/verify'],
	'verify/[number]': ['visitor', () => '/verify/AAAA-AAAA-AAAA'],
	lead: ['leader', () => '/lead'],
	'lead/add': ['leader', () => '/lead/add'],
	'lead/add/[gathering]': ['leader', ({ beside }) => `/lead/add/${beside}`],
	'lead/[task]': ['leader', ({ crew }) => `/lead/${crew}`],
	'lead/[task]/results': ['leader', ({ crew }) => `/lead/${crew}/results`],
	'lead/tasks/[id]': ['organizer', ({ done }) => `/lead/tasks/${done}`],
	me: ['resident', () => '/me'],
	// certificate.spec
	'me/certificates/[number]': 'elsewhere',
	'me/hours': ['resident', () => '/me/hours'],
	'me/profile': ['resident', () => '/me/profile'],
	'me/signups/[id]': ['resident', ({ signup }) => `/me/signups/${signup}`],
	'me/start': ['newcomer', () => '/me/start'],
	organize: ['organizer', () => '/organize'],
	'organize/areas': ['admin', () => '/organize/areas'],
	'organize/areas/[id]': ['admin', ({ area }) => `/organize/areas/${area}`],
	'organize/board': ['admin', () => '/organize/board'],
	'organize/board/[gathering]': ['admin', ({ beside }) => `/organize/board/${beside}`],
	'organize/board/[gathering]/print': ['admin', ({ beside }) => `/organize/board/${beside}/print`],
	'organize/board/[gathering]/tasks': ['admin', ({ beside }) => `/organize/board/${beside}/tasks`],
	'organize/board/all': ['admin', ({ day }) => `/organize/board/all?day=${day}`],
	'organize/campaign': ['admin', () => '/organize/campaign'],
	'organize/day': ['admin', () => '/organize/day'],
	'organize/day/[gathering]': ['admin', ({ beside }) => `/organize/day/${beside}`],
	'organize/day/[gathering]/close': ['admin', ({ beside }) => `/organize/day/${beside}/close`],
	'organize/day/[gathering]/crews': ['admin', ({ beside }) => `/organize/day/${beside}/crews`],
	'organize/day/[gathering]/paper': ['admin', ({ closed }) => `/organize/day/${closed}/paper`],
	'organize/days/[id]': ['admin', ({ day }) => `/organize/days/${day}`],
	'organize/gatherings/[id]': ['admin', ({ beside }) => `/organize/gatherings/${beside}`],
	'organize/gatherings/[id]/add': ['admin', ({ beside }) => `/organize/gatherings/${beside}/add`],
	'organize/gatherings/[id]/tell': ['admin', ({ beside }) => `/organize/gatherings/${beside}/tell`],
	'organize/people': ['admin', () => '/organize/people'],
	'organize/people/[id]': ['admin', ({ person }) => `/organize/people/${person}`],
	// certificate.spec
	'organize/people/[id]/certificates/[number]': 'elsewhere',
	'organize/people/hours': ['admin', () => '/organize/people/hours'],
	'organize/people/invitations': ['admin', () => '/organize/people/invitations'],
	'organize/results': ['admin', () => '/organize/results'],
	'organize/results/charts': ['admin', () => '/organize/results/charts'],
	'organize/results/export': ['admin', () => '/organize/results/export'],
	'organize/results/live': ['admin', () => '/organize/results/live'],
	'organize/results/records': [
		'admin',
		// All that the demo has: without dates there is nothing to show.
		() => '/organize/results/records?from=2000-01-01&to=2199-12-31&figure=kg'
	],
	'organize/results/summary': ['admin', () => '/organize/results/summary'],
	'organize/results/tasks/[id]': ['admin', ({ done }) => `/organize/results/tasks/${done}`],
	'organize/sites': ['admin', () => '/organize/sites'],
	'organize/sites/[id=uuid]': ['admin', ({ site }) => `/organize/sites/${site}`],
	'organize/sites/[id=uuid]/edit': ['admin', ({ site }) => `/organize/sites/${site}/edit`],
	'organize/sites/import': ['admin', () => '/organize/sites/import'],
	'organize/sites/new': ['admin', () => '/organize/sites/new'],
	// What the service worker keeps; the pages above begin from it.
	shell: 'elsewhere',
	// Leads on at once: account.spec and offline.spec
	start: 'elsewhere'
};

/** Pages that say something else to whom their link is good: with the heading that shows it was. */
const WITH_A_GOOD_LINK: Record<string, [Who, (ids: Ids) => string, (say: Words) => string]> = {
	'enrol, by a code': [
		'visitor',
		({ enrolment }) => `/enrol#${enrolment}`,
		(say) => say.me_hello({ name: '李奶奶' })
	],
	'invite, without an account': ['visitor', ({ invitation }) => `/invite#${invitation}`, invited],
	'invite, signed in': ['resident', ({ invitation }) => `/invite#${invitation}`, invited]
};
function invited(say: Words): string {
	return say.people_invited_as({ role: say.people_role_organizer(), area: '老城街道' });
}

interface World {
	ids: Ids;
	/** One browser for each role, opened when first asked for. */
	pageOf(who: Who): Promise<Page>;
}

const test = base.extend<object, { app: RunningApp; world: World }>({
	app: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
		async ({}, use) => {
			const app = await startApp({ args: ['--demo'] });
			await use(app);
			await app.stop();
		},
		{ scope: 'worker', timeout: 180_000 }
	],
	world: [
		async ({ app, browser, playwright }, use) => {
			const request = await playwright.request.newContext();
			await use({ ids: await findIds(request, app), pageOf: openPages(browser, app) });
			await request.dispose();
		},
		{ scope: 'worker', timeout: 120_000 }
	]
});

function openPages(browser: Browser, app: RunningApp) {
	const pages = new Map<Who, Promise<Page>>();
	const open = async (who: Who) => (await browserOf(browser, app, who)).newPage();
	return (who: Who) => {
		const page = pages.get(who) ?? open(who);
		pages.set(who, page);
		return page;
	};
}

/** Does a command as one of the demo's people. */
async function command(
	request: Parameters<typeof rowsOf>[0],
	app: RunningApp,
	role: Role,
	name: string,
	data: object
): Promise<void> {
	const answer = await request.post(`${app.url}/rest/v1/rpc/${name}`, {
		headers: await headersOf(app, role),
		data
	});
	expect(answer.status(), `${name}: ${await answer.text()}`).toBeLessThan(300);
}

async function findIds(request: Parameters<typeof rowsOf>[0], app: RunningApp): Promise<Ids> {
	const first = async (role: Role, path: string, name = 'id') => {
		const [row] = await rowsOf<Record<string, string>>(request, app, role, path);
		expect(row, path).toBeDefined();
		return row![name]!;
	};
	const [invitation, enrolment] = [0, 1].map(() => randomBytes(16).toString('hex')) as [string, string];
	const [street, grandmother] = [
		await first('admin', 'areas?select=id&level=eq.street&name=eq.老城街道'),
		randomUUID()
	];
	const send = (name: string, data: object) => command(request, app, 'admin', name, data);
	await send('invite', { p_area: street, p_role: 'organizer', p_token: invitation });
	await send('add_person', { p_id: grandmother, p_name: '李奶奶', p_area: street });
	await send('issue_enrolment', { p_person: grandmother, p_token: enrolment });

	const gathering = await first('admin', 'gatherings?select=id&status=eq.open&order=id&limit=1');
	return {
		invitation,
		enrolment,
		gathering,
		day: await first('admin', `gatherings?select=labour_day_id&id=eq.${gathering}`, 'labour_day_id'),
		closed: await first('admin', 'gatherings?select=id&status=eq.closed&order=id&limit=1'),
		area: await first('admin', 'areas?select=id&level=eq.street&order=id&limit=1'),
		site: await first('admin', 'sites?select=id&kind=eq.drain&order=id&limit=1'),
		person: await first('admin', 'memberships?select=person_id&role=eq.organizer&limit=1', 'person_id'),
		crew: await first('leader', 'tasks?select=id&order=date.desc&limit=1'),
		beside: await first('leader', 'tasks?select=gathering_id&order=date.desc&limit=1', 'gathering_id'),
		done: await first('organizer', 'result_entries?select=task_id&order=id&limit=1', 'task_id'),
		signup: await first('resident', 'signups?select=id&order=created_at.desc&limit=1')
	};
}

test('no page is forgotten', async () => {
	const found: string[] = [];
	for await (const file of glob('src/routes/**/+page.svelte'))
		found.push(
			file
				.replace(/^src\/routes\//, '')
				.replace(/\+page\.svelte$/, '')
				.replace(/\(\w+\)\//, '')
				.replace(/\/$/, '')
		);
	expect(found.toSorted()).toEqual(Object.keys(PAGES).toSorted());
});

/** Opens a page in both languages and judges it in every way. `heading`: what it must say, where it could say something else. */
async function judge(
	{ world, app }: { world: World; app: RunningApp },
	[who, at]: [Who, (ids: Ids) => string],
	name: string,
	heading?: (say: Words) => string
): Promise<void> {
	const page = await world.pageOf(who);
	const errors: string[] = [];
	const note = (error: Error) => errors.push(error.message);
	page.on('pageerror', note);
	for (const language of ['zh', 'en'] as const) {
		await page.context().addCookies([{ name: 'lang', value: language, url: app.url }]);
		// An address that differs only after # would not be loaded again.
		await page.goto('about:blank');
		await page.goto(at(world.ids));
		await page.waitForLoadState('networkidle');
		const title = page.locator('main h1').first();
		await expect(title).toBeVisible();
		if (heading) await expect(title).toHaveText(heading(words(language)));
		await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
		await lookAt(page, `every-${name.replaceAll(/\W+/g, '-') || 'home'}`);
	}
	page.off('pageerror', note);
	expect(errors).toEqual([]);
}

for (const [route, place] of Object.entries(PAGES)) {
	if (place === 'elsewhere') continue;
	test(`/${route}`, ({ world, app }) => judge({ world, app }, place, route));
}
// After the others: the browser keeps a link that was good for the rest of its visit.
for (const [name, [who, at, heading]] of Object.entries(WITH_A_GOOD_LINK))
	test(`/${name}`, ({ world, app }) => judge({ world, app }, [who, at], name, heading));
