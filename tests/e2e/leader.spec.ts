/** A crew leader's day, from the code that signs her phone in to the sums that everybody can read; in both languages. */
import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test as base } from './app.ts';
import { ok, type Account } from './support/district.ts';
import { startLabourDay, type LabourDay } from './support/labour-day.ts';
import { readQr } from './support/qr.ts';
import { lookAt } from './support/screens.ts';
import { localeOf, words, type Language, type Words } from './support/words.ts';

const test = base.extend<object, { labour: LabourDay }>({
	labour: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
		async ({}, use) => {
			const labour = await startLabourDay();
			await use(labour);
			await labour.stop();
		},
		{ scope: 'worker', timeout: 120_000 }
	]
});
test.describe.configure({ timeout: 300_000 });

const DRAIN = '官井沟渠';
const LANE = '北门后巷';
/** Everybody's name, none of which the public may read. */
const NAMES = ['李奶奶', '王女士', '刘家', '周先生', '青年队', '吴先生', '赵阿姨', '陈师傅', '路人甲'];

interface Day {
	labour: LabourDay;
	organizer: Account;
	area: string;
	gathering: string;
	/** Tasks by the name of their site. */
	tasks: Record<string, string>;
}

/** A gathering with two crews and a published plan; the clock stands at the evening before. */
async function plan(labour: LabourDay, language: Language, phone: string): Promise<Day> {
	const { district, day } = labour;
	const area = district.area(language === 'zh' ? '老城街道' : '万里路街道');
	await labour.at('07:00');
	const organizer = await district.account(language === 'zh' ? '李主任' : 'Ms Wu', area);
	const { client } = organizer;
	const sites = [
		{ id: randomUUID(), area_id: area, kind: 'drain' as const, name: DRAIN, length_m: 100, crew_max: 30 },
		{ id: randomUUID(), area_id: area, kind: 'dead_corner' as const, name: LANE, crew_max: 30 }
	];
	for (const site of sites) await ok(client.from('sites').insert({ ...site, crew_min: 1 }));
	const gathering = randomUUID();
	const p_fields = { place: '府后山广场', starts: '08:30', ends: '11:00' };
	await ok(client.rpc('save_gathering', { p_id: gathering, p_day: day.id, p_area: area, p_fields }));
	await ok(client.rpc('add_tasks', { p_gathering: gathering, p_sites: sites.map(({ id }) => id) }));

	const parties = [
		['李奶奶', 1, 0, DRAIN],
		['王女士', 4, 1, DRAIN],
		['刘家', 3, 2, DRAIN],
		['周先生', 2, 0, DRAIN],
		['青年队', 6, 0, DRAIN],
		['吴先生', 1, 0, DRAIN],
		['陈师傅', 2, 0, DRAIN],
		['赵阿姨', 5, 0, LANE]
	] as const;
	const booked = parties.map(([name, headcount, minors]) => ({
		id: randomUUID(),
		name,
		headcount,
		minors,
		...(name === '陈师傅' && { phone })
	}));
	await ok(client.rpc('sign_up_for', { p_gathering: gathering, p_parties: booked }));
	const made = await ok(client.from('tasks').select('id, site_id').eq('gathering_id', gathering));
	const tasks = Object.fromEntries(
		made.map((task) => [sites.find(({ id }) => id === task.site_id)?.name, task.id])
	);
	await ok(
		client.rpc('save_plan', {
			p_gathering: gathering,
			p_changes: booked.map(({ id, name }, n) => ({
				signup_id: id,
				task_id: tasks[parties[n]?.[3] ?? ''],
				was: null,
				leads: name === '李奶奶'
			}))
		})
	);
	await ok(client.rpc('publish_plan', { p_gathering: gathering }));
	return { labour, organizer, area, gathering, tasks };
}

const phoneIn = (browser: Browser, { app, timeZone }: LabourDay, language: Language) =>
	browser.newContext({ baseURL: app.url, locale: localeOf[language], timezoneId: timeZone });

/** A photo as a phone takes it, with the place it was taken at. */
const photo = (colour: string) =>
	sharp({ create: { width: 1200, height: 900, channels: 3, background: colour } })
		.withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '27/1 41/1 0/1' } })
		.jpeg()
		.toBuffer();

/** The roster on somebody's phone. */
class Roster {
	constructor(
		readonly page: Page,
		readonly say: Words
	) {}

