/** The planner on the board: what it proposes is what is saved, in one go, and can be taken back. */
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, startApp, test as base, type RunningApp } from './app.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { expectNoSidewaysScroll } from './support/screens.ts';

interface Board {
	parties: {
		id: string;
		headcount: number;
		minors: number;
		status: string;
		task_id: string | null;
		leads: boolean;
		pinned: boolean;
	}[];
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
		{ scope: 'worker', timeout: 120_000 }
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
	const [, email, password] = /(admin@\S+)\s+(\S+)/.exec(app.output()) ?? [];
	await page.goto('/sign-in');
	await page.locator('input[name=email]').fill(email ?? '');
	await page.locator('input[type=password]').fill(password ?? '');
	await page.locator('form button[type=submit]').click();
	await page.waitForFunction(() => localStorage.getItem('last-friday-session') !== null);
	const token = await page.evaluate(
		() =>
			(JSON.parse(localStorage.getItem('last-friday-session') ?? '{}') as { access_token: string })
				.access_token
	);
	const { key } = (await (await page.request.get('/config.json')).json()) as { key: string };
	return new Api(page.request, { apikey: key, authorization: `Bearer ${token}` });
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
	await expectNoAxeViolations(page);
	await expectNoSidewaysScroll(page);
	const changes = Number(/\d+/.exec((await page.getByText(/^要动 \d+ 家$/).textContent()) ?? '')?.[0]);
	const placed = Number(
		await page.getByRole('row', { name: '有小组的人' }).getByRole('cell').last().textContent()
	);
	await page.getByRole('button', { name: '采用' }).click();
	await expect(page.getByText(`已采用自动分组，动了 ${changes} 家`)).toBeVisible();

	const after = await api.board(gathering);
	const tasks = new Map(after.tasks.map((task) => [task.id, task]));
	const was = new Map(before.parties.map((party) => [party.id, party]));
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
