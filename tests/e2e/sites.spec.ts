/**
 * A utility's list of drains becomes sites, as organizers do it: upload, mapping, check, cancel, import, the same file again; then
 * the list, the map, a site's page and its editor, and the file that gives everything back. On a phone in Chinese, on a desktop in
 * English.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Download, Locator, Page } from '@playwright/test';
import { parse, type Table } from '../../src/lib/domain/site-import/index.ts';
import { utilityDrains } from '../../src/lib/domain/site-import/fixtures/utility-drains.ts';
import { expect, test as base } from './app.ts';
import { foundDistrict, ok, type Account, type District } from './support/district.ts';
import { lookAt } from './support/screens.ts';
import { localeOf, words, type Language, type Words } from './support/words.ts';

const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await foundDistrict(app)), { scope: 'worker' }]
});
test.describe.configure({ timeout: 240_000 });

const ROWS = 3600;
const NAME = 'drains-2026.csv';
/** What it is called as a list. */
const LIST = 'drains-2026';
/** Of each nine rows one is proposed and one abandoned. */
const LEFT_OUT = (ROWS / 9) * 2;
const GOOD = ROWS - LEFT_OUT;

/** Rows that cannot be imported: at the file's end, each with the line it stands in. */
const BAD = [
	{ id: '900001', x: '0', y: '0' },
	{ id: '900002', x: 'unknown', y: '27.7' },
	{ id: '38', x: '106.92', y: '27.7' }
].map((row, i) => ({ ...row, line: ROWS + 2 + i }));
const badRow = ({ id, x, y }: (typeof BAD)[number]) =>
	`0,${id},0,1,0, ,11/14/1939 12:00:00 AM,0,Active,Storm,PF-62,Works, ,,0,Unk,Unk,9999,9999, ,9999,${x},${y}\r\n`;
const FILE = utilityDrains(ROWS) + BAD.map(badRow).join('');

/** What a download holds, as a table. */
async function tableOf(download: Download): Promise<Table> {
	const text = await readFile(await download.path(), 'utf8');
	expect(text.startsWith('\uFEFF'), 'Excel reads it').toBe(true);
	return parse(text.slice(1));
}

class Desk {
	readonly count: (n: number) => string;
	constructor(
		readonly page: Page,
		readonly say: Words,
		language: Language
	) {
		this.count = (n) => new Intl.NumberFormat(localeOf[language]).format(n);
	}
	choice(label: string): Locator {
		return this.page.getByRole('combobox', { name: label });
	}
	figure(caption: string): Locator {
		return this.page.locator('.figure').filter({ hasText: caption }).locator('.value');
	}
	button(name: string): Locator {
		return this.page.getByRole('button', { name, exact: true });
	}
	async download(button: string): Promise<Table> {
		const [download] = await Promise.all([this.page.waitForEvent('download'), this.button(button).click()]);
		return tableOf(download);
	}

