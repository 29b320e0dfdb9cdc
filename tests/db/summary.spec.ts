/**
 * The demo district's summary against sums that are computed here from the raw rows, by hand so to say; and the file that is
 * made of it against the words on the screen.
 */
import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDashboard } from '$lib/data/dashboards';
import { readDayPackage } from '$lib/data/day-package';
import { creditHours, readCountedCredits, readCreditsAt, takeBackCredit } from '$lib/data/hours';
import { readRecords, readSummary, saveSummaryText, type RecordRow } from '$lib/data/summary';
import { parseLocalDate } from '$lib/domain/calendar/local-date';
import type { Client } from '$lib/data/client';
import { partiesOf, sumAttendance, type AttendanceSum, type PartyState } from '$lib/domain/roster';
import { summaryFile, type Picture } from '$lib/documents/summary-docx';
import {
	dayPeriod,
	monthPeriod,
	yearPeriod,
	type FigureRecords,
	type SummaryData
} from '$lib/domain/summary';
import { writeSummary, type Run, type WrittenSummary } from '$lib/i18n/summary-words';
import { seed } from '$lib/server/demo';
import { brokenRules } from '../office-rules';
import { startTestEngine, type TestEngine } from './engine';
import { linesByOffice, officeProgram } from './office';

const NOW = new Date('2026-11-23T10:00:00Z');
const YEAR = yearPeriod(2026);

/** No package brings it: without one on the machine, what it reads counts as skipped. */
const program = officeProgram();

let engine: TestEngine;
let office: Client;
let district: string;
let streets: { id: string; name: string }[];
const rows = <T>(text: string, values: unknown[] = []) => engine.database.rows<T>(text, values);

/** What one task or gathering came to, from its records alone. */
interface Raw {
	area: string;
	date: string;
	labour: boolean;
	participations: number;
	kg: number;
	metres: number;
	corners: number;
	adverts: number;
}
let raw: Raw[];

async function account(role: string, area: string): Promise<Client> {
	const { id, token } = await engine.account(`${role}${Math.random()}@example.org`);
	const [person] = await rows<{ id: string }>(
		'insert into people (display_name, area_id) values ($1, $2) returning id',
		[role, area]
	);
	await rows('insert into profiles (user_id, person_id) values ($1, $2)', [id, person!.id]);
	await rows('insert into memberships (area_id, person_id, role) values ($1, $2, $3::member_role)', [
		area,
		person!.id,
		role
	]);
	return engine.client({ token });
}

/** Adds up events and entries in plain TypeScript; the demo has no voids, corrections or late records. */
async function addUp(): Promise<Raw[]> {
	const events = await rows<{ signup: string; area: string; date: string; heads: number }>(
		`select e.signup_id as signup, e.area_id as area, d.date::text as date, e.heads
		 from attendance_events e join gatherings g on g.id = e.gathering_id join labour_days d on d.id = g.labour_day_id`
	);
	const entries = await rows<{
		site: string;
		area: string;
		date: string;
		labour: boolean;
		length: number | null;
		kg: number | null;
		metres: number | null;
		corners: number | null;
		adverts: number | null;
	}>(
		`select e.site_id as site, t.area_id as area, t.date::text as date, t.gathering_id is not null as labour,
			s.length_m::float8 as length, e.kg::float8 as kg, e.metres::float8 as metres, e.corners, e.adverts
		 from result_entries e join tasks t on t.id = e.task_id join sites s on s.id = e.site_id`
	);
	const nothing = { participations: 0, kg: 0, metres: 0, corners: 0, adverts: 0 };
	const parties = new Map<string, Raw>();
	for (const { signup, area, date, heads } of events) {
		const party = parties.get(signup) ?? { area, date, labour: true, ...nothing };
		party.participations = Math.max(party.participations, heads);
		parties.set(signup, party);
	}
	const drains = new Map<string, Raw & { length: number | null }>();
	for (const entry of entries) {
		const key = entry.site + entry.date + entry.labour;
		const sum = drains.get(key) ?? {
			...nothing,
			area: entry.area,
			date: entry.date,
			labour: entry.labour,
			length: entry.length
		};
		sum.kg += entry.kg ?? 0;
		sum.metres += entry.metres ?? 0;
		sum.corners += entry.corners ?? 0;
		sum.adverts += entry.adverts ?? 0;
		drains.set(key, sum);
	}
	// One drain on one date counts up to its length.
	for (const sum of drains.values()) if (sum.length !== null) sum.metres = Math.min(sum.metres, sum.length);
	return [...parties.values(), ...drains.values()];
}

