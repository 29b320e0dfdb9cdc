/** Playwright's `test` with the built app running. */
import { test as base } from '@playwright/test';
import { startApp, type RunningApp } from './process';

export { RefusedToStart, startApp, type RunningApp, type StartOptions } from './process';

/** Playwright's `test` with one running app per worker as `app`; pages open relative to it. */
export const test = base.extend<object, { app: RunningApp }>({
	app: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
		async ({}, use) => {
			const app = await startApp();
			await use(app);
			await app.stop();
		},
		{ scope: 'worker', timeout: 180_000 }
	],
	baseURL: async ({ app }, use) => use(app.url)
});
export { expect } from '@playwright/test';
