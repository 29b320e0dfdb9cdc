/** Every test: `npm test`. First those without a browser, then the browser's, then one line that sums both up. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureChromium } from './chromium.ts';

interface Count {
	passed: number;
	/** Of those passed: how many only at the second try. */
	unsteady: number;
	failed: number;
	skipped: number;
}

const results = mkdtempSync(join(tmpdir(), 'last-friday-tests-'));
const NONE: Count = { passed: 0, unsteady: 0, failed: 0, skipped: 0 };

function readJson(file: string): unknown {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/** Runs one test program; a run that ends badly without a failed test counts as one. */
function run(args: string[], env: Record<string, string>, count: (file: string) => Count): Count {
	const file = join(results, `${basename(args[0] ?? '')}.json`);
	const { status } = spawnSync(
		process.execPath,
		args.map((arg) => arg.replace('RESULTS', file)),
		{
			stdio: ['ignore', 'inherit', 'inherit'],
			env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, DO_NOT_TRACK: '1' }
		}
	);
	const counted = count(file);
	return status === 0 || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

const vitest = () =>
	run(
		[
			'node_modules/vitest/vitest.mjs',
			'run',
			'--reporter=default',
			'--reporter=json',
			'--outputFile=RESULTS'
		],
		{},
		(file) => {
			const report = readJson(file) as
				| {
						numPassedTests: number;
						numFailedTests: number;
						numFailedTestSuites: number;
						numPendingTests: number;
				  }
				| undefined;
			if (!report) return NONE;
			return {
				passed: report.numPassedTests,
				unsteady: 0,
				failed: report.numFailedTests,
				skipped: report.numPendingTests
			};
		}
	);

const playwright = () =>
	run(
		// A second try tells a slow moment of the machine from a fault; it is counted and said.
		[
			'node_modules/@playwright/test/cli.js',
			'test',
			'--config=tests/e2e',
			'--retries=1',
			'--reporter=list,json'
		],
		{ CHROMIUM_PATH: ensureChromium() },
		(file) => {
			const report = readJson(file) as
				{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } } | undefined;
			if (!report) return NONE;
			const { expected, unexpected, flaky, skipped } = report.stats;
			return { passed: expected + flaky, unsteady: flaky, failed: unexpected, skipped };
		}
	);

let failed: number;
try {
	const counts = [vitest(), playwright()];
	const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
	failed = sum('failed');
	const unsteady = sum('unsteady') ? ` (${sum('unsteady')} at the second try)` : '';
	const skipped = sum('skipped') ? `, ${sum('skipped')} skipped` : '';
	console.log(`\n${sum('passed')} passed${unsteady}, ${failed} failed${skipped}`);
} catch (error) {
	console.error((error as Error).message);
	failed = 1;
} finally {
	rmSync(results, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
