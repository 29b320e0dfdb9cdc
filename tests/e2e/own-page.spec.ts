/**
 * What a volunteer reads on their own page, by the secret link without scripts and signed in: the published plan with all that
 * one needs to get there, and every change after it.
 */
import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { expect, test as base } from './app.ts';
import { foundDistrict, ok, planAhead, type District } from './support/district.ts';
import { lookAt } from './support/screens.ts';
import { localeOf, words, type Words } from './support/words.ts';

const test = base.extend<object, { district: District }>({
	district: [async ({ app }, use) => use(await planAhead(await foundDistrict(app))), { scope: 'worker' }]
});
test.describe.configure({ timeout: 180_000 });

const ANDROID =
	'Mozilla/5.0 (Linux; Android 9; V1816A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36';
/** A place whose position in both Chinese datums another library publishes (coordtransform's readme): GPS, and what maps are given. */
const PLACE = { lng: 116.404, lat: 39.915 };
const GCJ02 = [116.41024449916938, 39.91640428150164] as const;
/** From GCJ-02 to BD-09 there, by the same readme. */
const BD09 = [GCJ02[0] + 0.00636949, GCJ02[1] + 0.00633699] as const;

/** Two numbers of an address, held against where they should point: ten metres are nearer than any mix-up of datums. */
function expectNear(found: string | null | undefined, [lng, lat]: readonly [number, number]) {
	const [x, y] = (found ?? '').split(',').map(Number);
	expect(Math.abs((x ?? 0) - lng), `${found}: longitude`).toBeLessThan(0.0001);
	expect(Math.abs((y ?? 0) - lat), `${found}: latitude`).toBeLessThan(0.0001);
}
const swapped = (text: string | null | undefined) => text?.split(',').toReversed().join(',');

/** The ways to a place: the button, and behind "other maps" the others; each in the datum of its map. */
async function expectWay(page: Page, card: Locator, say: Words, name: string): Promise<void> {
	const href = async (link: Locator) => (await link.getAttribute('href')) ?? '';
	const amap = new URL(await href(card.getByRole('link', { name: say.me_navigate_to({ place: name }) })));
	expect(amap.host).toBe('uri.amap.com');
	expect(amap.searchParams.get('name')).toBe(name);
	expectNear(amap.searchParams.get('position'), GCJ02);
	await card.getByText(say.sites_site_other_maps()).click();
	const baidu = new URL(await href(card.getByRole('link', { name: say.sites_map_baidu(), exact: true })));
	expect(baidu.searchParams.get('coord_type')).toBe('bd09ll');
	expectNear(swapped(baidu.searchParams.get('location')), BD09);
	const geo = await href(card.getByRole('link', { name: say.sites_map_system(), exact: true }));
	expectNear(swapped(/^geo:([\d.,]+)\?/.exec(geo)?.[1]), [PLACE.lng, PLACE.lat]);
}

