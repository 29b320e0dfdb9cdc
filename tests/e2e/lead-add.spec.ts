/** A leader without a crew signs neighbours up: from an empty page of crews to a party and a list; and nothing elsewhere. */
import { randomUUID } from 'node:crypto';
import { expect, test as base } from './app.ts';
import { foundDistrict, ok, planAhead, type District } from './support/district.ts';
import { expectNoSidewaysScroll, lookAt } from './support/screens.ts';
import { words } from './support/words.ts';

const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await planAhead(await foundDistrict(app))), { scope: 'worker' }]
});

test.describe.configure({ timeout: 120_000 });

const say = words('zh');

test('a leader signs up others, for the gatherings of their own area only', async ({
	page,
	context,
	district
}) => {
	const [own, other] = [district.area('老城街道'), district.area('万里路街道')];
	const p_day = district.days[0]?.id ?? '';
	const open = async (area: string, place: string) => {
		const p_fields = { place, starts: '08:30', ends: '11:00', capacity: 8 };
		const p_id = randomUUID();
		await ok(district.admin.client.rpc('save_gathering', { p_id, p_day, p_area: area, p_fields }));
		return p_id;
	};
	const gathering = await open(own, '府后山广场');
	const elsewhere = await open(other, '万里桥');
	const leader = await district.account('陈师傅', own, 'leader');
	await leader.signIn(context);

	await page.goto('/lead');
	await expect(page.getByText(say.roster_mine_none())).toBeVisible();
	await lookAt(page, 'lead-empty');
	// What the browser offers is offered here, once.
	await page.evaluate(() =>
		dispatchEvent(
			Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
				prompt: () => Promise.resolve({ outcome: 'accepted' })
			})
		)
	);
	await page.getByRole('button', { name: say.common_install(), exact: true }).click();
	await expect(page.getByText(say.common_install_title())).toHaveCount(0);
	await page.getByRole('link', { name: say.roster_add() }).click();

	await expect(page.getByText('万里桥')).toHaveCount(0);
	await lookAt(page, 'lead-add-list');
	await page.getByRole('link', { name: /府后山广场/ }).click();

	await page.getByLabel(say.gathering_party_name(), { exact: true }).fill('李奶奶');
	await lookAt(page, 'lead-add-one');
	await page.getByRole('button', { name: say.gathering_add_do({ heads: 1 }) }).click();
	await expect(page.getByText(say.gathering_added({ name: '李奶奶', heads: 1 }))).toBeVisible();

	await page.getByText(say.gathering_add_list()).click();
	await page.getByLabel(say.gathering_list_label()).fill('刘家 4人 2小孩\n青年队 8人');
	await page.getByRole('button', { name: say.gathering_list_do({ count: 2 }) }).click();
	await expect(page.getByText(say.gathering_list_waiting({ count: 1 }))).toBeVisible();
	await expectNoSidewaysScroll(page);

	const { client } = district.admin;
	const booked = await ok(
		client.from('signups').select('name, headcount, status, source').order('headcount')
	);
	expect(booked).toEqual([
		{ name: '李奶奶', headcount: 1, status: 'confirmed', source: 'organizer' },
		{ name: '刘家', headcount: 4, status: 'confirmed', source: 'organizer' },
		{ name: '青年队', headcount: 8, status: 'waitlisted', source: 'organizer' }
	]);

	await page.goto(`/lead/add/${elsewhere}`);
	await expect(page.getByText(say.roster_add_gone())).toBeVisible();
	const { error } = await leader.client.rpc('sign_up_for', {
		p_gathering: elsewhere,
		p_parties: [{ id: randomUUID(), name: '路人', headcount: 1 }]
	});
	expect(error?.message).toBe('lf:not_yours');
	expect(await ok(client.from('signups').select('id').eq('gathering_id', elsewhere))).toEqual([]);
	expect(await ok(client.from('signups').select('id').eq('gathering_id', gathering))).toHaveLength(3);
});
