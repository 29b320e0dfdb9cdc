/** The planner on the board: what it proposes is what is saved, in one go, and can be taken back. */
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, startApp, test as base, type RunningApp } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { headersOf, signInAs } from './support/demo.ts';
import { expectNoSidewaysScroll, lookAt } from './support/screens.ts';

interface Board {
	parties: {
		id: string;
		headcount: number;
		minors: number;
		status: string;
		task_id: string | null;
		leads: boolean;
		pinned: boolean;
		name: string;
		attended: number | null;
	}[];
	today: string;
	day: { date: string };
	tasks: { id: string; crew_min: number; crew_max: number; hazards: string[] }[];
}

const test = base.extend<object, { app: RunningApp }>({
	app: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
		async ({}, use) => {
			const app = await startApp({ args: ['--demo'] });
			await use(app);
			await app.stop();
		},
		{ scope: 'worker', timeout: 300_000 }
	]
});

/** The database as the signed-in page reaches it. */
class Api {
	constructor(
		private readonly request: APIRequestContext,
		private readonly headers: Record<string, string>
	) {}

	async rows<T>(path: string): Promise<T> {
		const answer = await this.request.get(`/rest/v1/${path}`, { headers: this.headers });
		expect(answer.status(), path).toBe(200);
		return (await answer.json()) as T;
	}

	async call<T>(name: string, data: object): Promise<T> {
		const answer = await this.request.post(`/rest/v1/rpc/${name}`, { headers: this.headers, data });
		expect(answer.status(), `${name}: ${await answer.text()}`).toBe(200);
		return (await answer.json()) as T;
	}

	board = (gathering: string) => this.call<Board>('read_board', { p_gathering: gathering });
}

async function signIn(page: Page, app: RunningApp): Promise<Api> {
	await signInAs(page.context(), app, 'admin');
	return new Api(page.context().request, await headersOf(app, 'admin'));
}

/** The demo's gathering that has most to plan: children, hazards, and people without a crew. */
async function findGathering(api: Api): Promise<string> {
	const gatherings = await api.rows<{ id: string }[]>('gatherings?select=id&status=eq.open');
	const boards = await Promise.all(gatherings.map(async ({ id }) => ({ id, ...(await api.board(id)) })));
	const open = ({ parties, tasks }: Board) =>
		tasks.some((task) => task.hazards.length > 0) && parties.some((party) => party.minors > 0)
			? parties.filter((party) => party.status === 'confirmed' && party.task_id === null).length
			: 0;
	const [most] = boards.toSorted((a, b) => open(b) - open(a));
	expect(most && open(most)).toBeGreaterThan(0);
	return most?.id ?? '';
}

const standing = ({ parties }: Board) =>
	parties.map(({ id, task_id, leads, pinned }) => ({ id, task_id, leads, pinned }));

async function propose(page: Page): Promise<void> {
	await page.getByRole('button', { name: '自动分组' }).click();
	await page.getByText('全部重新分').click();
	await page.getByRole('button', { name: '开始分' }).click();
	await expect(page.getByRole('heading', { name: '看看这样分行不行' })).toBeVisible();
}