const sum = (list: readonly Raw[], key: 'participations' | 'kg' | 'metres' | 'corners' | 'adverts') =>
	Math.round(list.reduce((total, row) => total + row[key], 0) * 10) / 10;

const inPeriod = ({ from, to }: { from: string; to: string }) =>
	raw.filter(({ date }) => date >= from && date <= to);

beforeAll(async () => {
	engine = await startTestEngine();
	await rows(`select set_config('lf.clock', '${NOW.toISOString()}', false)`);
	await seed((work) => engine.database.transaction(work), NOW);
	[{ id: district }] = (await rows<{ id: string }>(`select id from areas where level = 'district'`)) as [
		{ id: string }
	];
	streets = await rows(`select id, name from areas where level = 'street' order by sort, name`);
	office = await account('admin', district);
	// Work of other days, and of last year, which the demo does not have.
	const [{ site }] = (await rows<{ site: string }>(
		`select id as site from sites where kind = 'roadside' and in_jurisdiction limit 1`
	)) as [{ site: string }];
	for (const [date, kg] of [
		['2026-06-03', 410_000 / 10],
		['2025-06-04', 30_000]
	] as const) {
		await rows(
			`insert into tasks (id, site_id, area_id, date, crew_min, crew_max) select gen_random_uuid(), id, area_id, $2, 2, 8 from sites where id = $1`,
			[site, date]
		);
		await rows(
			`insert into result_entries (id, root_id, task_id, site_id, area_id, kg, weighed, at, device_id, seq, device_time)
			 select x, x, t.id, t.site_id, t.area_id, $2, true, $3::timestamptz, gen_random_uuid(), 1, $3::timestamptz
			 from tasks t, gen_random_uuid() x where t.site_id = $1 and t.gathering_id is null and t.date = $3::date`,
			[site, kg, date]
		);
	}
	raw = await addUp();
}, 180_000);
afterAll(() => engine.close());

/** Every text of the document in reading order, as the screen shows it. */
function texts({ title, dateline, sections, footnote }: WrittenSummary): string[] {
	const line = (runs: readonly Run[]) => runs.map(({ text }) => text).join('');
	return [
		title,
		...(dateline ? [dateline] : []),
		...sections.flatMap(({ heading, blocks }) => [
			...(heading ? [heading] : []),
			...blocks.flatMap((block): string[] => {
				if (block.is === 'paragraph') return [line(block.runs)];
				if (block.is === 'text') return block.paragraphs;
				if (block.is === 'pictures')
					return block.pairs.length > 0 ? [block.title, ...block.pairs.map(({ caption }) => caption)] : [];
				const { caption, head, rows: body, total } = block.table;
				return [
					caption,
					...head,
					...[...body, ...(total ? [total] : [])].flatMap((row) => row.map(({ text }) => text))
				];
			})
		]),
		footnote
	];
}

async function photo(): Promise<Picture> {
	const size = { width: 80, height: 60 };
	const jpeg = await sharp({ create: { ...size, channels: 3, background: '#456' } })
		.jpeg()
		.toBuffer();
	return { jpeg: new Uint8Array(jpeg), ...size };
}

