/** Work on other days: planned without a gathering, recorded like any other, and in the same public sums. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test as base } from './app.ts';
import { foundDistrict, ok, type District } from './support/district.ts';
import { lookAt } from './support/screens.ts';
import { localeOf, words } from './support/words.ts';

const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await foundDistrict(app)), { scope: 'worker' }]
});
test.describe.configure({ timeout: 120_000 });

const dateIn = (days: number) =>
	new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() + days * 86_400_000);

for (const [language, street, viewport] of [
	['zh', '老城街道', { width: 360, height: 740 }],
	['en', '万里路街道', { width: 1280, height: 800 }]
] as const) {
	test(`${language}: campaign work goes from a date to the public page`, async ({
		browser,
		app,
		district
	}) => {
		const say = words(language);
		const area = district.area(street);
		const organizer = await district.account('李主任', area);
		for (const [kind, name, length_m] of [
			['drain', `${street}边沟`, 200],
			['roadside', `${street}主干道`, null]
		] as const)
			await ok(
				organizer.client.from('sites').insert({ id: randomUUID(), area_id: area, kind, name, length_m })
			);
		const context = await browser.newContext({
			baseURL: app.url,
			viewport,
			locale: localeOf[language],
			timezoneId: 'Asia/Shanghai'
		});
		await organizer.signIn(context);
		const page = await context.newPage();

		const plan = async (date: string, ...sites: string[]) => {
			await page.getByRole('button', { name: say.board_campaign_new() }).click();
			for (const site of sites) await page.getByRole('checkbox', { name: new RegExp(site) }).check();
			const add = page.getByRole('button', { name: say.board_tasks_add({ count: sites.length }) });
			await add.click();
			await expect(page.getByText(say.board_campaign_date_missing())).toBeVisible();
			await page.getByLabel(say.board_campaign_date()).fill(date);
			await add.click();
			await expect(page.getByText(say.board_campaign_many({ count: sites.length }))).toBeVisible();
		};
		const record = async (row: number, figures: Record<string, string>, weighed: boolean) => {
			await page.getByRole('link', { name: say.board_campaign_record() }).nth(row).click();
			for (const [label, value] of Object.entries(figures))
				await page.getByRole('textbox', { name: label }).first().fill(value);
			const choice = weighed ? say.results_weighed() : say.results_estimated();
			await page.getByText(choice, { exact: true }).click();
			await page.getByRole('button', { name: say.results_save(), exact: true }).click();
			await expect(page.getByText(say.results_entries(), { exact: true })).toBeVisible();
		};
		/** How many of these the server holds. */
		const kept = async () =>
			(await ok(organizer.client.from('result_entries').select('id').eq('area_id', area))).length;

		await test.step('two days are planned, one of them with two sites', async () => {
			await page.goto('/organize/campaign');
			await expect(page.getByText(say.board_campaign_none())).toBeVisible();
			// Yesterday and the day before: a new district's calendar has no labour day on them.
			await plan(dateIn(-1), `${street}边沟`, `${street}主干道`);
			await plan(dateIn(-2), `${street}主干道`);
			await lookAt(page, 'campaign-list');
		});

		await test.step('what was done is recorded', async () => {
			await record(0, { [say.results_label_kg()]: '300' }, true);
			await expect.poll(kept).toBe(1);
			await lookAt(page, 'campaign-record');
			await page.goto('/organize/campaign');
			await record(1, { [say.results_label_kg()]: '1200' }, false);
			await expect.poll(kept).toBe(2);
			await page.goto('/organize/campaign');
			await record(2, { [say.results_label_kg()]: '90' }, false);
			await expect.poll(kept).toBe(3);
		});

		await test.step('the public page has it: the year, the day, the task', async () => {
			const visitor = await browser.newContext({ baseURL: app.url, viewport, locale: localeOf[language] });
			const seen = await visitor.newPage();
			const rubbish = (where: Page, ...apart: string[]) =>
				expect(
					where.locator('.figure', { hasText: apart.join(say.common_separator()) }),
					apart.join()
				).toBeVisible();
			const mass = (tonnes: boolean, count: string) =>
				tonnes ? say.results_amount_tonnes({ count }) : say.results_amount_kg({ count });
			const weighed = say.results_mass_weighed({ mass: mass(false, '300') });
			// The year may turn between the two days: then each is in its own.
			await seen.goto(`/results?year=all&area=${area}`);
			await rubbish(seen, weighed, say.results_mass_estimated({ mass: mass(true, '1.2') }));
			await lookAt(seen, 'campaign-public');
			await seen
				.getByRole('listitem')
				.filter({ hasText: say.results_other_day() })
				.first()
				.getByRole('link')
				.click();
			await expect(seen).toHaveURL(new RegExp(`day=${dateIn(-1)}`));
			await seen.getByRole('link', { name: `${street}边沟` }).click();
			await expect(seen.getByRole('heading', { level: 1 })).toHaveText(`${street}边沟`);
			await expect(seen.locator('#entries')).toBeVisible();
			await visitor.close();
		});
		await context.close();
	});
}