test('a plan is shown, taken as it was shown, and taken back', async ({ page, app }) => {
	const api = await signIn(page, app);
	const gathering = await findGathering(api);
	const before = await api.board(gathering);
	await page.goto(`/organize/board/${gathering}`);
	await propose(page);
	await expect(
		page.getByRole('button', { name: '采用' }),
		'in reach, however long the list'
	).toBeInViewport();
	await page.getByText('分数怎么算的').click();
	await lookAt(page, 'board-plan-preview');
	// The points shown are a sum: the parts as they would be, and no more than the best that is possible.
	const points = (name: string) =>
		page
			.getByRole('row', { name })
			.getByRole('cell')
			.last()
			.textContent()
			.then((text) => Number((text ?? '').replaceAll(',', '').replace('−', '-')));
	const rows = page.locator('details table tbody tr');
	const sum = (await rows.locator('td:last-child').allTextContents())
		.slice(0, -2)
		.reduce((total, text) => total + Number(text.replaceAll(',', '').replace('−', '-')), 0);
	// Each is rounded.
	expect(Math.abs(sum - (await points('合计')))).toBeLessThan(5);
	expect(await points('合计')).toBeLessThanOrEqual(await points('再好也不会超过'));
	const changes = Number(/\d+/.exec((await page.getByText(/^要动 \d+ 家$/).textContent()) ?? '')?.[0]);
	const placed = Number(
		await page.getByRole('row', { name: '有小组的人' }).getByRole('cell').last().textContent()
	);
	await page.getByRole('button', { name: '采用' }).click();
	await expect(page.getByText(`已采用自动分组，动了 ${changes} 家`)).toBeVisible();

	const after = await api.board(gathering);
	const tasks = new Map(after.tasks.map((task) => [task.id, task]));
	const was = new Map(before.parties.map((party) => [party.id, party]));
	const nobodyLeft = after.parties.every(({ status, task_id }) => status !== 'confirmed' || task_id !== null);
	await expect(page.getByRole('button', { name: /^小组/ })).toHaveAttribute(
		'aria-pressed',
		String(nobodyLeft)
	);
	const changed = after.parties.filter((party) => {
		const old = was.get(party.id);
		return old?.task_id !== party.task_id || old?.leads !== party.leads;
	});
	expect(changed).toHaveLength(changes);
	const assigned = after.parties.filter((party) => party.task_id !== null);
	expect(assigned.reduce((sum, party) => sum + party.headcount, 0)).toBe(placed);
	expect(
		assigned.filter(({ minors, task_id }) => minors > 0 && tasks.get(task_id ?? '')?.hazards.length)
	).toEqual([]);
	for (const { id, crew_max } of after.tasks) {
		const crew = assigned.filter((party) => party.task_id === id);
		expect(crew.reduce((sum, party) => sum + party.headcount, 0)).toBeLessThanOrEqual(crew_max);
	}
	for (const party of before.parties.filter(({ pinned }) => pinned))
		expect(after.parties.find(({ id }) => id === party.id)?.task_id, 'decided by a person').toBe(
			party.task_id
		);

	await page.getByRole('button', { name: '撤销' }).click();
	await expect(page.getByText(/^已采用自动分组/)).toBeHidden();
	expect(standing(await api.board(gathering))).toEqual(standing(before));
});

test('a plan on a board that changed meanwhile is refused whole', async ({ page, app }) => {
	const api = await signIn(page, app);
	const gathering = await findGathering(api);
	await page.goto(`/organize/board/${gathering}`);
	await propose(page);

	// Whom the plan moves, another organizer moves first.
	const before = await api.board(gathering);
	const name = await page
		.locator('summary', { hasText: /还没分组\s*→/ })
		.first()
		.locator('b')
		.textContent();
	const rows = await api.rows<{ id: string }[]>(
		`signups?select=id&gathering_id=eq.${gathering}&name=eq.${encodeURIComponent(name ?? '')}`
	);
	const party = before.parties.find(
		({ id, task_id }) => task_id === null && rows.some((row) => row.id === id)
	);
	const task = before.tasks.find(({ hazards }) => hazards.length === 0);
	expect(party && task).toBeTruthy();
	const move = { was: null, leads: true, was_leads: false, pinned: true, confirm: ['over_max'] };
	await api.call('save_plan', {
		p_gathering: gathering,
		p_changes: [{ signup_id: party?.id, task_id: task?.id, ...move }]
	});
	const theirs = await api.board(gathering);

	await page.getByRole('button', { name: '采用' }).click();
	await expect(page.getByText('有人同时在改，这次没有存上')).toBeVisible();
	await expect(page.getByRole('dialog').getByText(`${name}：现在在`)).toBeVisible();
	expect(standing(await api.board(gathering))).toEqual(standing(theirs));
});

/** What the database answers about a board, changed on its way to the page. */
async function readingAs(page: Page, change: (board: Board) => void): Promise<void> {
	await page.route('**/rest/v1/rpc/read_board', async (route) => {
		const answer = await route.fetch();
		const board = (await answer.json()) as Board;
		change(board);
		await route.fulfill({ response: answer, json: board });
	});
}

// The page may still be asking when its test is over.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('a party moved by hand is pinned, in sight, until it is unpinned', async ({ page, app }) => {
	const api = await signIn(page, app);
	const gathering = await findGathering(api);
	const board = await api.board(gathering);
	const party = board.parties.find(
		({ task_id, status, minors }) => task_id === null && status === 'confirmed' && minors === 0
	);
	const now = async () => (await api.board(gathering)).parties.find(({ id }) => id === party?.id);
	await page.goto(`/organize/board/${gathering}`);
	const card = page.locator(`[data-party="${party?.id}"]`);
	await card.click();
	await page.getByRole('dialog').locator('.choices button').first().click();
	await expect.poll(async () => (await now())?.pinned).toBe(true);
	await page.getByRole('button', { name: /^小组/ }).click();
	await expect(card).toContainText('锁定');

	await card.click();
	await expect(page.getByRole('dialog')).toContainText('为什么在这里：您亲手分的');
	await page.getByRole('button', { name: '解除锁定' }).click();
	await expect(card).not.toContainText('锁定');
	await expect.poll(async () => (await now())?.pinned).toBe(false);
	await page.getByRole('button', { name: '撤销' }).last().click();
	await expect(card).toContainText('锁定');
	await expect.poll(async () => (await now())?.pinned).toBe(true);
});