/** The paragraphs of the file, as Word reads them. */
async function paragraphsOf(file: Blob): Promise<{ paragraphs: string[]; files: string[] }> {
	const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
	const xml = strFromU8(parts['word/document.xml']!);
	const paragraphs = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) =>
		[...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
			.map(([, text = '']) => text)
			.join('')
			.replaceAll('&lt;', '<')
			.replaceAll('&gt;', '>')
			.replaceAll('&quot;', '"')
			.replaceAll('&apos;', "'")
			.replaceAll('&amp;', '&')
	);
	return { paragraphs: paragraphs.filter((text) => text.trim() !== ''), files: Object.keys(parts) };
}

describe('the summary of the demo district', () => {
	let data: SummaryData;
	beforeAll(async () => {
		data = await readSummary(office, YEAR, district);
	});

	it.each([true, false])('has the sums of the raw rows (on labour days: %s)', (labour) => {
		const mine = inPeriod(YEAR).filter((row) => row.labour === labour);
		const found = labour ? data.labour : data.other;
		expect(found.participations).toBe(sum(mine, 'participations'));
		expect(found.kg_weighed + found.kg_estimated).toBeCloseTo(sum(mine, 'kg'), 1);
		for (const key of ['metres', 'corners', 'adverts'] as const)
			expect(found[key]).toBeCloseTo(sum(mine, key), 1);
		expect(found.kg_weighed).toBeGreaterThan(0);
	});

	it('has them by street, and the streets add up to the district', async () => {
		const below = await rows<{ area_id: string; street: string }>(
			`select aa.area_id, aa.ancestor_id as street from area_ancestors aa join areas a on a.id = aa.ancestor_id and a.level = 'street'`
		);
		const streetOf = new Map(below.map(({ area_id, street }) => [area_id, street]));
		expect(data.areas.map(({ id }) => id)).toEqual(streets.map(({ id }) => id));
		for (const area of data.areas) {
			const mine = inPeriod(YEAR).filter((row) => streetOf.get(row.area) === area.id);
			expect(area.sums.participations).toBe(sum(mine, 'participations'));
			expect(area.sums.metres).toBeCloseTo(sum(mine, 'metres'), 1);
		}
		const all = data.areas.reduce((total, { sums }) => total + sums.kg_weighed + sums.kg_estimated, 0);
		expect(all + data.own.kg_weighed + data.own.kg_estimated).toBeCloseTo(sum(inPeriod(YEAR), 'kg'), 1);
	});

	it('compares with the same span of last year', () => {
		expect(data.before).toMatchObject({ from: '2025-01-01', to: '2025-11-23' });
		expect(data.before!.other.kg_weighed).toBe(30_000);
	});

	it('compares as many labour days, before, on and after the day', async () => {
		// Those of July: the 25th, then the 31st; of November: the 28th, then the 27th.
		await rows(`insert into labour_days (area_id, month, date)
			select '${district}', month::date, date::date from (values ('2025-07-01', '2025-07-25'),
				('2025-11-01', '2025-11-28'), ('2026-07-01', '2026-07-31'), ('2026-11-01', '2026-11-27')) v (month, date)
			on conflict do nothing`);
		const until = async (day: string) => {
			await rows(`select set_config('lf.clock', '${day}T04:00:00Z', false)`);
			return (await readSummary(office, YEAR, district)).before!.to;
		};
		try {
			expect(await until('2026-11-26')).toBe('2025-11-26');
			expect(await until('2026-11-27')).toBe('2025-11-28');
			expect(await until('2026-11-29')).toBe('2025-11-29');
			expect(await until('2026-07-24')).toBe('2025-07-24');
			expect(await until('2026-07-28')).toBe('2025-07-24');
			expect(await until('2026-07-31')).toBe('2025-07-31');
		} finally {
			await rows(`select set_config('lf.clock', '${NOW.toISOString()}', false)`);
		}
	});

	it('opens hours that are no tenths: their parts add up to the very figure', async () => {
		const wanted = { ...YEAR, area: district, figure: 'hours', labour: true };
		const { sum: whole, seconds, count } = await readRecords(office, wanted, 1);
		expect(whole).toBe(data.labour.hours);
		expect(Math.floor(seconds! / 360) / 10).toBe(whole);
		let parts = 0;
		for (let from = 0; from < count; from += 500)
			for (const row of (await readRecords(office, wanted, 500, from)).rows) parts += row.seconds!;
		expect(parts).toBe(seconds);
	});

	it('compares a February with all of that of a leap year', async () => {
		for (const [month, before] of [
			['2025-02', { from: '2024-02-01', to: '2024-02-29' }],
			['2024-02', { from: '2023-02-01', to: '2023-02-28' }]
		] as const)
			expect((await readSummary(office, monthPeriod(month), district)).before).toMatchObject(before);
	});

	it('opens each number: the records behind it add up to it', async () => {
		for (const labour of [true, false]) {
			const mine = labour ? data.labour : data.other;
			for (const [figure, value] of [
				['participations', mine.participations],
				['kg', mine.kg_weighed + mine.kg_estimated],
				['metres', mine.metres],
				['corners', mine.corners],
				['adverts', mine.adverts],
				['open_ended', mine.open_ended]
			] as const) {
				const found = await readRecords(office, { ...YEAR, area: district, figure, labour }, 500);
				expect(found.sum).toBeCloseTo(value, 1);
				const listed = found.rows.reduce((total, row) => total + row.value, 0);
				if (found.count <= 500) expect(listed).toBeCloseTo(value, 0);
				expect(found.rows.length).toBe(Math.min(found.count, 500));
			}
		}
	});

	it('opens each crew down to its check-ins, which make its number', async () => {
		const wanted = { ...monthPeriod('2026-10'), area: district, labour: true };
		const days = new Map<string, Promise<PartyState[]>>();
		const partiesAt = (gathering: string) => {
			const found = days.get(gathering);
			if (found) return found;
			const read = readDayPackage(office, gathering).then((day) => partiesOf(day, [], NOW.getTime()));
			days.set(gathering, read);
			return read;
		};
		const hours = (seconds: number) => Math.floor(seconds / 360) / 10;
		for (const [figure, of] of [
			['participations', ({ came }) => came],
			['hours', ({ personSeconds }) => hours(personSeconds)],
			['hours_minors', ({ minorSeconds }) => hours(minorSeconds)],
			['open_ended', ({ openEnded }) => openEnded]
		] as [string, (sum: AttendanceSum) => number][]) {
			const { rows: crews, count } = await readRecords(office, { ...wanted, figure }, 500);
			expect(crews).toHaveLength(count);
			expect(crews.length, figure).toBeGreaterThan(0);
			for (const { gathering_id, task_id, value } of crews) {
				const parties = (await partiesAt(gathering_id!)).filter(({ taskId }) => taskId === task_id);
				expect(of(sumAttendance(parties)), figure).toBe(value);
			}
		}

		// What is credited on top stands beside them, and what is taken back too.
		const figure = 'hours_credited';
		const crew = (await readRecords(office, { ...wanted, figure: 'hours' }, 1)).rows[0]!;
		const [party] = (await partiesAt(crew.gathering_id!)).filter(({ taskId }) => taskId === crew.task_id);
		const credit = randomUUID();
		await creditHours(office, credit, party!.id, 6, '忘了签退');
		expect((await readRecords(office, { ...wanted, figure }, 2)).rows).toMatchObject([
			{ gathering_id: crew.gathering_id, task_id: crew.task_id, value: 0.1 }
		]);
		expect(await readCountedCredits(office, crew.gathering_id!)).toEqual(new Map([[party!.id, 360]]));
		await takeBackCredit(office, randomUUID(), credit, '记错人');
		expect((await readRecords(office, { ...wanted, figure }, 2)).rows).toEqual([]);
		const said = { signup_id: party!.id, signup: { name: party!.name }, by: { display_name: 'admin' } };
		expect(await readCreditsAt(office, crew.gathering_id!)).toMatchObject([
			{ ...said, seconds: 360, reason: '忘了签退' },
			{ ...said, seconds: -360, reason: '记错人' }
		]);
		const others = (await readRecords(office, { ...wanted, figure: 'hours' }, 500)).rows;
		const elsewhere = others.find(({ gathering_id }) => gathering_id !== crew.gathering_id)!;
		expect(await readCreditsAt(office, elsewhere.gathering_id!)).toEqual([]);
	}, 60_000);

	it('opens people, leaders, credited hours and cleaned sites on persons and sites whose parts add up to it', async () => {
		await rows(`insert into public.hour_credits (id, signup_id, area_id, seconds, recorded_seconds, reason, credited_at)
			select gen_random_uuid(), signup_id, area_id, 250, named_seconds, '忘签', now() from public.attendance_sums where date = '2026-10-30' order by signup_id limit 7`);
		const read = await readSummary(office, YEAR, district);
		expect(read.labour.hours_credited).toBe(0.4);
		for (const [figure, value] of [
			['people', read.people],
			['leaders', read.methods.leaders],
			['sites_cleaned', read.methods.sites_cleaned],
			['hours_credited', read.labour.hours_credited]
		] as const) {
			const all: RecordRow[] = [];
			let found;
			do {
				found = await readRecords(office, { ...YEAR, area: district, figure }, 500, all.length);
				all.push(...found.rows);
			} while (all.length < found.count);
			expect([figure, found.sum]).toEqual([figure, value]);
			const of = all.map(
				({ person_id, site_id, date }) => `${person_id ?? site_id} ${figure === 'hours_credited' ? date : ''}`
			);
			expect(new Set(of).size, figure).toBe(found.count);
			if (figure === 'hours_credited') {
				expect(all.map(({ seconds }) => seconds)).toEqual(Array(7).fill(250));
				expect(found.seconds).toBe(7 * 250);
			} else
				expect(
					all.reduce((sum, row) => sum + row.value, 0),
					figure
				).toBe(value);
			expect(all.every(({ person, site }) => Boolean(person ?? site))).toBe(true);
		}
	});

	it.each(['zh', 'en'] as const)(
		'lets each number of the document in %s be opened, and what opens adds up to it',
		{ timeout: 60_000 },
		async (language) => {
			for (const [period, area] of [
				[YEAR, district],
				[YEAR, streets[0]!.id],
				[monthPeriod('2026-10'), district],
				[dayPeriod(parseLocalDate('2026-10-30')), district]
			] as const) {
				const read = await readSummary(office, period, area);
				const sums = new Map<string, Promise<number>>();
				const sumOf = (records: FigureRecords) => {
					const wanted = { from: read.from, to: read.to, area: read.area.id, ...records };
					const key = JSON.stringify(wanted);
					const sum = sums.get(key) ?? readRecords(office, wanted, 1).then((one) => one.sum);
					sums.set(key, sum);
					return sum;
				};
				let opened = 0;
				for (const { blocks } of writeSummary(read, period, language).sections)
					for (const block of blocks) {
						if (block.is === 'paragraph')
							for (const { text, exact, records } of block.runs) {
								// Dates, names and the count of points have no full figure.
								if (exact === undefined) continue;
								expect(records, text).toBeDefined();
								if (records?.of === 'drains') {
									const { drains } = await readDashboard(office, { from: read.from, to: read.to }, area);
									const left = drains.length_m - drains.done;
									expect([drains.length_m, drains.done, left]).toContainEqual(
										expect.closeTo(Number(exact.replaceAll(',', '')), 1)
									);
									opened++;
									continue;
								}
								if (records?.of !== 'figure') continue;
								const tonnes = /吨|tonne/.test(text) ? 1000 : 1;
								expect(await sumOf(records), text).toBeCloseTo(Number(exact.replaceAll(',', '')) * tonnes, 1);
								opened++;
							}
						if (block.is !== 'table') continue;
						const { name, head, rows: body, total } = block.table;
						for (const [n, row] of [...body, ...(total ? [total] : [])].entries())
							for (const [c, { text, records }] of row.entries()) {
								const value = Number(text.replaceAll(',', ''));
								const where = `${name}, ${row[0]!.text}, ${head[c]}`;
								// Of nothing nothing opens; the comparison's last column is worked out from the two before it.
								if (c === 0 || !(value > 0) || (name === 'compare' && c === 3)) continue;
								if (name === 'days' && c === 1) {
									// The days stand above the number of all their gatherings.
									if (n < body.length) expect(records, where).toEqual({ of: 'day', id: read.days[n]!.id });
									continue;
								}
								expect(records, where).toMatchObject({ of: 'figure' });
								const figure = records as FigureRecords;
								expect(await sumOf(figure), where).toBeCloseTo(
									figure.figure === 'kg' ? value * 1000 : value,
									1
								);
								opened++;
							}
					}
				expect(opened).toBeGreaterThan(15);
			}
		}
	);

	it('says what the real summary says, in its words', () => {
		const words = texts(writeSummary(data, YEAR, 'zh')).join('\n');
		for (const phrase of [
			'2万余人次',
			'200余吨',
			'120余处',
			'1万余米',
			'4.5万余条',
			'平时集中整治另清理垃圾41吨',
			'红花岗区2026年全民义务劳动工作总结'
		])
			expect(words).toContain(phrase);
		const english = texts(writeSummary(data, YEAR, 'en')).join('\n');
		for (const phrase of [
			'over 20,000 participations',
			'over 200 tonnes of rubbish',
			'over 45,000 illegal adverts',
			'41 tonnes of rubbish'
		])
			expect(english).toContain(phrase);
	});

	it.each(['zh', 'en'] as const)(
		'tells tonnes to the tenth of a kilogram in %s, so that the rows of a table add up to its total',
		(language) => {
			const street = { ...data.labour, kg_weighed: 1234.6, kg_estimated: 0 };
			const nothing = { ...street, kg_weighed: 0, participations: 0, entries: 0 };
			const two: SummaryData = {
				...data,
				areas: data.areas.slice(0, 2).map((area) => ({ ...area, sums: street })),
				own: nothing,
				labour: { ...street, kg_weighed: 1234.6 + 1234.6 },
				other: nothing
			};
			const blocks = writeSummary(two, YEAR, language).sections.flatMap((section) => section.blocks);
			const table = blocks
				.flatMap((block) => (block.is === 'table' ? block.table : []))
				.find(({ name }) => name === 'areas')!;
			const column = table.head.findIndex((head) => /吨|\(t\)/.test(head));
			expect([...table.rows, table.total!].map((row) => row[column]!.text)).toEqual([
				'1.2346',
				'1.2346',
				'2.4692'
			]);
			const runs = blocks.flatMap((block) => (block.is === 'paragraph' ? block.runs : []));
			expect(runs.map(({ exact }) => exact)).toContain('2.4692');
		}
	);

	it('is the same for a month, and for a street', async () => {
		const month = monthPeriod('2026-10');
		const street = streets[0]!.id;
		const monthly = await readSummary(office, month, district);
		expect(monthly.labour.participations).toBe(sum(inPeriod(month), 'participations'));
		const own = await readSummary(office, YEAR, street);
		expect(own.labour.participations).toBe(data.areas[0]!.sums.participations);
		expect(texts(writeSummary(monthly, month, 'zh'))[0]).toBe('红花岗区2026年10月全民义务劳动工作小结');
	});

	it('is only for who organizes the area', async () => {
		const organizer = await account('organizer', streets[0]!.id);
		await expect(readSummary(organizer, YEAR, streets[0]!.id)).resolves.toMatchObject({ from: '2026-01-01' });
		await expect(readSummary(organizer, YEAR, streets[1]!.id)).rejects.toMatchObject({ code: 'not_yours' });
		await expect(readSummary(organizer, YEAR, district)).rejects.toMatchObject({ code: 'not_yours' });
		await expect(readRecords(organizer, { ...YEAR, area: district, figure: 'kg' }, 10)).rejects.toMatchObject(
			{ code: 'not_yours' }
		);
		await expect(readSummary(engine.client(), YEAR, district)).rejects.toMatchObject({ status: 401 });
	});
});

