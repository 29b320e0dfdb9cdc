/** How long the import of a city's inventory takes on the embedded engine, and how long others wait meanwhile. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, it } from 'vitest';
import { District } from '../db/district';
import { startTestEngine, type TestEngine } from '../db/engine';

const ROWS = 17_000;
const CHUNK = 500;

let engine: TestEngine;
let token: string;
let area: string;
beforeAll(async () => {
	engine = await startTestEngine();
	const { id, token: issued } = await engine.account('organizer@example.org');
	token = issued;
	const district = await District.open(engine, { organizer: id });
	area = await district.id('own street');
});
afterAll(() => engine?.close());

const row = (line: number) => ({
	external_id: `drain-${line}`,
	line,
	name: `雨水口 ${line}`,
	kind: 'drain',
	lng: 106.9 + (line % 400) / 10_000,
	lat: 27.7 + (line % 300) / 10_000,
	length_m: 20 + (line % 80),
	source: { id: `drain-${line}`, status: 'Active', owner: 'City', note: 'as it was in the file' }
});

async function importAll(): Promise<{ seconds: number; commit: number }> {
	const client = engine.client({ token });
	const p_import = randomUUID();
	const start = performance.now();
	const columns = ['id', 'status', 'owner', 'note'];
	await client
		.rpc('begin_site_import', { p_id: p_import, p_area: area, p_dataset: 'drains', p_columns: columns })
		.throwOnError();
	for (let line = 0; line < ROWS; line += CHUNK) {
		const p_rows = Array.from({ length: Math.min(CHUNK, ROWS - line) }, (_, n) => row(line + n));
		await client.rpc('stage_site_rows', { p_import, p_rows }).throwOnError();
	}
	const staged = performance.now();
	await client.rpc('commit_site_import', { p_import }).throwOnError();
	return { seconds: (performance.now() - start) / 1000, commit: (performance.now() - staged) / 1000 };
}

/** Visitors read the public page all the while: how long the slowest of them waited. */
async function whileReading(work: () => Promise<{ seconds: number; commit: number }>) {
	const visitor = engine.client();
	const waits: number[] = [];
	let busy = true;
	const reader = (async () => {
		while (busy) {
			// From the instant the visitor wanted to ask: the engine shares its thread with everything else.
			const wanted = performance.now() + 20;
			await new Promise((done) => setTimeout(done, 20));
			await visitor.rpc('read_day').throwOnError();
			waits.push(performance.now() - wanted);
		}
	})();
	const { seconds, commit } = await work();
	busy = false;
	await reader;
	const sorted = waits.toSorted((a, b) => a - b);
	return {
		'whole (s)': seconds.toFixed(1),
		'of it commit (s)': commit.toFixed(1),
		'a visitor waits, median (ms)': sorted[Math.floor(sorted.length / 2)]!.toFixed(0),
		'at most (ms)': sorted.at(-1)!.toFixed(0)
	};
}

it(`the import of ${ROWS} sites`, async () => {
	const first = await whileReading(importAll);
	const again = await whileReading(importAll);
	console.log(`\n${ROWS} sites into the embedded engine (wanted: under a minute, while others go on)`);
	console.table({ 'the first time': first, 'the same file again': again });
});