/** Another organizer puts everybody without a crew into one, meanwhile; the answer undoes that. */
async function takeAll(api: Api, gathering: string) {
	const before = await api.board(gathering);
	const task = before.tasks.find(({ hazards }) => hazards.length === 0);
	expect(task).toBeDefined();
	const changes = before.parties
		.filter(({ status, task_id, minors }) => status === 'confirmed' && task_id === null && minors === 0)
		.map(({ id }) => ({
			signup_id: id,
			task_id: task?.id,
			was: null,
			leads: true,
			was_leads: false,
			pinned: true,
			confirm: ['over_max']
		}));
	await api.call('save_plan', { p_gathering: gathering, p_changes: changes });
	const theirs = await api.board(gathering);
	return {
		theirs,
		undo: () =>
			api.call('save_plan', {
				p_gathering: gathering,
				p_changes: changes.map(({ signup_id, task_id }) => ({
					signup_id,
					task_id: null,
					was: task_id,
					leads: false,
					was_leads: true,
					pinned: false,
					confirm: []
				}))
			})
	};
}

test('without a signal a plan is made, shown and kept; with it, saved', async ({ page, app, context }) => {
	const api = await signIn(page, app);
	const gathering = await findGathering(api);
	const before = await api.board(gathering);
	await page.goto(`/organize/board/${gathering}`);
	await expect(page.getByRole('button', { name: '自动分组' })).toBeVisible();
	// The phone has fetched what it needs: the planner, not only one of the other workers.
	await expect
		.poll(() =>
			page.evaluate(async () => {
				const kept = await (await caches.open('assets')).keys();
				return kept.some(({ url }) => url.includes('/workers/worker-'));
			})
		)
		.toBe(true);
	await context.setOffline(true);
	await propose(page);
	await page.getByRole('button', { name: '采用' }).click();
	await expect(page.getByText(/^没有信号：动了 \d+ 家/)).toBeVisible();
	await expectNoSidewaysScroll(page);
	expect(standing(await api.board(gathering))).toEqual(standing(before));

	await context.setOffline(false);
	await expect(page.getByText(/^已采用自动分组/)).toBeVisible({ timeout: 30_000 });
	const after = await api.board(gathering);
	expect(standing(after)).not.toEqual(standing(before));
	await page.getByRole('button', { name: '撤销' }).click();
	await expect(page.getByText(/^已采用自动分组/)).toBeHidden();
	expect(standing(await api.board(gathering))).toEqual(standing(before));
});

test('a plan kept without a signal is refused when somebody else was there first', async ({
	page,
	app,
	context
}) => {
	const api = await signIn(page, app);
	const gathering = await findGathering(api);
	await page.goto(`/organize/board/${gathering}`);
	await propose(page);
	await context.setOffline(true);
	await page.getByRole('button', { name: '采用' }).click();
	await expect(page.getByText(/^没有信号/)).toBeVisible();

	const { theirs, undo } = await takeAll(api, gathering);

	await context.setOffline(false);
	await expect(page.getByText('有人同时在改，这次没有存上')).toBeVisible({ timeout: 30_000 });
	expect(standing(await api.board(gathering))).toEqual(standing(theirs));
	await undo();
});

test('what a browser that is gone could not send is sent when the board is opened again, or told to be refused', async ({
	page,
	app,
	context
}) => {
	const api = await signIn(page, app);
	const gathering = await findGathering(api);
	const before = await api.board(gathering);
	const adopt = async (on: Page) => {
		await on.goto(`/organize/board/${gathering}`);
		await propose(on);
		await context.setOffline(true);
		await on.getByRole('button', { name: '采用' }).click();
		await expect(on.getByText(/^没有信号/)).toBeVisible();
		const next = await context.newPage();
		await on.close();
		return next;
	};
	const second = await adopt(await context.newPage());
	const { theirs, undo } = await takeAll(api, gathering);
	await context.setOffline(false);
	await second.goto(`/organize/board/${gathering}`);
	await expect(second.getByText('上次没能传上去的自动分组没有采用')).toBeVisible();
	await lookAt(second, 'board-lost');
	expect(standing(await api.board(gathering))).toEqual(standing(theirs));
	await undo();

	const third = await adopt(second);
	expect(standing(await api.board(gathering))).toEqual(standing(before));
	await context.setOffline(false);
	await third.goto(`/organize/board/${gathering}`);
	await expect.poll(async () => standing(await api.board(gathering))).not.toEqual(standing(before));
	const after = new Map((await api.board(gathering)).parties.map((party) => [party.id, party]));
	const p_changes = before.parties.flatMap(({ id, task_id, leads, pinned }) => {
		const now = after.get(id);
		return !now || (now.task_id === task_id && now.leads === leads)
			? []
			: [
					{
						signup_id: id,
						task_id,
						leads,
						pinned,
						was: now.task_id,
						was_leads: now.leads,
						confirm: ['over_max']
					}
				];
	});
	await api.call('save_plan', { p_gathering: gathering, p_changes });
	expect(standing(await api.board(gathering))).toEqual(standing(before));
});

