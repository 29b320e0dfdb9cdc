/**
 * The sites as everybody sees them: a list that needs no scripts, narrowed by area, kind and what needs cleaning; a map that is
 * loaded where it is opened, with the nearest beside it; and a site's page with its history and the photos that were released.
 */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { expect, test as base } from './app.ts';
import { foundDistrict, ok, type Account, type District } from './support/district.ts';
import { expectNoSidewaysScroll, lookAt } from './support/screens.ts';
import { localeOf, words } from './support/words.ts';

interface World {
	district: District;
	organizer: Account;
	/** By name: one that waits, one that was cleaned today, one of another kind, one in another street. */
	site: (name: string) => string;
	task: string;
}

const PLACES = [
	{ name: '官井沟渠', kind: 'drain', street: '老城街道', lng: 106.92, lat: 27.69, interval_days: 30 },
	{ name: '桥下沟渠', kind: 'drain', street: '老城街道', lng: 106.921, lat: 27.691, interval_days: 30 },
	{ name: '后巷死角', kind: 'dead_corner', street: '老城街道', lng: 106.93, lat: 27.7, interval_days: null },
	{ name: '万里沟渠', kind: 'drain', street: '万里路街道', lng: 106.95, lat: 27.72, interval_days: 30 }
] as const;
const CLEANED = '桥下沟渠';

async function world(url: string, district: District): Promise<World> {
	const { client } = district.admin;
	const ids = new Map(PLACES.map(({ name }) => [name as string, randomUUID()]));
	const site = (name: string) => ids.get(name)!;
	for (const { name, street, ...rest } of PLACES)
		await ok(client.from('sites').insert({ id: site(name), name, area_id: district.area(street), ...rest }));
	const task = randomUUID();
	const p_date = new Intl.DateTimeFormat('en-CA', { timeZone: district.timeZone }).format(new Date());
	await ok(client.rpc('add_campaign_task', { p_id: task, p_site: site(CLEANED), p_date }));
	const entry = { id: randomUUID(), task_id: task, bags: 7, device_id: randomUUID(), seq: 1 };
	await ok(client.rpc('record_results', { p_entries: [{ ...entry, at: new Date().toISOString() }] }));
	const { data } = await client.auth.getSession();
	for (const [kind, background] of [
		['before', '#665544'],
		['after', '#88aa88']
	] as const) {
		const id = randomUUID();
		const body = await sharp({ create: { width: 400, height: 300, channels: 3, background } })
			.jpeg()
			.toBuffer();
		const sent = await fetch(`${url}/photos?id=${id}&task=${task}&kind=${kind}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${data.session!.access_token}`, 'content-type': 'image/jpeg' },
			body: new Uint8Array(body)
		});
		expect(sent.status, await sent.text()).toBe(201);
		if (kind === 'after') await ok(client.rpc('release_photo', { p_photo: id, p_release: true }));
	}
	return { district, organizer: district.admin, site, task };
}

const test = base.extend<object, { world: World }>({
	world: [async ({ app }, use) => use(await world(app.url, await foundDistrict(app))), { scope: 'worker' }]
});
test.describe.configure({ timeout: 120_000 });