describe('a text in a summary', () => {
	const text = { ...YEAR, block: 'plan', language: 'zh' } as const;

	it('is kept for its area, period and language, and taken back when blank', async () => {
		const at = await saveSummaryText(office, {
			...text,
			area: district,
			body: ' 明年接着干。\n每月一次。 ',
			seen: null
		});
		expect((await readSummary(office, YEAR, district)).texts).toMatchObject([
			{ block: 'plan', language: 'zh', body: '明年接着干。\n每月一次。', updated_at: at }
		]);
		expect((await readSummary(office, YEAR, streets[0]!.id)).texts).toEqual([]);
		expect((await readSummary(office, monthPeriod('2026-10'), district)).texts).toEqual([]);
		expect(await saveSummaryText(office, { ...text, area: district, body: '', seen: at })).toBeNull();
		expect((await readSummary(office, YEAR, district)).texts).toEqual([]);
	});

	it('is not overwritten by somebody who has not seen it', async () => {
		const other = await account('admin', district);
		const at = await saveSummaryText(office, { ...text, area: district, body: '甲', seen: null });
		await expect(
			saveSummaryText(other, { ...text, area: district, body: '乙', seen: null })
		).rejects.toMatchObject({ code: 'text_changed' });
		expect((await readSummary(office, YEAR, district)).texts).toMatchObject([{ body: '甲' }]);
		// The same again is no change.
		expect(await saveSummaryText(office, { ...text, area: district, body: '甲', seen: null })).toBe(at);
		await saveSummaryText(other, { ...text, area: district, body: '乙', seen: at });
		expect((await readSummary(office, YEAR, district)).texts).toMatchObject([{ body: '乙' }]);
	});
});