test('on the day itself, who came without a crew gets one at one tap, and can be taken out again', async ({
	page,
	app
}) => {
	const api = await signIn(page, app);
	const gathering = await findGathering(api);
	const before = await api.board(gathering);
	const absent = new Set(before.parties.filter((_, n) => n % 5 === 0).map(({ id }) => id));
	await readingAs(page, (board) => {
		board.today = board.day.date;
		for (const party of board.parties) party.attended = absent.has(party.id) ? null : party.headcount;
	});
	await page.goto(`/organize/board/${gathering}`);
	await expect(page.getByText(/到了，还没有小组$/)).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('button', { name: '一键补位' }).click();
	await expect(page.getByText(/^已采用自动分组，动了/)).toBeVisible();
	const after = await api.board(gathering);
	const was = new Map(before.parties.map((party) => [party.id, party]));
	const placed = after.parties.filter(({ id, task_id }) => task_id !== was.get(id)?.task_id);
	expect(placed.length).toBeGreaterThan(0);
	expect(placed.filter(({ id }) => absent.has(id) || was.get(id)?.task_id !== null)).toEqual([]);
	await page.getByRole('button', { name: '撤销' }).click();
	await expect.poll(async () => standing(await api.board(gathering))).toEqual(standing(before));
});

test('two thousand sign-ups: only what is near is in the page, and search finds anybody', async ({
	page,
	app
}) => {
	const api = await signIn(page, app);
	const gathering = await findGathering(api);
	await readingAs(page, (board) => {
		const [first] = board.parties;
		board.parties = Array.from({ length: 2000 }, (_, n) => ({
			...first!,
			id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
			name: `居民${n}`,
			status: 'confirmed',
			task_id: n < 600 ? (board.tasks[n % board.tasks.length]?.id ?? null) : null,
			leads: n < board.tasks.length
		}));
	});
	await page.goto(`/organize/board/${gathering}`);
	await expect(page.locator('[data-party]').first()).toBeVisible();
	expect(await page.locator('[data-party]').count()).toBeLessThan(150);
	await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
	await expect(page.locator('[data-party]').filter({ hasText: '居民1999' })).toBeVisible();
	expect(await page.locator('[data-party]').count()).toBeLessThan(200);
	await page.getByRole('searchbox').fill('居民1234');
	await expect(page.locator('[data-unassigned] [data-party]')).toHaveCount(1);
	await expectNoAxeViolations(page);
});

test('a long plan shows how far it is, leaves the page alive, and can be cancelled', async ({
	page,
	app
}) => {
	const api = await signIn(page, app);
	const gathering = await findGathering(api);
	const before = await api.board(gathering);
	const id = (kind: number, n: number) => `00000000-0000-4000-800${kind}-${String(n).padStart(12, '0')}`;
	await readingAs(page, (board) => {
		const [party] = board.parties;
		const [task] = board.tasks;
		const one = { ...party!, status: 'confirmed', task_id: null, leads: false, pinned: false };
		board.tasks = Array.from({ length: 300 }, (_, n) => ({
			...task!,
			id: id(1, n),
			crew_min: 20,
			crew_max: 60
		}));
		board.parties = Array.from({ length: 6000 }, (_, n) => ({
			...one,
			id: id(2, n),
			headcount: 1 + (n % 5)
		}));
	});
	await page.goto(`/organize/board/${gathering}`);
	await page.getByRole('button', { name: '自动分组' }).click();
	const start = page.getByRole('button', { name: '开始分' });
	await start.click();
	const bar = page.getByRole('dialog').getByRole('progressbar');
	await expect.poll(() => bar.evaluate((element: HTMLProgressElement) => element.value)).toBeGreaterThan(0);
	await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
	await expect(start).toBeVisible();
	await expect(bar).toBeHidden();
	expect(standing(await api.board(gathering))).toEqual(standing(before));
});

