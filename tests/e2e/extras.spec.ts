/** Wishes, own tools and "I can lead": with an account, and changed afterwards, through the secret link also without scripts. */
import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { expect, test as base } from './app.ts';
import { foundDistrict, ok, type District } from './support/district.ts';
import { lookAt } from './support/screens.ts';
import { localeOf, words } from './support/words.ts';

interface Scene {
	district: District;
	gathering: string;
	/** What stands in the table, by the party's name. */
	booked: (name: string) => Promise<unknown>;
}

const test = base.extend<object, { scene: Scene }>({
	scene: [
		async ({ app }, use) => {
			const district = await foundDistrict(app);
			const { client } = district.admin;
			const gathering = randomUUID();
			await ok(
				client.rpc('save_gathering', {
					p_id: gathering,
					p_day: district.days[1]?.id ?? '',
					p_area: district.area('老城街道'),
					p_fields: { place: '官井路口', starts: '08:30', ends: '11:00', capacity: 60 }
				})
			);
			const booked = async (name: string) =>
				(await ok(client.from('signups').select('headcount, wishes, tools, can_lead').eq('name', name)))[0];
			await use({ district, gathering, booked });
		},
		{ scope: 'worker' }
	]
});
test.describe.configure({ timeout: 120_000 });

/** What a finger taps: the checkbox itself is not to be seen. */
const chip = (within: Page | Locator, text: string) => within.locator('label', { hasText: text });

for (const language of ['zh', 'en'] as const) {
	const say = words(language);

	test(`${language}: a guest changes them through the secret link, without scripts`, async ({
		browser,
		app,
		scene
	}) => {
		const name = `王女士 ${language}`;
		const context = await browser.newContext({
			baseURL: app.url,
			locale: localeOf[language],
			javaScriptEnabled: false
		});
		const page = await context.newPage();
		await page.goto(`/gatherings/${scene.gathering}/signup`);
		await page.getByRole('textbox', { name: say.signup_name() }).fill(name);
		await page
			.getByRole('textbox', { name: say.signup_phone() })
			.fill(`13${language === 'zh' ? 8 : 9}00000071`);
		await chip(page, say.signup_wish_drain()).click();
		await page.getByRole('checkbox', { name: say.signup_consent() }).check();
		await page.getByRole('button', { name: say.calendar_sign_up(), exact: true }).click();
		await expect(page).toHaveURL(/\/s\/[\w-]{22}$/);

		await page.getByText(say.signup_change()).click();
		await expect(page.locator('summary').getByText(say.signup_wish_drain())).toBeVisible();
		await page.getByText(say.signup_extras()).click();
		await expect(page.getByLabel(say.signup_wish_drain())).toBeChecked();
		await lookAt(page, 'extras-link');
		await chip(page, say.signup_wish_drain()).click();
		await chip(page, say.signup_wish_market()).click();
		await page.getByRole('textbox', { name: say.signup_tools() }).fill('铁锹 2 把');
		await page.getByRole('checkbox', { name: say.signup_lead() }).check();
		await page.getByRole('button', { name: say.signup_change_save() }).click();
		await expect(page).toHaveURL(/\/s\/[\w-]{22}$/);
		await expect(async () =>
			expect(await scene.booked(name)).toEqual({
				headcount: 1,
				wishes: ['market'],
				tools: '铁锹 2 把',
				can_lead: true
			})
		).toPass();

		// What was ticked can be taken back too.
		await page.getByText(say.signup_change()).click();
		await page.getByText(say.signup_extras()).click();
		await chip(page, say.signup_wish_market()).click();
		await page.getByRole('checkbox', { name: say.signup_lead() }).uncheck();
		await page.getByRole('button', { name: say.signup_change_save() }).click();
		await expect(async () =>
			expect(await scene.booked(name)).toMatchObject({ wishes: [], can_lead: false })
		).toPass();
		await context.close();
	});

	test(`${language}: with an account they are folded away, and two taps stay two taps`, async ({
		browser,
		app,
		scene
	}) => {
		const name = `周先生 ${language}`;
		const resident = await scene.district.account(name);
		const context = await browser.newContext({ baseURL: app.url, locale: localeOf[language] });
		await resident.signIn(context);
		const page = await context.newPage();
		await page.goto(`/gatherings/${scene.gathering}/signup`);
		const form = page.getByRole('region', { name: say.signup_as({ name }) });
		await expect(form.getByLabel(say.signup_wish_drain())).toBeHidden();
		await form.getByText(say.signup_extras()).click();
		await chip(form, say.signup_wish_drain()).click();
		await form.getByRole('checkbox', { name: say.signup_lead() }).check();
		await lookAt(page, 'extras-account');
		await form.getByRole('button', { name: say.signup_submit({ count: 1 }) }).click();
		await page.waitForURL('**/me');
		expect(await scene.booked(name)).toEqual({ headcount: 1, wishes: ['drain'], tools: '', can_lead: true });

		await page.getByRole('button', { name: say.me_change() }).click();
		const dialog = page.getByRole('dialog', { name: say.me_change_title() });
		await expect(dialog.locator('summary').getByText(say.signup_wish_drain())).toBeVisible();
		await dialog.getByText(say.signup_extras()).click();
		await chip(dialog, say.signup_wish_market()).click();
		await dialog.getByRole('textbox', { name: say.signup_tools() }).fill('扫把');
		await dialog.getByRole('checkbox', { name: say.signup_lead() }).uncheck();
		await lookAt(page, 'extras-change');
		await dialog.getByRole('button', { name: say.common_save() }).click();
		await expect(dialog).toBeHidden();
		expect(await scene.booked(name)).toEqual({
			headcount: 1,
			wishes: ['drain', 'market'],
			tools: '扫把',
			can_lead: false
		});
		await context.close();
	});
}
