/** A crew's list as its leader's phone shows it, for tests that begin with crews on the day and a network that can fail. */
import type { Page } from '@playwright/test';
import { expect, test as base } from '../app.ts';
import { openCrews, type Crew, type Crews } from './crews.ts';
import { startFaultyProxy, type FaultyProxy } from './faulty-proxy.ts';
import { onDisk, signInOnce, takeAlong } from './phone.ts';

/** `today`: a gathering that is on, with as many crews as a test wants. `faulty`: the app behind a network that fails as told. */
export const test = base.extend<{ faulty: FaultyProxy }, { today: Crews }>({
	today: [async ({ app }, use) => use(await openCrews(app)), { scope: 'worker', timeout: 60_000 }],
	faulty: async ({ app }, use) => {
		const proxy = await startFaultyProxy(app.url);
		await use(proxy);
		proxy.close();
	}
});
export { expect };

type Party = Pick<Crew['parties'][number], 'name' | 'heads'>;

/** What waits to be sent, in words; absent when nothing does. */
export const bar = (page: Page) => page.locator('.bar[role=status]');
/** Checks a party in at a tap. */
export const tick = (page: Page, { name, heads }: Party) =>
	page.getByRole('button', { name: `给 ${name} 签到，${heads} 人` });
/** A party that is checked in. */
export const ticked = (page: Page, { name }: Pick<Party, 'name'>) =>
	page.getByRole('button', { name: `${name} 已签到，点开修改` });
export const row = (page: Page, { name }: Pick<Party, 'name'>) =>
	page.getByRole('listitem').filter({ hasText: name });

/** The leader opens the list, and the phone takes along all it needs; `site`: another address of the app than its own. */
export async function openCrew(page: Page, crew: Crew, site = ''): Promise<void> {
	await signInOnce(page, crew.session, site);
	await takeAlong(page, `${site}/lead/${crew.task}`);
	await page.locator('button.tick').first().waitFor();
}

/** Neither the phone's disk nor its screen has anything left to send; a screen that is still loading says nothing either. */
export async function allSent(page: Page, timeout = 120_000): Promise<void> {
	await expect.poll(() => waitingOnDisk(page), { timeout }).toBe(0);
	await expect(bar(page)).toHaveCount(0, { timeout });
}
export async function waitingOnDisk(page: Page): Promise<number> {
	const rows = [...(await onDisk(page, 'outbox')), ...(await onDisk(page, 'photos'))];
	return rows.filter(({ state }) => state === 'waiting').length;
}