for (const language of ['zh', 'en'] as const) {
	const say = words(language);
	const zh = language === 'zh';

	test(`${language}: the published plan says all that one needs, and each change after it is told`, async ({
		browser,
		app,
		district
	}) => {
		const area = district.area(zh ? '老城街道' : '万里路街道');
		const day = district.days[zh ? 1 : 2]!;
		const organizer = await district.account('李主任', area);
		const leader = await district.account('陈师傅', area, 'leader');
		const resident = await district.account('周先生');
		const { client } = organizer;
		const [gathering, drain, corner, led, own] = Array.from({ length: 5 }, () => randomUUID());
		const gatheringIs = (p_fields: Record<string, string | number>) =>
			ok(client.rpc('save_gathering', { p_id: gathering!, p_day: day.id, p_area: area, p_fields }));
		await gatheringIs({
			place: '府后山广场',
			starts: '08:30',
			ends: '11:00',
			capacity: 3,
			bring: '雨鞋、水壶',
			safety: '沟边湿滑，小孩留在路面一侧',
			...PLACE
		});
		await ok(
			client.from('sites').insert([
				{
					id: drain!,
					area_id: area,
					kind: 'drain',
					name: '官井沟渠',
					length_m: 620,
					address: '官井路 12 号',
					hazards: ['deep_water'],
					tools: 'shovel、铁钩',
					...PLACE
				},
				{ id: corner!, area_id: area, kind: 'dead_corner', name: '北门后巷' }
			])
		);
		await ok(client.rpc('add_tasks', { p_gathering: gathering!, p_sites: [drain!, corner!] }));
		const tasks = await ok(client.from('tasks').select('id, site_id').eq('gathering_id', gathering!));
		const taskOf = (site: string | undefined) => tasks.find(({ site_id }) => site_id === site)!.id;
		await ok(client.rpc('set_task_crew', { p_task: taskOf(drain), p_note: '钥匙在门卫处' }));
		const phone = zh ? '13800004401' : '13900004401';
		await ok(leader.client.rpc('set_my_phone', { p_phone: phone, p_crew_may_call: true }));
		await ok(
			leader.client.rpc('sign_up', {
				p_id: led!,
				p_gathering: gathering!,
				p_party: { headcount: 1, can_lead: true }
			})
		);

		const settings = { baseURL: app.url, locale: localeOf[language], userAgent: ANDROID };
		const [links, accounts] = [
			await browser.newContext({ ...settings, javaScriptEnabled: false }),
			await browser.newContext(settings)
		];
		await resident.signIn(accounts);
		const [guest, me] = [await links.newPage(), await accounts.newPage()];
		const seen = async () => (await ok(client.from('signups').select('seen_at').eq('id', own!)))[0]!.seen_at;
		/** Opens both pages anew, as people do who look again, until the district knows that they did. */
		const lookAgain = async () => {
			await guest.reload();
			await me.goto('about:blank');
			const before = await seen();
			await me.goto(`/me/signups/${own}`);
			// What this phone kept is on the screen at once: only now it is what the server says, too.
			await expect.poll(seen).not.toBe(before);
		};
		const both = async (check: (page: Page) => Promise<void>) => {
			for (const page of [guest, me]) await check(page);
		};
		const sees = (page: Page, text: string) => expect(page.getByText(text).first()).toBeVisible();

		await guest.goto(`/gatherings/${gathering}/signup`);
		await guest.getByRole('textbox', { name: say.signup_name() }).fill('王女士');
		await guest.getByRole('textbox', { name: say.signup_phone() }).fill(zh ? '13800004402' : '13900004402');
		await guest.getByRole('spinbutton', { name: say.signup_headcount() }).fill('2');
		await guest.getByRole('checkbox', { name: say.signup_consent() }).check();
		await guest.locator('form[method=post] button[type=submit]').last().click();
		await guest.waitForURL(/\/s\/[\w-]{22}$/);
		await sees(guest, say.me_is_booked_more());
		await ok(
			resident.client.rpc('sign_up', { p_id: own!, p_gathering: gathering!, p_party: { headcount: 1 } })
		);

		await test.step('from the waitlist to a place', async () => {
			await me.goto(`/me/signups/${own}`);
			await sees(me, say.me_is_waiting_next());
			await expect.poll(seen).not.toBeNull();
			await gatheringIs({ capacity: 8 });
			await lookAgain();
			await sees(me, say.me_news_promoted());
			await expect(me.getByText(say.me_is_booked(), { exact: true })).toBeVisible();
			await lookAt(me, 'own-promoted');
		});

		const move = async (signup: string, to: string | undefined, was: string | undefined, leads = false) =>
			ok(
				client.rpc('save_plan', {
					p_gathering: gathering!,
					p_changes: [
						{ signup_id: signup, task_id: taskOf(to), was: was ? taskOf(was) : null, leads, led_by: [] }
					]
				})
			);
		const [guests] = await ok(
			client.from('signups').select('id').eq('gathering_id', gathering!).eq('name', '王女士')
		);

		await test.step('the plan, once it is published and not before', async () => {
			for (const [signup, leads] of [
				[led!, true],
				[guests!.id, false],
				[own!, false]
			] as const)
				await move(signup, drain, undefined, leads);
			await lookAgain();
			await both(async (page) => {
				await expect(page.getByText('府后山广场', { exact: true })).toBeVisible();
				await expect(page.getByText('官井沟渠')).toHaveCount(0);
			});
			await ok(client.rpc('publish_plan', { p_gathering: gathering! }));
			await lookAgain();
			await both(async (page) => {
				const card = (title: string) =>
					page.locator('.card').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
				await sees(page, say.me_news_planned());
				await expect(page.getByRole('heading', { level: 1 })).toHaveText('官井沟渠');
				await expect(page.getByText('8:30').first()).toBeVisible();

				const who = card(say.me_leader({ name: '陈师傅' }));
				await expect(who).toContainText(say.me_crew_heads({ heads: 4 }));
				await expect(who.getByRole('link', { name: say.me_call_name({ name: '陈师傅' }) })).toHaveAttribute(
					'href',
					`tel:+86${phone}`
				);
				const where = card(say.me_meeting_point());
				await expect(where).toContainText('府后山广场');
				await expectWay(page, where, say, '府后山广场');

				const bring = card(say.me_bring());
				await expect(bring).toContainText('雨鞋、水壶');
				// A tool that the app knows is told in the reader's language, another as it was written.
				const tools = [say.sites_tool_shovel(), '铁钩'];
				await expect(bring).toContainText(say.me_tools({ tools: tools.join(say.sites_tools_separator()) }));
				await expect(bring).toContainText('沟边湿滑，小孩留在路面一侧');

				const what = card(say.me_task());
				await expect(what).toContainText(
					[say.sites_kind_drain(), say.sites_metres({ metres: '620' }), '官井路 12 号'].join(
						say.common_separator()
					)
				);
				await expect(what).toContainText('钥匙在门卫处');
				await expect(what).toContainText(say.sites_hazard_deep_water());
				await expectWay(page, what, say, '官井沟渠');
			});
			await lookAt(guest, 'own-plan-guest');
			await lookAt(me, 'own-plan');
		});

		await test.step('another crew', async () => {
			await both((page) => expect(page.getByRole('heading', { level: 1 })).toHaveText('官井沟渠'));
			await lookAgain();
			await both((page) => expect(page.getByText(say.me_news_planned())).toHaveCount(0));
			await move(guests!.id, corner, drain);
			await move(own!, corner, drain);
			await ok(client.rpc('publish_plan', { p_gathering: gathering! }));
			await lookAgain();
			await both(async (page) => {
				await sees(page, say.me_news_planned());
				await expect(page.getByRole('heading', { level: 1 })).toHaveText('北门后巷');
				await sees(page, say.me_no_leader());
				await expect(page.getByText('官井沟渠')).toHaveCount(0);
			});
			await lookAt(me, 'own-other-crew');
		});

		await test.step('another place, another day, another day again', async () => {
			await gatheringIs({ place: '小学门口' });
			await lookAgain();
			await both(async (page) => {
				await sees(page, say.me_news_changed());
				await expect(page.getByText('小学门口', { exact: true })).toBeVisible();
			});
			const next = new Date(`${day.date}T00:00Z`);
			next.setUTCDate(next.getUTCDate() + 1);
			const p_date = next.toISOString().slice(0, 10);
			await ok(district.admin.client.rpc('move_labour_day', { p_day: day.id, p_date, p_reason: '考试周' }));
			await lookAgain();
			await both(async (page) => {
				await sees(page, say.me_news_moved());
				await sees(page, say.me_because({ reason: '考试周' }));
				// The plan stays with it.
				await expect(page.getByRole('heading', { level: 1 })).toHaveText('北门后巷');
			});
			await lookAt(me, 'own-moved');
		});

		await test.step('called off', async () => {
			await ok(client.rpc('cancel_gathering', { p_gathering: gathering!, p_reason: '暴雨' }));
			await lookAgain();
			await both(async (page) => {
				await sees(page, say.me_is_gathering_cancelled());
				await sees(page, say.me_because({ reason: '暴雨' }));
				// Nobody is sent anywhere.
				await expect(page.getByText('小学门口')).toHaveCount(0);
				await expect(page.getByText('北门后巷')).toHaveCount(0);
				await expect(page.getByRole('button', { name: say.me_show_checkin_code() })).toHaveCount(0);
			});
			await lookAt(me, 'own-called-off');
		});
		await links.close();
		await accounts.close();
	});
}
