/**
 * How long the import of a city's inventory takes through the built server, and how long others wait meanwhile: a
 * visitor who asks for pages that no cache answers and signs up, whatever the server is busy with.
 */
import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import { it } from 'vitest';
import type { Client } from '$lib/data/client';
import type { PublicConfig } from '$lib/server/supabase/clients';
import { beginImport, CHUNK, commitImport, stageRows } from '$lib/data/site-import';
import {
	guessMapping,
	parse,
	readSites,
	type ImportOptions,
	type Layout,
	type SiteDraft
} from '$lib/domain/site-import';
import { utilityDrains } from '$lib/domain/site-import/fixtures/utility-drains';
import { startCluster } from '../db/cluster';
import { startApp, type RunningApp } from '../e2e/process';
import { median } from './load';

const ROWS = 17_000;
/** How often the visitor asks, unless they still wait. */
const EVERY_MS = 200;
/** Behind a proxy each visitor has an address of their own. */
const ORIGIN = 'http://friday.example.org';
const ADMIN = { email: 'admin@example.org', password: randomUUID() };

/** Loads the demo district through the page of the first run; the admin is signed in. */
async function setUp(app: RunningApp): Promise<{ admin: Client; area: string; gathering: string }> {
	const form = new FormData();
	const filled = { kind: 'demo', code: app.setupCode!, admin: '区办公室', consent: 'on', ...ADMIN };
	for (const [name, value] of Object.entries(filled)) form.set(name, value);
	const made = await fetch(`${app.url}/setup`, {
		method: 'POST',
		headers: { origin: ORIGIN, 'x-sveltekit-action': 'true', accept: 'application/json' },
		body: form
	});
	const { type } = (await made.json()) as { type: string };
	if (type !== 'success') throw new Error(`/setup answered ${type}`);
	const { key } = (await (await fetch(`${app.url}/config.json`)).json()) as PublicConfig;
	const admin: Client = createClient(app.url, key, { auth: { persistSession: false } });
	const { error } = await admin.auth.signInWithPassword(ADMIN);
	if (error) throw error;
	const street = await admin.from('areas').select('id').eq('level', 'street').limit(1).throwOnError();
	const open = await admin
		.from('gatherings')
		.select('id, day:labour_days!inner(date)')
		.eq('status', 'open')
		.throwOnError();
	const [next] = open.data.toSorted((one, other) => other.day.date.localeCompare(one.day.date));
	return { admin, area: street.data[0]!.id, gathering: next!.id };
}

/** A utility's file as the import page reads it. */
function read(areaId: string): { sites: SiteDraft[]; layout: Layout } {
	const table = parse(utilityDrains(Math.ceil(ROWS * 1.4)));
	const mapping = guessMapping(
		table.headers,
		table.rows.map((row) => row.cells)
	);
	const options: Omit<ImportOptions, 'nameFor'> = {
		areaId,
		datum: 'wgs84',
		kind: 'drain',
		leaveOut: ['Proposed', 'Abandoned']
	};
	const { sites } = readSites(table, mapping, { ...options, nameFor: (kind, id) => `${kind} ${id}` });
	if (sites.length < ROWS) throw new Error(`The file holds only ${sites.length} sites.`);
	return { sites: sites.slice(0, ROWS), layout: { headers: table.headers, mapping, options } };
}

async function importAll(client: Client, area: string): Promise<{ staging: number; commit: number }> {
	const id = randomUUID();
	const { sites, layout } = read(area);
	const start = performance.now();
	await beginImport(client, id, area, 'drains', layout);
	for (let at = 0; at < ROWS; at += CHUNK) await stageRows(client, id, sites.slice(at, at + CHUNK));
	const staged = performance.now();
	await commitImport(client, id);
	return { staging: (staged - start) / 1000, commit: (performance.now() - staged) / 1000 };
}

/** What the visitor does, in turns; none of it is kept in the page cache. */
function errands(app: RunningApp, gathering: string): (() => Promise<Response>)[] {
	let asked = 0;
	const form = `${app.url}/gatherings/${gathering}/signup`;
	return [
		() => fetch(form),
		() => fetch(`${app.url}/sites`),
		() => {
			const number = `${++asked}`.padStart(4, '0');
			const party = { name: '王女士', phone: `1390000${number}`, headcount: '2', minors: '0', consent: 'on' };
			return fetch(form, {
				method: 'POST',
				redirect: 'manual',
				headers: {
					origin: ORIGIN,
					accept: 'text/html',
					'x-forwarded-for': `10.0.${number.slice(0, 2)}.${number.slice(2)}`
				},
				body: new URLSearchParams({ ...party, key: randomUUID() })
			});
		}
	];
}

async function whileAsking<Answer>(list: (() => Promise<Response>)[], work: () => Promise<Answer>) {
	const waits: number[] = [];
	const statuses = new Set<number>();
	let waiting: Promise<void> | undefined;
	const ask = async (errand: () => Promise<Response>) => {
		const wanted = performance.now();
		const response = await errand();
		await response.arrayBuffer();
		statuses.add(response.status);
		waits.push(performance.now() - wanted);
	};
	let turn = 0;
	const timer = setInterval(() => {
		waiting ??= ask(list[turn++ % list.length]!).finally(() => (waiting = undefined));
	}, EVERY_MS);
	const answer = await work().finally(() => clearInterval(timer));
	await waiting;
	const sorted = waits.toSorted((a, b) => a - b);
	return {
		answer,
		waits: {
			'the visitor asked': waits.length,
			answers: [...statuses].toSorted().join(' '),
			'median ms': Math.round(median(sorted)),
			'95th ms': Math.round(sorted[Math.floor(sorted.length * 0.95)]!),
			'slowest ms': Math.round(sorted.at(-1)!)
		}
	};
}

async function measure(env: Record<string, string>) {
	const app = await startApp({ env: { ORIGIN, ...env } });
	try {
		const { admin, area, gathering } = await setUp(app);
		const list = errands(app, gathering);
		for (const errand of list) await (await errand()).arrayBuffer();
		const idle = await whileAsking(list, () => new Promise((done) => setTimeout(done, 5000)));
		const rows: Record<string, object> = { 'no import': idle.waits };
		for (const time of ['the first time', 'the same file again']) {
			const { answer, waits } = await whileAsking(list, () => importAll(admin, area));
			const whole = answer.staging + answer.commit;
			rows[time] = { 'import s': whole.toFixed(1), 'of it commit s': answer.commit.toFixed(1), ...waits };
		}
		return rows;
	} finally {
		await app.stop();
	}
}

it(`the import of ${ROWS} sites into the embedded engine`, async () => {
	console.log(`\n${ROWS} sites into the embedded engine (wanted: under a minute, while others go on)`);
	console.table(await measure({}));
});

it(`the import of ${ROWS} sites into PostgreSQL`, async () => {
	const cluster = await startCluster();
	try {
		console.log(`\n${ROWS} sites into PostgreSQL`);
		console.table(await measure({ DATABASE_URL: cluster.url }));
	} finally {
		await cluster.stop();
	}
});
