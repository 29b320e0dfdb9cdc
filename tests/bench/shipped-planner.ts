/** The planner built as the app ships it: under the test runner every constant costs a look-up, and times say nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import type * as planner from './planner-entry';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export async function loadShippedPlanner(): Promise<typeof planner> {
	const outDir = mkdtempSync(join(tmpdir(), 'planner-'));
	try {
		await build({
			configFile: false,
			logLevel: 'warn',
			resolve: { alias: { $lib: path('../../src/lib') } },
			build: {
				outDir,
				target: 'chrome111',
				lib: { entry: path('planner-entry.ts'), formats: ['es'], fileName: () => 'planner.mjs' }
			}
		});
		const { href } = pathToFileURL(join(outDir, 'planner.mjs'));
		return (await import(/* @vite-ignore */ href)) as typeof planner;
	} finally {
		rmSync(outDir, { recursive: true });
	}
}