for (const language of ['zh', 'en'] as const) {
	const say = words(language);
	test.describe(language, () => {
		test.use({ locale: localeOf[language], viewport: { width: 360, height: 740 } });

		test('the list is narrowed to what needs cleaning, without scripts', async ({ browser, app, world }) => {
			void world;
			const context = await browser.newContext({
				baseURL: app.url,
				javaScriptEnabled: false,
				locale: localeOf[language],
				viewport: { width: 360, height: 740 }
			});
			const page = await context.newPage();
			await page.goto('/sites');
			await expect(page.getByText(say.sites_count({ count: '4' }))).toBeVisible();
			await page.getByRole('checkbox', { name: say.sites_filter_needs() }).check();
			await page.getByRole('combobox', { name: say.sites_filter_kind() }).selectOption('drain');
			await page.getByRole('button', { name: say.sites_apply() }).click();
			// Not the one that was cleaned today, nor the corner that nobody waits for.
			await expect(page.getByText(say.sites_count({ count: '2' }))).toBeVisible();
			await expect(page.getByRole('checkbox', { name: say.sites_filter_needs() })).toBeChecked();
			await expect(page.getByRole('link', { name: CLEANED })).toHaveCount(0);
			await page
				.getByRole('combobox', { name: say.sites_filter_area() })
				.selectOption(world.district.area('老城街道'));
			await page.getByRole('button', { name: say.sites_apply() }).click();
			await expect(page.getByText(say.sites_count({ count: '1' }))).toBeVisible();
			await expect(page.getByRole('link', { name: '官井沟渠' })).toBeVisible();
			// What was asked goes along to the map, which says that it needs scripts, and back.
			await page.getByRole('link', { name: say.sites_view_map(), exact: true }).click();
			await expect(page.getByText(say.sites_map_needs_scripts())).toBeVisible();
			await page.getByRole('link', { name: say.sites_view_list(), exact: true }).click();
			await expect(page.getByText(say.sites_count({ count: '1' }))).toBeVisible();
			await context.close();
		});

		test('the map is loaded where it is opened, and has the nearest beside it', async ({
			page,
			context,
			world
		}) => {
			const scripts: string[] = [];
			page.on('request', (request) => {
				if (request.resourceType() === 'script') scripts.push(request.url());
			});
			await page.goto('/sites?needs');
			await expect(page.getByText(say.sites_count({ count: '2' }))).toBeVisible();
			expect(
				scripts.filter((url) => !url.endsWith('/enhance.js')),
				'the list brings no framework and no map'
			).toEqual([]);

			await page.getByRole('link', { name: say.sites_view_map(), exact: true }).click();
			const map = page.locator('.leaflet-container');
			await expect(map.locator('canvas')).toBeVisible();
			await expect(page.getByRole('checkbox', { name: say.sites_filter_needs() })).toBeChecked();
			await lookAt(page, 'public-sites-map');
			await expectNoSidewaysScroll(page);
			// One that is left is in the middle: a tap tells which it is.
			await page
				.getByRole('combobox', { name: say.sites_filter_area() })
				.selectOption(world.district.area('万里路街道'));
			await page.reload();
			await expect(async () => {
				await map.click();
				await expect(page.getByRole('link', { name: '万里沟渠' })).toBeVisible({ timeout: 1000 });
			}).toPass({ timeout: 30_000 });

			await page.getByRole('button', { name: say.sites_filter_clear() }).click();
			await context.grantPermissions(['geolocation']);
			await context.setGeolocation({ latitude: 27.6911, longitude: 106.921 });
			await page.getByRole('button', { name: say.sites_near_me() }).click();
			const rows = page.locator('ul[aria-busy] li');
			await expect(rows).toHaveCount(4);
			expect(await rows.locator('a').allInnerTexts()).toEqual(
				[CLEANED, '官井沟渠', '后巷死角', '万里沟渠'].map((name) => expect.stringContaining(name))
			);
			await lookAt(page, 'public-sites-near');
			await page.getByRole('link', { name: CLEANED }).click();
			await page.waitForURL(`**/sites/${world.site(CLEANED)}`);
		});

		test('a site’s page tells its history, with the photos that were released and no other', async ({
			page,
			world
		}) => {
			await page.goto(`/sites/${world.site(CLEANED)}`);
			await expect(page.getByText(say.sites_h_bags({ bags: '7' }))).toBeVisible();
			// What was done today is not to come.
			await expect(page.getByText(say.sites_next_planned({ date: '' }).trim())).toHaveCount(0);
			await expect(page.getByText(say.sites_site_after(), { exact: true })).toBeVisible();
			await expect(page.getByText(say.sites_site_before(), { exact: true })).toHaveCount(0);
			const photos = page.locator('figure img');
			await expect(photos).toHaveCount(1);
			await photos.scrollIntoViewIfNeeded();
			await expect
				.poll(() => photos.evaluate((img: HTMLImageElement) => img.naturalWidth))
				.toBeGreaterThan(0);
			await lookAt(page, 'public-site');
		});
	});
}