test('what cannot be planned is said before anything is tried', async ({ page, app }) => {
	const api = await signIn(page, app);
	const gathering = await findGathering(api);
	const bad: [string, (board: Board) => void][] = [
		['还没有人报名。', (board) => (board.parties = [])],
		[
			'报名的都在候补，先确认名额。',
			(board) =>
				board.parties.forEach((party) => Object.assign(party, { status: 'waitlisted', task_id: null }))
		],
		[
			'最多人数比最少人数还少。',
			(board) => board.tasks.forEach((task) => Object.assign(task, { crew_min: 9, crew_max: 3 }))
		]
	];
	for (const [sentence, spoil] of bad) {
		await readingAs(page, spoil);
		await page.goto(`/organize/board/${gathering}`);
		await page.getByRole('button', { name: '自动分组' }).click();
		await expect(page.getByRole('dialog').getByRole('alert')).toContainText(sentence);
		await expect(page.getByRole('button', { name: '开始分' })).toBeDisabled();
		await page.unrouteAll({ behavior: 'ignoreErrors' });
	}
	await lookAt(page, 'board-plan-problems');
});

test('on the day a crew whose leader did not come gets one of those who did, at one tap', async ({
	page,
	app
}) => {
	const api = await signIn(page, app);
	const gatherings = await api.rows<{ id: string }[]>('gatherings?select=id&status=eq.open');
	const boards = await Promise.all(gatherings.map(async ({ id }) => ({ id, ...(await api.board(id)) })));
	const memberOf = ({ parties }: Board) =>
		parties.find(
			({ task_id, leads }) =>
				task_id !== null && !leads && parties.some((other) => other.leads && other.task_id === task_id)
		);
	const before = boards.find((board) => memberOf(board));
	expect(before, 'a crew with a leader and somebody else').toBeDefined();
	if (!before) return;
	const gathering = before.id;
	const member = memberOf(before);
	await readingAs(page, (board) => {
		board.today = board.day.date;
		for (const party of board.parties)
			Object.assign(party, {
				attended: party.id === member?.id ? 1 : null,
				can_lead: party.id === member?.id
			});
	});
	await page.goto(`/organize/board/${gathering}`);
	await expect(page.getByText('1 个小组的组长还没签到')).toBeVisible();
	await lookAt(page, 'board-day-leader');
	await page.getByRole('button', { name: '一键定组长' }).click();
	await expect(page.getByText('已采用自动分组，动了 1 家')).toBeVisible();
	const now = (await api.board(gathering)).parties.find(({ id }) => id === member?.id);
	expect([now?.task_id, now?.leads]).toEqual([member?.task_id, true]);
	await page.getByRole('button', { name: '撤销' }).click();
	await expect.poll(async () => standing(await api.board(gathering))).toEqual(standing(before));
});

test('all gatherings of a day are planned at once, each saved by itself', async ({ page, app }) => {
	const api = await signIn(page, app);
	const gatherings = await api.rows<{ id: string; labour_day_id: string }[]>(
		'gatherings?select=id,labour_day_id&status=eq.open'
	);
	const before = await Promise.all(gatherings.map(({ id }) => api.board(id)));
	await page.goto('/organize/board');
	await page
		.getByRole('link', { name: /几个集合点一起自动分组/ })
		.first()
		.click();
	await expectNoAxeViolations(page);
	await expectNoSidewaysScroll(page);
	await page.getByRole('button', { name: /^给 \d+ 个集合点分组$/ }).click();
	const take = page.getByRole('button', { name: /^采用 \d+ 个集合点的分组$/ });
	await expect(take).toBeVisible({ timeout: 30_000 });
	await page.getByText('看这个集合点的分法').first().click();
	await expect(page.getByText(/没有比这更好的分法了|离最好的分法最多差/)).toBeVisible();
	await lookAt(page, 'board-many-made');
	await take.click();
	await expect(page.getByText(/^已采用 \d+ 个集合点的分组/)).toBeVisible();
	const after = await Promise.all(gatherings.map(({ id }) => api.board(id)));
	expect(after.map(standing)).not.toEqual(before.map(standing));
	await page.getByRole('button', { name: '撤销' }).click();
	await expect(page.getByText('已撤销').first()).toBeVisible();
	await expect
		.poll(async () => (await Promise.all(gatherings.map(({ id }) => api.board(id)))).map(standing))
		.toEqual(before.map(standing));
});
