/** Whom to call after a change: everybody who has not opened their page since, until they do. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test as base } from './app.ts';
import { foundDistrict, ok, type District } from './support/district.ts';
import { lookAt } from './support/screens.ts';
import { words } from './support/words.ts';

const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await foundDistrict(app)), { scope: 'worker' }]
});

const say = words('zh');

/** A guest signs up by the form; answers with the address of their own page. */
async function guestSignsUp(page: Page, gathering: string): Promise<string> {
	await page.goto(`/gatherings/${gathering}/signup`);
	await page.getByRole('textbox', { name: say.signup_name() }).fill('王女士');
	await page.getByRole('textbox', { name: say.signup_phone() }).fill('138 0000 4321');
	await page.getByRole('checkbox', { name: say.signup_consent() }).check();
	await page.locator('form[method=post] button[type=submit]').last().click();
	await page.waitForURL(/\/s\/[\w-]{22}$/);
	return new URL(page.url()).pathname;
}

test('who has not opened their page since a change is on the list, and opening it takes them off', async ({
	browser,
	district,
	app
}) => {
	const area = district.area('老城街道');
	const [organizer, resident] = [await district.account('李主任', area), await district.account('陈师傅')];
	const [gathering, own] = [randomUUID(), randomUUID()];
	const change = (p_fields: Record<string, string>) =>
		ok(
			organizer.client.rpc('save_gathering', {
				p_id: gathering,
				p_day: district.days[2]?.id ?? '',
				p_area: area,
				p_fields
			})
		);
	await change({ place: '官井路口', starts: '08:30', ends: '11:00' });

	const open = async (account?: typeof organizer) => {
		const context = await browser.newContext({ baseURL: app.url, locale: 'zh-CN' });
		await account?.signIn(context);
		return context.newPage();
	};
	let desk = await open(organizer);
	const [guest, phone] = [await open(), await open(resident)];

	// A guest, an account, and somebody without a phone whom the organizer wrote down.
	const link = await guestSignsUp(guest, gathering);
	await ok(resident.client.rpc('sign_up', { p_id: own, p_gathering: gathering, p_party: { headcount: 2 } }));
	await ok(
		organizer.client.rpc('sign_up_for', {
			p_gathering: gathering,
			p_parties: [{ id: randomUUID(), name: '赵阿姨', headcount: 1 }]
		})
	);

	/** The names on the list, as the organizer's page shows them when it is opened now. */
	const toCall = async () => {
		await desk.goto(`/organize/gatherings/${gathering}/tell`);
		const card = desk.locator('section, article, div').filter({
			has: desk.getByRole('heading', { name: say.gathering_tell_calls(), exact: true })
		});
		await expect(card.last()).toBeVisible();
		await expect(
			desk
				.getByText(say.gathering_tell_calls_none())
				.or(desk.getByRole('status').filter({ hasText: /还有/ }))
				.first()
		).toBeVisible();
		const boxes = await desk.getByRole('checkbox').all();
		const names = await Promise.all(boxes.map((box) => box.getAttribute('aria-label')));
		return names.map((name) => name?.replace(/：.*$/, '')).toSorted();
	};

	expect(await toCall(), 'nothing changed yet').toEqual([]);
	await change({ place: '小学门口' });
	expect(await toCall()).toEqual(['王女士', '赵阿姨', '陈师傅'].toSorted());
	// And the text for the group is of that change.
	const text = () => desk.getByLabel(say.gathering_tell_copy_label());
	await expect(text()).toHaveValue(/小学门口[\s\S]*http\S+$/);
	await expect(
		desk.getByRole('link', { name: say.gathering_tell_call_name({ name: '王女士' }) })
	).toHaveAttribute('href', 'tel:+8613800004321');
	await expect(desk.getByText(say.gathering_tell_no_phone()).first()).toBeVisible();
	await lookAt(desk, 'call-list');

	await guest.goto(link);
	await expect(guest.getByText('小学门口').first()).toBeVisible();
	expect(await toCall()).toEqual(['赵阿姨', '陈师傅'].toSorted());

	await phone.goto(`/me/signups/${own}`);
	await expect(phone.getByText('小学门口').first()).toBeVisible();
	await expect.poll(toCall).toEqual(['赵阿姨']);
	const seen = await ok(
		organizer.client.from('signups').select('name, seen_at').eq('gathering_id', gathering).order('queue_no')
	);
	expect(seen.map(({ name, seen_at }) => [name, seen_at !== null])).toEqual([
		['王女士', true],
		['陈师傅', true],
		['赵阿姨', false]
	]);

	// What concerns nobody's way there calls nobody anew; a further change calls everybody, who was called before too.
	await desk.getByRole('checkbox', { name: /赵阿姨/ }).check();
	await expect(desk.getByRole('status').filter({ hasText: /还有/ })).toContainText('0');
	await change({ bring: '手套' });
	expect(await toCall()).toEqual(['赵阿姨']);
	await expect(desk.getByRole('checkbox', { name: /赵阿姨/ })).toBeChecked();
	// The call itself leaves the app, and the phone may drop its tab meanwhile.
	const tab = desk;
	desk = await tab.context().newPage();
	await tab.close();
	await toCall();
	await expect(desk.getByRole('checkbox', { name: /赵阿姨/ })).toBeChecked();
	await ok(organizer.client.rpc('cancel_gathering', { p_gathering: gathering, p_reason: '暴雨' }));
	expect(await toCall()).toEqual(['王女士', '赵阿姨', '陈师傅'].toSorted());
	await expect(desk.getByText(say.gathering_tell_why_cancelled()).first()).toBeVisible();
	await expect(text()).toHaveValue(/暴雨[\s\S]*http\S+$/);
	await expect(desk.getByRole('checkbox', { name: /赵阿姨/ })).not.toBeChecked();
	for (const page of [desk, guest, phone]) await page.context().close();
});
