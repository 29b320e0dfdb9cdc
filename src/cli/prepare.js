/**
 * Makes a fresh clone ready, so that `npm start` and `npm test` are the only commands anybody types:
 * installs from the lockfile when packages are missing or stale, builds when sources changed.
 * Runs before anything is installed and on any Node >= 20: no dependencies, plain JavaScript.
 *
 *   node src/cli/prepare.js            packages
 *   node src/cli/prepare.js build      packages and the built app
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STAMP = join(ROOT, 'build/.sources');
/** Whatever the built app is made of. */
const SOURCES = [
	'src',
	'static',
	'supabase/migrations',
	'svelte.config.js',
	'vite.config.ts',
	'package-lock.json'
];
/** Written by the build itself. */
const GENERATED = [
	'src/lib/paraglide',
	...['.gitignore', '.lix', '.meta.json', 'README.md', 'cache'].map(
		(name) => `src/lib/i18n/project.inlang/${name}`
	)
].map((path) => join(ROOT, path));

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }>} */
function packagesIn(file) {
	try {
		return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages ?? {};
	} catch {
		return {};
	}
}

/** Whether `node_modules` holds what the lockfile names; packages for other platforms are allowed to be absent. */
function installed() {
	const wanted = packagesIn('package-lock.json');
	const present = packagesIn('node_modules/.package-lock.json');
	return Object.entries(wanted).every(([path, { version, optional }]) => {
		if (path === '') return true;
		const found = present[path];
		return found ? found.version === version : optional === true;
	});
}

/**
 * @param {string} doing said before it starts
 * @param {string} command
 * @param {string[]} args
 */
function run(doing, command, args) {
	console.log(doing);
	const result = spawnSync(command, args, {
		cwd: ROOT,
		stdio: ['ignore', process.stderr, process.stderr],
		shell: process.platform === 'win32' && command === 'npm',
		env: {
			...process.env,
			DO_NOT_TRACK: '1',
			PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter)
		}
	});
	if (result.status !== 0) {
		console.error(`Failed: ${command} ${args.join(' ')}${result.error ? ` (${result.error.message})` : ''}`);
		process.exit(result.status ?? 1);
	}
}

function install() {
	const npm = process.env.npm_execpath?.endsWith('.js')
		? { command: process.execPath, first: [process.env.npm_execpath] }
		: { command: 'npm', first: [] };
	// Flags win over NODE_ENV=production and over a personal .npmrc: the build needs every package and its scripts.
	run('Installing packages (a few minutes, the first time only) … 正在安装，第一次要几分钟', npm.command, [
		...npm.first,
		'ci',
		'--include=dev',
		'--include=optional',
		'--ignore-scripts=false',
		'--no-audit',
		'--no-fund',
		'--loglevel=error'
	]);
}

/** @param {string} path @returns {string[]} every file at or below it, in a stable order */
function filesIn(path) {
	if (GENERATED.includes(path) || !existsSync(path)) return [];
	try {
		return readdirSync(path, { withFileTypes: true })
			.sort((a, b) => (a.name < b.name ? -1 : 1))
			.flatMap((entry) => filesIn(join(path, entry.name)));
	} catch {
		return [path];
	}
}

function fingerprint() {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap((source) => filesIn(join(ROOT, source)))) {
		if (/\.(spec|test)\.ts$/.test(file)) continue;
		hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex');
}

function build() {
	const wanted = fingerprint();
	if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
	const node = join(ROOT, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
	run('Building (about a minute) … 正在构建，约一分钟', existsSync(node) ? node : process.execPath, [
		join(ROOT, 'node_modules/vite/bin/vite.js'),
		'build',
		'--logLevel',
		'error'
	]);
	writeFileSync(STAMP, wanted);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
	console.error(`Node 20 or newer is needed; this is ${process.versions.node}.`);
	process.exit(1);
}
if (!installed()) install();
if (process.argv[2] === 'build') build();
