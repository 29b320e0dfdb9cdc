/** Children at a dangerous site: said and asked where the plan is published, where somebody just came, and where a party brings more of them. */
import { randomUUID } from 'node:crypto';
import { expect, test as base } from './app.ts';
import { foundDistrict, ok, type District } from './support/district.ts';
import { lookAt } from './support/screens.ts';
import { openToday, type Today } from './support/today.ts';
import { words } from './support/words.ts';

const test = base.extend<object, { scene: { district: District; today: Today } }>({
	scene: [
		async ({ app }, use) => {
			const district = await foundDistrict(app);
			await use({ district, today: await openToday(district) });
		},
		{ scope: 'worker' }
	]
});
test.describe.configure({ mode: 'serial', timeout: 120_000 });

const say = words('zh');
const family = randomUUID();

test('a site that became dangerous after a family was sent there is named before the plan is published', async ({
	page,
	context,
	scene
}) => {
	const { organizer, gathering, task } = scene.today;
	const { client } = organizer;
	await ok(
		client.rpc('sign_up_for', {
			p_gathering: gathering,
			p_parties: [{ id: family, name: '刘家', headcount: 4, minors: 2 }]
		})
	);
	await ok(
		client.rpc('save_plan', {
			p_gathering: gathering,
			p_changes: [{ signup_id: family, task_id: task, was: null, leads: true }]
		})
	);
	await ok(
		client
			.from('sites')
			.update({ hazards: ['deep_water'] })
			.eq('name', '官井沟渠')
	);
	await organizer.signIn(context);
	await page.goto(`/organize/board/${gathering}`);
	await page.getByRole('button', { name: say.board_publish(), exact: true }).click();
	const dialog = page.getByRole('dialog', { name: say.board_publish_title() });
	await expect(
		dialog.getByText(
			say.board_publish_hazard_line({
				site: '官井沟渠',
				hazards: say.sites_hazard_deep_water(),
				names: '刘家'
			})
		)
	).toBeVisible();
	await lookAt(page, 'publish-hazard');
	await dialog.getByRole('button', { name: say.board_publish_anyway() }).click();
	await expect(dialog.getByText(say.board_publish_hazard_first()).first()).toBeVisible();
	const published = async () =>
		(await ok(client.from('gatherings').select('plan_published_at').eq('id', gathering)))[0]
			?.plan_published_at ?? null;
	expect(await published()).toBeNull();
	await dialog.getByRole('checkbox').check();
	await dialog.getByRole('button', { name: say.board_publish_anyway() }).click();
	await expect(dialog).toBeHidden();
	expect(await published()).not.toBeNull();
	expect(await ok(client.from('assignments').select('overrides').eq('signup_id', family))).toEqual([
		{ overrides: ['minors_at_hazard'] }
	]);
});

test('who just came with children is taken in only knowingly, without a signal too', async ({
	page,
	context,
	scene
}) => {
	const { organizer, task } = scene.today;
	const { client } = organizer;
	await organizer.signIn(context);
	await page.goto(`/lead/${task}`);
	await page.getByRole('button', { name: `+ ${say.roster_walk_in()}` }).click();
	const dialog = page.getByRole('dialog', { name: say.roster_walk_in() });
	await dialog.getByRole('textbox', { name: say.roster_name() }).fill('路人甲');
	await dialog.getByRole('spinbutton', { name: say.roster_how_many(), exact: true }).fill('3');
	await expect(dialog.getByRole('checkbox')).toHaveCount(0);
	await dialog
		.getByRole('button', { name: say.common_more({ label: say.roster_how_many_minors() }), exact: true })
		.click();
	await expect(dialog.getByText(say.roster_hazard({ hazards: say.sites_hazard_deep_water() }))).toBeVisible();
	await lookAt(page, 'walk-in-hazard');
	const add = dialog.getByRole('button', { name: say.roster_check_in({ heads: 3 }) });
	await add.click();
	await expect(dialog.getByText(say.roster_hazard_first())).toBeVisible();

	await context.setOffline(true);
	await dialog.getByRole('checkbox').check();
	await add.click();
	await expect(dialog).toBeHidden();
	await expect(page.getByRole('listitem').filter({ hasText: '路人甲' })).toBeVisible();
	await context.setOffline(false);
	await expect(async () => {
		const [party] = await ok(client.from('signups').select('id, headcount, minors').eq('name', '路人甲'));
		expect(party).toMatchObject({ headcount: 3, minors: 1 });
		expect(await ok(client.from('assignments').select('overrides').eq('signup_id', party!.id))).toEqual([
			{ overrides: ['minors_at_hazard'] }
		]);
	}).toPass({ timeout: 30_000 });
});

test('a party that brings children to a dangerous site is written down only knowingly, whatever way it is done', async ({
	page,
	context,
	scene
}) => {
	const { organizer, gathering, task } = scene.today;
	const { client } = organizer;
	const id = randomUUID();
	await ok(
		client.rpc('sign_up_for', {
			p_gathering: gathering,
			p_parties: [{ id, name: '周师傅', headcount: 2, minors: 0 }]
		})
	);
	await ok(
		client.rpc('save_plan', {
			p_gathering: gathering,
			p_changes: [{ signup_id: id, task_id: task, was: null, leads: false, confirm: ['over_max'] }]
		})
	);
	const overrides = async () =>
		(await ok(client.from('assignments').select('overrides').eq('signup_id', id)))[0]!.overrides;
	const events = () =>
		ok(
			client
				.from('attendance_events')
				.select('heads, minors, minors_confirmed')
				.eq('signup_id', id)
				.order('at')
		);
	await organizer.signIn(context);
	await page.goto(`/lead/${task}`);
	// Grown-ups only: one tap, nothing asked.
	await page.getByRole('button', { name: say.roster_tick({ name: '周师傅', heads: 2 }) }).click();
	await expect.poll(async () => (await events()).length).toBe(1);

	await context.setOffline(true);
	const again = page.getByRole('button', { name: say.roster_tick_again({ name: '周师傅' }) });
	await again.click();
	const dialog = page.getByRole('dialog', { name: '周师傅' });
	const more = (label: string) =>
		dialog.getByRole('button', { name: say.common_more({ label }), exact: true }).click();
	await more(say.roster_how_many());
	await expect(dialog.getByRole('checkbox')).toHaveCount(0);
	await more(say.roster_how_many_minors());
	await expect(dialog.getByText(say.roster_hazard({ hazards: say.sites_hazard_deep_water() }))).toBeVisible();
	await lookAt(page, 'heads-hazard');
	const change = dialog.getByRole('button', { name: say.roster_change_to({ heads: 3 }) });
	await change.click();
	await expect(dialog.getByText(say.roster_hazard_first())).toBeVisible();
	await dialog.getByRole('checkbox').check();
	await change.click();
	await expect(dialog).toBeHidden();

	// Known now: nobody is asked twice, on this phone without a signal neither.
	await again.click();
	await expect(dialog.getByRole('checkbox')).toHaveCount(0);
	await dialog.getByRole('button', { name: say.common_close() }).click();
	expect(await overrides()).toEqual(['over_max']);
	await context.setOffline(false);
	await expect.poll(events).toEqual([
		{ heads: 2, minors: 0, minors_confirmed: false },
		{ heads: 3, minors: 1, minors_confirmed: true }
	]);
	expect(await overrides()).toEqual(['over_max', 'minors_at_hazard']);
});