describe.each(['zh', 'en'] as const)('the Word file in %s', (language) => {
	const made: { name: string; written: WrittenSummary; file: Blob }[] = [];
	beforeAll(async () => {
		const text = { block: 'opening', language, body: '第一段 <&> "引"\n第二段', seen: null } as const;
		await saveSummaryText(office, { ...YEAR, ...text, area: district });
		const picture = await photo();
		const pictures = new Map(['a', 'b', 'c'].map((name) => [name, picture]));
		const day = dayPeriod(parseLocalDate('2026-10-30'));
		for (const area of [district, streets[0]!.id])
			for (const period of [YEAR, monthPeriod('2026-10'), monthPeriod('2026-12'), day]) {
				const data = await readSummary(office, period, area);
				data.pairs = [
					{ task_id: 't', site: '官井沟渠', date: '2026-10-30', before: 'a', after: 'b' },
					{ task_id: 'u', site: '高峰地块', date: '2026-10-30', before: 'b', after: 'c' }
				];
				const written = writeSummary(data, period, language);
				const file = await summaryFile(written, pictures);
				made.push({ name: `${data.area.name} ${period.from}`, written, file });
			}
	}, 60_000);

	it('says word for word what the preview says, with its pictures', async () => {
		for (const { name, written, file } of made) {
			const { paragraphs, files } = await paragraphsOf(file);
			expect(paragraphs, name).toEqual(texts(written));
			expect(files.filter((part) => part.startsWith('word/media/')).length, name).toBeGreaterThan(0);
		}
		expect(texts(made[0]!.written)).toContain('第一段 <&> "引"');
	});

	it('keeps the rules of Word', { timeout: 120_000 }, async () => {
		for (const { name, file } of made) expect(await brokenRules(file, 'docx'), name).toEqual([]);
	});

	// An office program that starts for the first time on a machine takes its time.
	it.runIf(program)('is the same text to LibreOffice', { timeout: 150_000 }, async () => {
		const read = await linesByOffice(
			program ?? '',
			made.map(({ file }) => file)
		);
		for (const [n, { name, written }] of made.entries()) expect(read[n], name).toEqual(texts(written));
	});
});
