/** The open-data addresses over HTTP, and the page that explains them. */
import { expect, test as base } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { foundDistrict, type District } from './support/district.ts';
import { expectNoSidewaysScroll } from './support/screens.ts';

/** A district of this file's own: a worker's app holds one. */
const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await foundDistrict(app)), { scope: 'worker' }]
});

test('open data: JSON, CSV and GeoJSON that anybody may fetch, kept for an hour, explained on a page', async ({
	district,
	page,
	request
}) => {
	expect(district.days.length).toBeGreaterThan(0);
	const year = new Date().getFullYear() - 1;

	const days = await request.get(`/open-data/days.json?year=${year}`);
	expect(days.status()).toBe(200);
	expect(await days.json()).toEqual({ district: '红花岗区', year, days: [] });
	expect(days.headers()).toMatchObject({
		'content-type': 'application/json; charset=utf-8',
		'cache-control': 'public, max-age=3600',
		'access-control-allow-origin': '*',
		'cross-origin-resource-policy': 'cross-origin'
	});
	const etag = days.headers()['etag']!;
	for (const [known, status] of [
		[etag, 304],
		[`"older", W/${etag}`, 304],
		['"older"', 200]
	] as const) {
		const again = await request.get(`/open-data/days.json?year=${year}`, {
			headers: { 'if-none-match': known }
		});
		expect(again.status(), known).toBe(status);
	}
	expect(await (await request.get('/open-data/areas.json?year=nonsense')).json()).toMatchObject({
		areas: []
	});

	for (const [file, header] of [
		['days', 'date,labour_day,participations,hours'],
		['areas', 'code,name,name_en,level,parent,people,participations']
	]) {
		const csv = await request.get(`/open-data/${file}.csv`);
		expect(csv.headers()['content-type']).toBe('text/csv; charset=utf-8');
		const bytes = await csv.body();
		expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		expect(bytes.subarray(3).toString()).toContain(header);
	}
	const sites = await request.get('/open-data/sites.geojson');
	expect(sites.headers()['content-type']).toBe('application/geo+json; charset=utf-8');
	expect(await sites.json()).toMatchObject({ type: 'FeatureCollection' });

	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto('/open-data');
	await expect(page.getByRole('heading', { name: '开放数据' })).toBeVisible();
	await expect(page.getByRole('link', { name: '逐日汇总，表格' })).toHaveAttribute(
		'href',
		'/open-data/days.csv'
	);
	await expectNoSidewaysScroll(page);
	await expectNoAxeViolations(page);
	await page.screenshot({ path: 'test-results/open-data.png', fullPage: true });
});
