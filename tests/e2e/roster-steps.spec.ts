/** A crew of a hundred and more is never on the screen at once: the desk shows some, and some more when asked. */
import { expect, test } from './support/crew-list.ts';
import { signInOnce } from './support/phone.ts';
import { expectNoSidewaysScroll, lookAt } from './support/screens.ts';
import { words } from './support/words.ts';

test.describe.configure({ timeout: 120_000 });
const say = words('zh');

test('the desk shows a large crew in steps, and begins anew with another question', async ({
	page,
	today
}) => {
	const crew = await today.crew(99);
	const { data } = await today.organizer.client.auth.getSession();
	await signInOnce(page, data.session);
	await page.goto(`/organize/day/${today.gathering}`);
	const rows = page.locator('button.tick');
	const more = page.getByRole('button', { name: say.roster_show_more({ count: 40, rest: 60 }) });
	// Nobody asked for anything: the first few of those not here yet.
	await expect(rows).toHaveCount(8);

	await page.getByRole('combobox', { name: say.roster_crew() }).selectOption(crew.task);
	await expect(rows).toHaveCount(40);
	await more.scrollIntoViewIfNeeded();
	await lookAt(page, 'desk-steps');
	await expectNoSidewaysScroll(page);
	await more.click();
	await expect(rows).toHaveCount(80);
	const last = page.getByRole('button', { name: say.roster_show_more({ count: 20, rest: 20 }) });
	await last.click();
	await expect(rows).toHaveCount(100);
	await expect(last).toHaveCount(0);

	const search = page.getByRole('searchbox', { name: say.roster_search() });
	await search.fill(crew.parties[0]!.name);
	await expect(rows).toHaveCount(1);
	await search.fill('');
	await expect(rows).toHaveCount(40);
});