	/** From the chosen file to the numbers of what would come of it. */
	async check(street: string, known: boolean, name = NAME): Promise<void> {
		const { page, say } = this;
		await page
			.locator('input[type=file]')
			.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(FILE) });
		await expect(
			page.getByText(
				say.import_found({
					name,
					rows: this.count(ROWS + BAD.length),
					columns: 23,
					encoding: 'UTF-8'
				})
			)
		).toBeVisible();
		for (const [field, column] of [
			[say.import_field_external_id(), 'OBJECTID'],
			[say.import_field_lng(), 'x'],
			[say.import_field_lat(), 'y'],
			[say.import_field_status(), 'LifecycleS'],
			[say.import_field_note(), 'Comments']
		] as const)
			await expect(this.choice(field).first(), field).toHaveValue(column);
		if (!known) await lookAt(page, 'import-columns');
		await this.button(say.common_next()).click();

		await expect(this.choice(say.import_area())).toHaveValue(street);
		await expect(page.getByText(say.import_dataset_known())).toBeVisible({ visible: known });
		// Most such lists in China come from a map that is shifted.
		await this.choice(say.import_datum()).selectOption('gcj02');
		await expect(this.choice(say.import_kind()).first()).toHaveValue('drain');
		const status = (name: string, n: number) =>
			page.getByRole('checkbox', { name: say.import_status_count({ status: name, count: this.count(n) }) });
		await expect(status('Proposed', ROWS / 9)).toBeChecked();
		await expect(status('Abandoned', ROWS / 9)).toBeChecked();
		await expect(status('Active', GOOD + BAD.length)).not.toBeChecked();
		if (!known) await lookAt(page, 'import-options');
		await this.button(say.import_check()).click();
		await expect(this.figure(say.import_will_import())).toHaveText(this.count(GOOD));
		await expect(this.figure(say.import_will_leave_out())).toHaveText(this.count(LEFT_OUT));
		await expect(this.figure(say.import_will_fail())).toHaveText(this.count(BAD.length));
	}

	start(): Promise<void> {
		return this.button(this.say.import_start({ count: this.count(GOOD) })).click();
	}

	async done(inserted: number, updated: number, unchanged: number): Promise<void> {
		const { page, say } = this;
		await expect(page.getByText(say.import_done(), { exact: true })).toBeVisible({ timeout: 90_000 });
		await expect(this.figure(say.import_done_inserted())).toHaveText(this.count(inserted));
		await expect(this.figure(say.import_done_updated())).toHaveText(this.count(updated));
		await expect(this.figure(say.import_done_unchanged())).toHaveText(this.count(unchanged));
	}
}

async function sitesOf({ client }: Account, area: string): Promise<number> {
	const { count, error } = await client
		.from('sites')
		.select('id', { count: 'exact', head: true })
		.eq('area_id', area);
	if (error) throw new Error(JSON.stringify(error));
	return count ?? 0;
}

