import { availableParallelism } from 'node:os';
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from '../../src/cli/chromium.ts';

const executablePath = findChromium();

/** A real browser against the built app, on the smallest phone that people carry. */
export default defineConfig({
	testDir: '.',
	outputDir: '../../test-results',
	// Each has a browser and an app of its own; more of them than cores only wait for each other.
	workers: Math.min(2, availableParallelism()),
	fullyParallel: false,
	forbidOnly: Boolean(process.env.CI),
	retries: 0,
	// Long enough for a slow machine: what fails, fails by what it finds.
	timeout: 150_000,
	expect: { timeout: 15_000 },
	use: {
		...devices['Pixel 5'],
		viewport: { width: 360, height: 740 },
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		trace: 'retain-on-failure',
		launchOptions: { ...(executablePath && { executablePath }), args: ['--no-sandbox'] }
	}
});
