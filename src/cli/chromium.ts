/** Finds a Chromium for the browser tests, or gets one. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const PLACES = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
];

function runnable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** The browser to test with: the one that was named, else Playwright's own, else the system's. */
export function findChromium(): string | undefined {
	const { CHROMIUM_PATH, PATH = '' } = process.env;
	if (CHROMIUM_PATH) {
		if (runnable(CHROMIUM_PATH)) return CHROMIUM_PATH;
		throw new Error(`CHROMIUM_PATH names ${CHROMIUM_PATH}, which cannot be run.`);
	}
	const onPath = NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
	return [chromium.executablePath(), ...onPath, ...PLACES].find(runnable);
}

function attempt(command: string, ...args: string[]): boolean {
	console.log(`> ${command} ${args.join(' ')}`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
}

/** Playwright's own browser; with the system libraries that it needs where that is allowed. */
function installPlaywrights(): boolean {
	const cli = join('node_modules', '@playwright', 'test', 'cli.js');
	const root = process.getuid?.() === 0;
	return attempt(process.execPath, cli, 'install', ...(root ? ['--with-deps'] : []), 'chromium');
}

function installDebians(): boolean {
	if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false;
	return (
		attempt('apt-get', 'update', '-q') &&
		attempt('apt-get', 'install', '-qy', '--no-install-recommends', 'chromium')
	);
}

/** Like `findChromium`, and installs one when there is none. */
export function ensureChromium(): string {
	const found = findChromium();
	if (found) return found;
	console.log('No Chromium found for the browser tests; getting one … 正在安装测试用的浏览器');
	for (const install of [installPlaywrights, installDebians]) {
		const path = install() ? findChromium() : undefined;
		if (path) return path;
	}
	throw new Error(
		'The browser tests need Chromium, and it could not be installed. Install Chromium or Google Chrome, or set CHROMIUM_PATH to one.'
	);
}