for (const [language, street, viewport] of [
	['zh', '老城街道', { width: 360, height: 740 }],
	['en', '万里路街道', { width: 1280, height: 800 }]
] as const) {
	test(`${language}: a list of drains is imported, worked with and given back`, async ({
		browser,
		app,
		district
	}) => {
		const say = words(language);
		const area = district.area(street);
		const organizer = await district.account('李主任', area);
		const context = await browser.newContext({
			baseURL: app.url,
			viewport,
			locale: localeOf[language],
			timezoneId: 'Asia/Shanghai'
		});
		await organizer.signIn(context);
		const page = await context.newPage();
		const desk = new Desk(page, say, language);
		/** The names that sites without one are given. */
		const named = (id: number) => `${say.sites_kind_drain()} ${id}`;
		/** Row 1038 of the file: active, one of those with a plan number. */
		const ID = 1038;

		await test.step('the file is read, mapped and checked', async () => {
			await page.goto('/organize/sites');
			await page.getByRole('link', { name: say.sites_import(), exact: true }).first().click();
			await desk.check(area, false);
			await expect(page.getByText(named(38), { exact: true })).toBeVisible();
			const reasons = [
				say.import_reason_coordinates_zero(),
				say.import_reason_coordinates_not_numbers({ detail: 'unknown' }),
				say.import_reason_duplicate_id({ detail: '2' })
			];
			for (const [i, { line }] of BAD.entries())
				await expect(
					page.getByRole('listitem').filter({ hasText: say.import_line_number({ line }) })
				).toContainText(reasons[i] ?? '');
			await lookAt(page, 'import-check');

			const errors = await desk.download(say.import_errors_download());
			expect(errors.headers.slice(0, 4)).toEqual([say.import_line(), say.import_reason(), 'FID', 'OBJECTID']);
			expect(errors.rows.map(({ cells }) => [cells[0], cells[3]])).toEqual(
				BAD.map(({ line, id }) => [String(line), id])
			);
		});

		await test.step('cancelled under way, it leaves nothing', async () => {
			let sent = 0;
			let letGo = () => {};
			const held = new Promise<void>((done) => (letGo = done));
			await page.route('**/rest/v1/rpc/stage_site_rows', async (route) => {
				if (++sent > 1) await held;
				await route.continue();
			});
			await desk.start();
			await expect(
				page.getByText(say.import_sending({ done: '500', total: desk.count(GOOD) }))
			).toBeVisible();
			await expect(page.getByRole('progressbar', { name: say.import_title() })).toBeVisible();
			await lookAt(page, 'import-sending');
			await desk.button(say.import_cancel()).click();
			letGo();
			await expect(page.getByText(say.import_cancelled())).toBeVisible();
			expect(sent, 'the rest was never sent').toBe(2);
			expect(await sitesOf(organizer, area)).toBe(0);
			await page.unroute('**/rest/v1/rpc/stage_site_rows');
		});

		await test.step('imported, all good rows are there', async () => {
			await desk.start();
			await desk.done(GOOD, 0, 0);
			await lookAt(page, 'import-done');
			expect(await sitesOf(organizer, area)).toBe(GOOD);
		});

		await test.step('the list finds one; its page tells what the file said', async () => {
			await page.getByRole('link', { name: say.import_see_sites() }).click();
			await expect(page.getByText(say.sites_count({ count: desk.count(GOOD) }))).toBeVisible();
			await desk.choice(say.sites_filter_kind()).selectOption('dead_corner');
			await expect(page.getByText(say.sites_none_found())).toBeVisible();
			await desk.button(say.sites_filter_clear()).first().click();
			await page.getByRole('searchbox', { name: say.sites_search() }).fill(named(ID));
			await expect(page.getByText(say.sites_count({ count: '1' }))).toBeVisible();
			await lookAt(page, 'sites-list');
			await page.getByRole('link', { name: named(ID) }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(named(ID));
			await page.getByText(say.sites_site_extra()).click();
			await expect(page.locator('.extra')).toContainText('PlanNum');
			await lookAt(page, 'site-page');
		});

		const renamed = language === 'zh' ? '官井沟渠' : 'Well street ditch';
		let metres = 0;
		await test.step('the editor renames it and measures it along a line', async () => {
			await page.getByRole('link', { name: say.common_edit(), exact: true }).click();
			await page.getByRole('textbox', { name: say.sites_form_name(), exact: true }).fill(renamed);
			await desk.button(say.sites_form_measure()).click();
			const dialog = page.getByRole('dialog', { name: say.sites_form_measure_title() });
			const map = dialog.locator('.leaflet-container');
			await expect(map).toBeVisible();
			const use = dialog.getByRole('button', { name: say.sites_form_measure_use() });
			await expect(use).toBeDisabled();
			for (const [x, y] of [
				[120, 60],
				[180, 120],
				[240, 60]
			] as const)
				await map.click({ position: { x, y } });
			const measured = dialog.getByRole('status').last();
			await expect(measured).toContainText(/[1-9]/);
			const three = Number(/[\d.]+/.exec(await measured.innerText())?.[0]);
			await dialog.getByRole('button', { name: say.sites_form_measure_undo() }).click();
			await expect(measured).not.toContainText(String(three));
			metres = Number(/[\d.]+/.exec(await measured.innerText())?.[0]);
			expect(metres).toBeLessThan(three);
			await lookAt(page, 'site-measure');
			await use.click();
			await expect(
				page.getByRole('textbox', { name: say.sites_form_length(), exact: false }).first()
			).toHaveValue(metres.toFixed(1));
			await lookAt(page, 'site-editor');
			await page.getByRole('button', { name: say.common_save(), exact: true }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(renamed);
			const saved = await ok(
				organizer.client.from('sites').select('id, name, length_m').eq('name', renamed).eq('area_id', area)
			);
			expect(saved).toMatchObject([{ length_m: metres }]);

			// It was cleaned today: it no longer needs to be.
			const task = randomUUID();
			const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
			await ok(
				organizer.client.rpc('add_campaign_task', { p_id: task, p_site: saved[0]?.id ?? '', p_date: date })
			);
			const entry = { id: randomUUID(), task_id: task, bags: 3, device_id: randomUUID(), seq: 1 };
			await ok(
				organizer.client.rpc('record_results', {
					p_entries: [{ ...entry, at: new Date().toISOString() }]
				})
			);
			await page.reload();
			await expect(page.getByText(say.sites_h_bags({ bags: '3' }))).toBeVisible();
		});

		await test.step('what needs cleaning is all the others; the map shows them', async () => {
			await page.goto('/organize/sites');
			await expect(page.getByText(say.sites_count({ count: desk.count(GOOD) }))).toBeVisible();
			await page.getByRole('checkbox', { name: say.sites_filter_needs() }).check();
			await expect(page.getByText(say.sites_count({ count: desk.count(GOOD - 1) }))).toBeVisible();
			await page.getByRole('checkbox', { name: say.sites_filter_needs() }).uncheck();
			await page.getByRole('searchbox', { name: say.sites_search() }).fill(renamed);
			await expect(page.getByText(say.sites_count({ count: '1' }))).toBeVisible();
			await page.getByRole('link', { name: say.sites_view_map(), exact: true }).click();
			// Thousands of dots are one drawing; a single one stands in its middle.
			const map = page.locator('.leaflet-container');
			await expect(map.locator('canvas')).toBeVisible();
			await expect(async () => {
				await map.click();
				await expect(page.getByRole('link', { name: renamed })).toBeVisible({ timeout: 1000 });
			}).toPass({ timeout: 30_000 });
			await lookAt(page, 'sites-map');
		});

		await test.step('the same file again changes nothing; what was edited here stays', async () => {
			await page.goto('/organize/sites/import');
			await desk.check(area, true);
			await desk.start();
			await desk.done(0, 0, GOOD);
			await expect(page.getByText(say.import_done_nothing_new())).toBeVisible();
			expect(await sitesOf(organizer, area)).toBe(GOOD);

			// Under another name it would all be there twice: one is asked, before anything is sent.
			await page.goto('/organize/sites/import');
			await desk.check(area, false, 'copy of drains.csv');
			const which = page.getByText(say.import_twin_title(), { exact: true });
			await expect(which).toBeVisible();
			await expect(
				page.getByText(
					new RegExp(
						`${LIST}.*${desk.count(GOOD)}.*${desk.count(GOOD)}|${desk.count(GOOD)}.*${desk.count(GOOD)}.*${LIST}`
					)
				)
			).toBeVisible();
			const start = desk.button(say.import_start({ count: desk.count(GOOD) }));
			await expect(start).toBeDisabled();
			await lookAt(page, 'import-twin');
			await desk.button(say.import_twin_other()).click();
			await expect(which).toBeHidden();
			await expect(start).toBeEnabled();
			// On second thoughts.
			await desk.button(say.import_back_to_columns()).click();
			await desk.button(say.import_check()).click();
			await desk.button(say.import_twin_same({ name: LIST })).click();
			await expect(page.getByText(say.import_dataset_known())).toBeVisible();
			await desk.start();
			await desk.done(0, 0, GOOD);
			expect(await sitesOf(organizer, area)).toBe(GOOD);
			expect(
				await ok(organizer.client.from('sites').select('length_m').eq('name', renamed).eq('area_id', area))
			).toMatchObject([{ length_m: metres }]);
		});

		await test.step('the export gives the file back, its other columns included, and what was edited', async () => {
			await page.goto('/organize/sites');
			const given = parse(FILE.slice(1));
			const back = await desk.download(say.sites_export());
			expect(back.headers.slice(0, given.headers.length)).toEqual(given.headers);
			const at = (header: string) => back.headers.indexOf(header);
			const [id, name, length] = [
				at('OBJECTID'),
				at(say.import_field_name()),
				at(say.import_field_length_m())
			] as const;
			const status = given.headers.indexOf('LifecycleS');
			const expected = given.rows
				.slice(0, ROWS)
				.filter(({ cells }) => cells[status] === 'Active')
				.map(({ cells }) => cells.map((cell) => cell.trim()));
			expect(
				back.rows.map(({ cells }) => cells.slice(0, given.headers.length).map((cell) => cell.trim()))
			).toEqual(expected);
			const edited = back.rows.find(({ cells }) => cells[id] === String(ID))?.cells ?? [];
			expect([edited[name], edited[length]]).toEqual([renamed, String(metres)]);
		});
		await context.close();
	});
}
