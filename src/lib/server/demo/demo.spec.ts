import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../../../tests/db/engine';
import { seed } from '.';
import { PAST } from './history';

const NOW = new Date('2026-11-23T10:00:00Z');
let engine: TestEngine;
const rows = <T>(text: string) => engine.database.rows<T>(text);

beforeAll(async () => {
	engine = await startTestEngine();
	await engine.database.rows(`select set_config('lf.clock', '${NOW.toISOString()}', false)`);
	await seed((work) => engine.database.transaction(work), NOW);
}, 120_000);
afterAll(() => engine.close());

describe('the demo district', () => {
	it('has the real areas under their real names', async () => {
		const [count] = await rows(
			`select count(*) filter (where level = 'street')::int as streets, count(*) filter (where level = 'community')::int as communities from areas`
		);
		expect(count).toEqual({ streets: 23, communities: 196 });
		expect(await rows(`select name from areas where code = '520302001001'`)).toEqual([
			{ name: '大兴路社区' }
		]);
	});

	it('has about 60 sites of every kind, drains with metres', async () => {
		const [sites] = await rows<{ count: number; kinds: number; without: number }>(
			`select count(*)::int as count, count(distinct kind)::int as kinds,
				count(*) filter (where kind = 'drain' and length_m is null)::int as without from sites`
		);
		expect(sites).toMatchObject({ kinds: 8, without: 0 });
		expect(sites?.count).toBeGreaterThanOrEqual(58);
	});

	it('adds up to the figures of a real year', async () => {
		const { data } = await engine.client().rpc('read_results', { p_from: '2026-01-01', p_to: '2026-11-22' });
		const { sums } = data as unknown as { sums: Record<string, number> };
		expect(sums.participations).toBe(PAST.participations);
		expect(sums.kg_weighed! + sums.kg_estimated!).toBeCloseTo(PAST.kilograms, 0);
		expect(sums).toMatchObject({ corners: PAST.corners, adverts: PAST.adverts });
		expect(sums.metres).toBeGreaterThan(10_000);
		expect(await rows('select * from private.compare_totals()')).toEqual([]);
	}, 60_000);

	it('has sign-ups for the next day, counted right, minors never at a hazard', async () => {
		const [next] = await rows<{ signups: number; heads: number; counted: number; waiting: number }>(
			`select count(*)::int as signups, sum(s.headcount) filter (where s.status = 'confirmed')::int as heads,
				count(*) filter (where s.status = 'waitlisted')::int as waiting,
				(select sum(c.confirmed_heads)::int from gathering_counts c join gatherings o on o.id = c.gathering_id
				 where o.status = 'open') as counted
			 from signups s join gatherings g on g.id = s.gathering_id where g.status = 'open'`
		);
		expect(next?.signups).toBeGreaterThanOrEqual(115);
		expect(next?.heads).toBe(next?.counted);
		expect(next?.waiting).toBeGreaterThan(0);
		expect(
			await rows(
				`select s.name from assignments a join signups s on s.id = a.signup_id join tasks t on t.id = a.task_id
				 join sites i on i.id = t.site_id where s.minors > 0 and i.hazards <> '{}'`
			)
		).toEqual([]);
	});

	it('is refused where there is work already', async () => {
		await expect(seed((work) => engine.database.transaction(work), NOW)).rejects.toThrow('already has');
	});
});
