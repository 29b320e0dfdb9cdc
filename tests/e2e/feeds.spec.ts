/** The calendars that phones subscribe to, fetched from the running server: an entry is moved and struck in place. */
import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import { expect, test as base } from './app.ts';
import { foundDistrict, ok, type District } from './support/district.ts';

const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await foundDistrict(app)), { scope: 'worker' }]
});

test('both feeds move, cancel and restore a day in place', async ({ app, district }) => {
	const { client } = district.admin;
	const [, other, day] = district.days;
	if (!other || !day) throw new Error('no days');
	const area = district.area('老城街道');
	const p_fields = { place: '府后山广场', starts: '08:30', ends: '11:00' };
	await ok(client.rpc('save_gathering', { p_id: randomUUID(), p_day: day.id, p_area: area, p_fields }));
	const moved = new Date(Date.parse(day.date) - 7 * 86_400_000).toISOString().slice(0, 10);

	interface Entry {
		uid: string;
		date: string;
		status: string;
		sequence: number;
		summary: string;
		description: string;
	}
	async function entries(path: string): Promise<Map<string, Entry>> {
		const answer = await fetch(app.url + path, { headers: { 'accept-language': 'zh-CN' } });
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toContain('text/calendar');
		const text = await answer.text();
		expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
		const found = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one): Entry => {
			const event = new ICAL.Event(one);
			return {
				uid: event.uid,
				// Times stand in UTC: half past eight in Shanghai is the same date.
				date: event.startDate.toString().slice(0, 10),
				status: String(one.getFirstPropertyValue('status')),
				sequence: event.sequence,
				summary: event.summary,
				description: event.description
			};
		});
		expect(new Set(found.map(({ uid }) => uid)).size, 'each once').toBe(found.length);
		return new Map(found.map((entry) => [entry.uid, entry]));
	}

	for (const path of ['/calendar.ics', `/areas/${area}/calendar.ics`]) {
		const before = await entries(path);
		expect(before.size).toBe(12);
		const first = [...before.values()].find(({ date }) => date === day.date);
		if (!first) throw new Error(`${day.date} is not in ${path}`);
		expect(first.status).toBe('CONFIRMED');
		let sequence = first.sequence;

		/** What the feed says of the day now: the same entry, newer; every other entry as it was. */
		const now = async () => {
			const found = await entries(path);
			const entry = found.get(first.uid);
			if (!entry) throw new Error('the entry is gone');
			expect(entry.sequence).toBeGreaterThan(sequence);
			sequence = entry.sequence;
			const rest = (all: Map<string, Entry>) => [...all.values()].filter(({ uid }) => uid !== first.uid);
			expect(rest(found)).toEqual(rest(before));
			return entry;
		};

		await ok(client.rpc('move_labour_day', { p_day: day.id, p_date: moved, p_reason: '让给校运会' }));
		const there = await now();
		expect(there).toMatchObject({ date: moved, status: 'CONFIRMED' });
		expect(there.summary).toContain('改期');
		expect(there.description).toContain('让给校运会');

		await ok(client.rpc('cancel_labour_day', { p_day: day.id, p_reason: '暴雨预警' }));
		const off = await now();
		expect(off).toMatchObject({ date: moved, status: 'CANCELLED' });
		expect(off.description).toContain('暴雨预警');

		await ok(client.rpc('restore_labour_day', { p_day: day.id }));
		expect(await now()).toMatchObject({ date: moved, status: 'CONFIRMED' });

		await ok(client.rpc('move_labour_day', { p_day: day.id, p_date: day.date, p_reason: '' }));
		const back = await now();
		expect(back).toMatchObject({ date: day.date, status: 'CONFIRMED', summary: first.summary });
	}
	expect((await fetch(`${app.url}/areas/${randomUUID()}/calendar.ics`)).status).toBe(404);
});