	/** The app is opened again: it is later now. */
	async reopen(): Promise<void> {
		const read = this.page.waitForResponse(/\/rest\/v1\/rpc\/read_day_package/);
		await this.page.reload();
		await read;
	}

	tick(name: string, heads: number) {
		return this.page.getByRole('button', { name: this.say.roster_tick({ name, heads }), exact: true });
	}

	row(name: string) {
		return this.page.getByRole('listitem').filter({ hasText: name });
	}

	/** Opens what one may do to a party. */
	async open(name: string) {
		await this.row(name).getByRole('button').first().click();
		const sheet = this.page.getByRole('dialog', { name });
		await expect(sheet).toBeVisible();
		return sheet;
	}

	async came(came: number, expected: number): Promise<void> {
		await expect(this.page.getByText(this.say.roster_came_of({ came, expected }))).toBeVisible();
	}

	/** Everything has reached the server. */
	async sent(): Promise<void> {
		await expect(this.page.getByText(this.say.roster_not_sent())).toHaveCount(0);
	}
}

for (const language of ['zh', 'en'] as const) {
	const say = words(language);

	test(`${language}: a leader’s day to the public sums`, async ({ browser, labour }) => {
		const day = await plan(labour, language, language === 'zh' ? '13800000051' : '13900000051');
		const crewTask = day.tasks[DRAIN] ?? '';
		const desk = await phoneIn(browser, labour, language);
		await day.organizer.signIn(desk);
		const office = await desk.newPage();
		const leader = await phoneIn(browser, labour, language);
		const phone = await leader.newPage();
		const roster = new Roster(phone, say);

		await test.step('the organizer’s code signs an elderly leader’s phone in', async () => {
			const [person] = await labour.rows<{ id: string }>(
				`select person_id as id from public.signups where gathering_id = $1 and name = '李奶奶'`,
				[day.gathering]
			);
			await office.goto(`/organize/people/${person?.id}`);
			await office.getByRole('button', { name: say.people_code_issue() }).click();
			await office.getByRole('dialog').getByRole('button', { name: say.people_code_issue() }).click();
			const code = office.getByRole('img', { name: say.people_code_shown({ name: '李奶奶' }) });
			await expect(code).toBeVisible();
			const link = await readQr(code);
			await lookAt(office, 'leader-code');
			await phone.goto(link ?? '');
			await expect(phone.getByRole('heading', { level: 1 })).toHaveText(say.me_hello({ name: '李奶奶' }));
			await phone.getByRole('button', { name: say.auth_sign_in(), exact: true }).click();
			await phone.waitForURL('**/me');
			await expect(phone.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
			await expect(phone.getByText(say.me_you_lead())).toBeVisible();
			await lookAt(phone, 'leader-me');
		});

		await test.step('her crew’s roster is there', async () => {
			await phone.getByRole('link', { name: say.me_to_roster() }).click();
			await expect(phone.getByRole('heading', { level: 1 })).toHaveText(DRAIN);
			await expect(phone.getByText('赵阿姨')).toHaveCount(0);
			await roster.came(0, 19);
			await lookAt(phone, 'leader-roster');
			await phone.goto('/lead');
			await expect(phone.getByRole('heading', { name: say.roster_today() })).toBeVisible();
			await lookAt(phone, 'leader-crews');
			await phone.getByRole('link', { name: DRAIN }).click();
			await phone.waitForURL(`**/lead/${crewTask}`);
		});

		await test.step('8:20 by tap, by name, fewer than announced; a wrong tap is taken back', async () => {
			await labour.at('08:20');
			await roster.reopen();
			await roster.tick('李奶奶', 1).click();
			await phone.getByRole('searchbox', { name: say.roster_search() }).fill('青年');
			await expect(phone.getByText('王女士')).toBeHidden();
			await roster.tick('青年队', 6).click();
			await phone.getByRole('searchbox', { name: say.roster_search() }).fill('');
			const sheet = await roster.open('王女士');
			await sheet
				.getByRole('button', { name: say.common_less({ label: say.roster_how_many() }), exact: true })
				.click();
			await lookAt(phone, 'leader-party');
			await sheet.getByRole('button', { name: say.roster_check_in({ heads: 3 }) }).click();
			await expect(roster.row('王女士')).toContainText(say.roster_announced_but({ announced: 4, heads: 3 }));
			await roster.tick('周先生', 2).click();
			await roster.came(12, 19);
			await phone.getByRole('button', { name: say.roster_undo() }).last().click();
			await roster.came(10, 19);
			await roster.sent();
		});

		await test.step('8:30 a volunteer reads out the code on his phone', async () => {
			await labour.at('08:30');
			const [secret] = await labour.rows<{ code: string }>(
				`select k.checkin_code as code from private.signup_secrets k join public.signups s on s.id = k.signup_id
				where s.gathering_id = $1 and s.name = '陈师傅'`,
				[day.gathering]
			);
			await roster.reopen();
			await phone.getByRole('button', { name: say.roster_scan() }).click();
			const dialog = phone.getByRole('dialog', { name: say.roster_scan() });
			await dialog.getByRole('textbox').fill('22222222');
			await dialog.getByRole('button', { name: say.roster_scan_check() }).click();
			await expect(dialog.getByText(say.roster_code_not_in_crew())).toBeVisible();
			await dialog.getByRole('textbox').fill(secret?.code.toLowerCase() ?? '');
			await dialog.getByRole('button', { name: say.roster_scan_check() }).click();
			await expect(dialog.getByText(say.roster_did_check_in({ name: '陈师傅', heads: 2 }))).toBeVisible();
			await lookAt(phone, 'leader-scan');
			await dialog.getByRole('button', { name: say.common_close() }).click();
			await roster.came(12, 19);
			await roster.sent();
		});

		await test.step('9:00 late ones, and somebody nobody announced', async () => {
			await labour.at('09:00');
			await roster.reopen();
			await roster.tick('刘家', 3).click();
			await expect(roster.row('刘家')).toContainText(say.roster_mark_late({ time: '9:00' }));
			await roster.tick('周先生', 2).click();
			// In under ten seconds: one tap, a name, and the keyboard's own "done"; nothing else is asked, and nothing is waited for.
			await phone.getByRole('button', { name: say.roster_walk_in() }).click();
			const dialog = phone.getByRole('dialog', { name: say.roster_walk_in() });
			await expect(dialog.getByRole('textbox', { name: say.roster_name() })).toBeFocused();
			await phone.keyboard.type('路人甲');
			await lookAt(phone, 'leader-walk-in');
			await phone.keyboard.press('Enter');
			await expect(dialog).toBeHidden();
			await expect(roster.row('路人甲')).toContainText(say.roster_mark_walk_in());
			await roster.came(18, 20);
			await roster.sent();
		});

		await test.step('10:00 one more joins her party, another leaves early', async () => {
			await labour.at('10:00');
			await roster.reopen();
			const more = await roster.open('王女士');
			await more
				.getByRole('button', { name: say.common_more({ label: say.roster_how_many() }), exact: true })
				.click();
			await more.getByRole('button', { name: say.roster_change_to({ heads: 4 }) }).click();
			const leaves = await roster.open('周先生');
			await leaves.getByRole('button', { name: say.roster_check_out(), exact: true }).click();
			await expect(roster.row('周先生')).toContainText(say.roster_mark_left_early({ time: '10:00' }));
			await roster.came(19, 20);
			await roster.sent();
			await lookAt(phone, 'leader-under-way');
		});

		await test.step('10:30 what was done: metres, weight, photos, a correction', async () => {
			await labour.at('10:30');
			await phone.getByRole('link', { name: say.roster_results() }).click();
			await expect(phone.getByRole('heading', { level: 1 })).toHaveText(DRAIN);
			const value = (label: string) => phone.getByRole('textbox', { name: label });
			await value(say.results_label_metres()).fill('80');
			await value(say.results_label_bags()).fill('20');
			await value(say.results_label_kg()).fill('300');
			await phone.getByText(say.results_weighed(), { exact: true }).click();
			await phone.getByRole('button', { name: say.results_save(), exact: true }).click();
			await expect(phone.getByText(say.results_amount_metres({ count: '80' })).first()).toBeVisible();

			await phone.getByRole('button', { name: say.results_correct() }).click();
			const dialog = phone.getByRole('dialog', { name: say.results_correct_title() });
			await dialog.getByRole('textbox', { name: say.results_label_metres() }).fill('90');
			await dialog.getByRole('button', { name: say.results_save_correction() }).click();
			await expect(phone.getByText(say.results_history({ count: 1 }))).toBeVisible();

			await value(say.results_label_metres()).fill('30');
			await expect(phone.getByText(say.results_will_flag({ metres: amount(say, 20) }))).toBeVisible();
			await phone.getByRole('button', { name: say.results_save(), exact: true }).click();
			await expect(
				phone.getByText(
					say.results_flag_over({
						recorded: amount(say, 120),
						length: amount(say, 100),
						counted: amount(say, 100)
					})
				)
			).toBeVisible();

			for (const [kind, colour] of [
				[say.results_before(), '#665544'],
				[say.results_after(), '#88aa88']
			] as const) {
				const files = [{ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await photo(colour) }];
				await phone
					.getByLabel(`${say.results_add_photo()}${say.common_separator()}${kind}`)
					.setInputFiles(files);
				await expect(phone.getByRole('img', { name: kind + say.common_separator() + DRAIN })).toBeVisible();
			}
			await lookAt(phone, 'leader-results');
		});

		await test.step('11:00 the whole crew is checked out with one tap', async () => {
			await labour.at('11:00');
			await phone.goto(`/lead/${crewTask}`);
			await roster.reopen();
			const all = phone.getByRole('button', { name: say.roster_check_out_all() });
			await all.click();
			await expect(roster.row('青年队')).toContainText(say.roster_mark_left({ time: '11:00' }));
			await expect(all).toBeDisabled();
			await lookAt(phone, 'leader-checked-out');
			// Tapped by mistake: one more tap, and everybody is here as before, who left early before it not.
			const told = phone.getByRole('status').filter({ hasText: say.roster_did_check_out_all({ heads: 17 }) });
			await told.getByRole('button', { name: say.roster_undo() }).click();
			await expect(roster.row('青年队')).not.toContainText(say.roster_mark_left({ time: '11:00' }));
			await expect(roster.row('周先生')).toContainText(say.roster_mark_left_early({ time: '10:00' }));
			await roster.sent();
			const here = () =>
				labour.rows(
					`select coalesce(sum(x.present_heads), 0)::int as heads from public.attendance_sums x where x.task_id = $1`,
					[crewTask]
				);
			expect(await here()).toEqual([{ heads: 17 }]);
			await all.click();
			await expect(roster.row('青年队')).toContainText(say.roster_mark_left({ time: '11:00' }));
			await roster.sent();
			expect(await here()).toEqual([{ heads: 0 }]);
			await roster.sent();
		});

		await lateResult(leader, phone, day, say);
		await closing(office, day, say);
		await arriving(leader, office, day, say);
		await publicSums(browser, day, language);
		await leader.close();
		await desk.close();
	});
}

const amount = (say: Words, metres: number) => say.results_amount_metres({ count: String(metres) });

/** In the alley there is no signal: an entry waits on the phone. */
async function lateResult(context: BrowserContext, phone: Page, day: Day, say: Words): Promise<void> {
	await test.step('an entry written without a signal waits on her phone', async () => {
		await phone.getByRole('link', { name: say.roster_results() }).click();
		await expect(phone.getByRole('textbox', { name: say.results_label_bags() })).toBeVisible();
		await context.setOffline(true);
		await phone.getByRole('textbox', { name: say.results_label_bags() }).fill('10');
		await phone.getByRole('textbox', { name: say.results_label_kg() }).fill('50');
		await phone.getByText(say.results_estimated(), { exact: true }).click();
		await phone.getByRole('button', { name: say.results_save(), exact: true }).click();
		await expect(phone.getByText(say.roster_not_sent()).first()).toBeVisible();
		await lookAt(phone, 'leader-offline');
		const entries = await day.labour.rows(`select from public.result_entries where gathering_id = $1`, [
			day.gathering
		]);
		expect(entries).toHaveLength(3);
	});
}

async function closing(office: Page, day: Day, say: Words): Promise<void> {
	const { labour, gathering } = day;
	await test.step('the desk checks in a crew without a leader, and writes down what it did', async () => {
		await labour.at('08:30');
		await office.goto(`/organize/day`);
		await lookAt(office, 'desk-gatherings');
		await office.goto(`/organize/day/${gathering}`);
		const roster = new Roster(office, say);
		await office.getByRole('searchbox', { name: say.roster_search() }).fill('赵');
		await lookAt(office, 'desk');
		await roster.tick('赵阿姨', 5).click();
		await roster.came(24, 25);
		await roster.sent();
		await office.goto(`/lead/${day.tasks[LANE]}/results`);
		await office.getByRole('textbox', { name: say.results_label_corners() }).fill('2');
		await office.getByRole('textbox', { name: say.results_label_kg() }).fill('40');
		await office.getByRole('button', { name: say.results_save(), exact: true }).click();
		await expect(office.getByText(say.results_amount_corners({ count: '2' })).first()).toBeVisible();
		await roster.sent();
	});

	await test.step('the crews: what each did, and photos to release', async () => {
		await labour.at('11:13');
		await office.goto(`/organize/day/${gathering}/crews`);
		await expect(office.getByText(say.roster_metres_to_check())).toBeVisible();
		const lane = new Roster(office, say).row(LANE);
		await expect(lane.first()).toContainText(say.results_amount_corners({ count: '2' }));
		await expect(lane.first()).not.toContainText(amount(say, 120));
		await expect(office.getByText(say.roster_photos({ count: 2 }))).toBeVisible();
		await lookAt(office, 'desk-crews');
		for (const left of [1, 0]) {
			await office.getByRole('button', { name: say.roster_photo_release(), exact: true }).first().click();
			await expect(office.getByText(say.roster_photos({ count: left }))).toBeVisible();
		}
	});

	await test.step('closing lists what is missing', async () => {
		await office.goto(`/organize/day/${gathering}/close`);
		await expect(office.getByText(say.roster_still_in({ heads: 5 }))).toBeVisible();
		await expect(office.getByText(say.roster_without_photo({ count: 1 }))).toBeVisible();
		await expect(office.getByText(say.roster_absent({ count: 1 }))).toBeVisible();
		await office.getByText(say.roster_absent_names(), { exact: true }).click();
		await expect(office.getByText('吴先生')).toBeVisible();
		await lookAt(office, 'desk-closing');
		await office.getByRole('button', { name: say.roster_check_out_now() }).click();
		await expect(office.getByText(say.roster_still_in({ heads: 5 }))).toBeHidden();
	});

	await test.step('more metres than the ditch is long count once somebody vouches for them', async () => {
		await office.getByRole('button', { name: say.roster_vouch(), exact: true }).click();
		const dialog = office.getByRole('dialog', { name: say.roster_vouch_title({ metres: amount(say, 120) }) });
		await dialog.getByRole('button', { name: say.roster_vouch(), exact: true }).click();
		await expect(dialog.getByText(say.common_reason_missing())).toBeVisible();
		await dialog.getByRole('textbox', { name: say.roster_vouch_reason() }).fill('两侧都清了');
		await dialog.getByRole('button', { name: say.roster_vouch(), exact: true }).click();
		await expect(
			office.getByText(say.roster_vouched({ metres: amount(say, 120), reason: '两侧都清了' }))
		).toBeVisible();
		const [vouched] = await labour.rows(
			`select d.metres::int, d.metres_recorded::int, p.display_name as by from public.site_days d
			join public.sites s on s.id = d.site_id join public.people p on p.id = d.override_by where s.area_id = $1`,
			[day.area]
		);
		expect(vouched).toMatchObject({
			metres: 120,
			metres_recorded: 120,
			by: expect.stringMatching(/李主任|Ms Wu/)
		});
	});

	await test.step('it is closed', async () => {
		await office.getByRole('button', { name: say.roster_close(), exact: true }).click();
		await office
			.getByRole('dialog', { name: say.roster_close_title() })
			.getByRole('button', { name: say.roster_close(), exact: true })
			.click();
		await expect(office.getByText(say.roster_is_closed(), { exact: true })).toBeVisible();
	});
}

async function arriving(context: BrowserContext, office: Page, day: Day, say: Words): Promise<void> {
	await test.step('what her phone held arrives late, and counts on a tap', async () => {
		await context.setOffline(false);
		await expect
			.poll(() =>
				day.labour.rows(`select from public.result_entries where late and gathering_id = $1`, [day.gathering])
			)
			.toHaveLength(1);
		await office.reload();
		await expect(office.getByText(say.roster_late({ count: 1 }))).toBeVisible();
		await lookAt(office, 'desk-late');
		await office.getByRole('button', { name: say.roster_accept(), exact: true }).click();
		await expect(office.getByText(say.roster_late({ count: 1 }))).toBeHidden();
		await lookAt(office, 'desk-closed');
	});
}

/**
 * What the records above add up to, by hand:
 *   李奶奶 1 × 8:20–11:00 · 王女士 3 × 8:20–10:00 + 4 × 10:00–11:00 · 青年队 6 × 8:20–11:00 · 陈师傅 2 × 8:30–11:00 ·
 *   刘家 3 × 9:00–11:00 · 周先生 2 × 9:00–10:00 · 路人甲 1 × 9:00–11:00: 19 heads, 42 h 40 min;
 *   赵阿姨 5 × 8:30–11:13: 5 heads, 13 h 35 min.
 */
const EXPECTED = {
	participations: 24,
	minors: 3,
	kg_weighed: 300,
	kg_estimated: 90,
	metres: 120,
	corners: 2,
	bags: 30
};
const HOURS = 56.25;

async function publicSums(browser: Browser, day: Day, language: Language): Promise<void> {
	const say = words(language);
	const { labour, area } = day;
	const sums = await labour.rows<Record<string, number>>(
		`select sum(participations)::int as participations, sum(minors)::int as minors,
			sum(kg_weighed)::float as kg_weighed, sum(kg_estimated)::float as kg_estimated,
			sum(metres)::float as metres, sum(corners)::int as corners, sum(bags)::int as bags
		from public.totals where area_id = $1`,
		[area]
	);
	expect(sums).toEqual([EXPECTED]);
	const seconds = await labour.rows<{ task_id: string | null; seconds: number }>(
		'select task_id, sum(person_seconds)::int as seconds from public.totals where area_id = $1 group by rollup (task_id)',
		[area]
	);
	/** As a page shows it: cut, not rounded. */
	const hours = (task: string | null) => {
		const found = seconds.filter(({ task_id }) => task_id === task).map((row) => row.seconds);
		return String(Math.floor(Math.max(...found) / 360) / 10);
	};
	// A phone takes a moment for each; a head or a check-out that did not count would be an hour at least.
	expect(Math.abs(Number(hours(null)) - HOURS)).toBeLessThan(0.9);

	await test.step('the public page shows exactly these, and opens down to task and photos, to no names', async () => {
		const context = await phoneIn(browser, labour, language);
		const page = await context.newPage();
		const shows = async (figures: Record<string, string>) => {
			for (const [unit, value] of Object.entries(figures))
				await expect(page.locator('.figure').filter({ hasText: unit }).locator('.value')).toHaveText(value);
		};
		await page.goto(`/results?day=${labour.day.date}&area=${area}`);
		await shows({
			[say.results_unit_participations()]: '24',
			[say.results_unit_hours()]: hours(null),
			[say.results_unit_kg()]: '390',
			[say.results_unit_metres()]: '120',
			[say.results_unit_corners()]: '2'
		});
		await expect(page.getByText(say.results_people({ count: '24' }))).toBeVisible();
		/** What went over the scale and what was estimated, side by side. */
		const apart = (weighed: string, estimated: string) =>
			say.results_mass_weighed({ mass: say.results_amount_kg({ count: weighed }) }) +
			say.common_separator() +
			say.results_mass_estimated({ mass: say.results_amount_kg({ count: estimated }) });
		await expect(page.locator('.figure', { hasText: apart('300', '90') })).toBeVisible();
		await expect(page.locator('#tasks ~ ul li', { hasText: DRAIN })).toContainText(apart('300', '50'));
		await lookAt(page, 'public-results');
		const pages = [await page.content()];

		await page.getByRole('link', { name: DRAIN }).last().click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(DRAIN);
		await shows({
			[say.results_unit_participations()]: '19',
			[say.results_unit_hours()]: hours(day.tasks[DRAIN] ?? ''),
			[say.results_unit_kg()]: '350',
			[say.results_unit_metres()]: '120'
		});
		await expect(page.locator('.figure', { hasText: apart('300', '50') })).toBeVisible();
		for (const kind of [say.results_before(), say.results_after()]) {
			const shown = page.getByRole('img', { name: kind + say.common_separator() + DRAIN });
			await expect(shown).toBeVisible();
			const file = await page.request.get((await shown.getAttribute('src')) ?? '');
			expect(
				(await sharp(await file.body()).metadata()).exif,
				'the place stays with the crew'
			).toBeUndefined();
		}
		await lookAt(page, 'public-task');
		pages.push(await page.content());

		await page.goto('/results');
		pages.push(await page.content());
		const [all] = await labour.rows<{ heads: number }>(
			`select sum(participations)::int as heads from public.totals where date = $1`,
			[labour.day.date]
		);
		await shows({ [say.results_unit_participations()]: String(all?.heads) });
		for (const html of pages) for (const name of NAMES) expect(html).not.toContain(name);
		await context.close();
	});
}
