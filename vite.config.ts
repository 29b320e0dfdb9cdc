import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { sveltekit } from '@sveltejs/kit/vite';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { manifest } from './src/lib/offline/manifest.ts';
import { defineConfig } from 'vitest/config';

/** The oldest browsers that the pages are written for: see the README. tsconfig.json holds the code to what they know. */
const BROWSERS = ['chrome111', 'edge111', 'firefox114', 'safari16.4', 'ios16.4'];

/** What every page needs travels in one file: a dozen small ones cost a phone more in headers than in content. */
const everywhere = [
	/rolldown\/runtime|vite\/preload-helper|commonjsHelpers/,
	/node_modules\/(svelte|@sveltejs|esm-env|devalue|clsx)\//,
	/src\/lib\/paraglide\/(runtime|registry)/,
	/src\/lib\/paraglide\/messages\/(app_name|common_)/,
	/src\/lib\/(route|uuid|moments|data\/(kept|known-self)|domain\/calendar\/(today|local-date|zone-offset)|offline\/(device|install-offer))/,
	/src\/lib\/components\/(PublicShell|PrefSwitch|ToastRegion|toasts|UpdatePrompt|Button|PageHeader|BackLink|Card|Badge|ActionBar|ListRow|Field|Notice)\b/
];

/**
 * The pages that open without a signal. The list of a crew does so on a phone that is started anew: as few files as can be,
 * because each costs it a request and a turn. With a person's own pages goes what signing out clears away.
 */
const pages = {
	list: /src\/routes\/lead\/(\+|\[task\]\/[+A-Z])/,
	crew: /src\/routes\/lead\//,
	own: /src\/(routes\/me\/|lib\/offline\/(pack\/(drop|tidy-up)|storage\/))/,
	public: /src\/routes\/\(public\)\/.*\.svelte$/
};
type Pages = keyof typeof pages;
/** Bytes of source below which a file of its own is not worth it: of what public pages share, and of the rest. */
const SMALL = { shared: 6000, own: 10_000, crew: 10_000 };

/**
 * What the list is made of, and what every page made in the browser starts with: Chromium compiles these files whole while
 * they load, beside the page, instead of at the first tap (https://v8.dev/blog/explicit-compile-hints). To others it is a comment.
 */
const AHEAD = /^(core|both|list)/;

/**
 * How the app's files are cut. What public pages need too stays nearly as fine as the bundler cuts it, so that a visitor
 * loads nothing of the rest; what only the pages above need is put together.
 */
function files(): Plugin {
	let browser = false;
	const needed = Object.fromEntries(Object.keys(pages).map((who) => [who, new Set()])) as Record<
		Pages,
		Set<string>
	>;
	const text = (id: string) => /\/paraglide\/messages\/(\w+)\.js$/.exec(id)?.[1];
	const needs = (who: Pages, id: string) => needed[who].has(text(id) ?? id);
	/** The group of a file, by the pages that need it; undefined: the bundler cuts it as it likes. */
	const groupOf = (id: string): string | undefined => {
		const [list, crew, own] = (['list', 'crew', 'own'] as const).map((who) => needs(who, id));
		if (needs('public', id)) return own || crew ? 'shared' : undefined;
		if (list) return own ? 'both' : 'list';
		return own ? 'own' : crew ? 'crew' : undefined;
	};
	return {
		name: 'files',
		configResolved: (config) => {
			browser = !config.build.ssr;
		},
		buildEnd() {
			if (!browser) return;
			const walk = (id: string, found: Set<string>): void => {
				// All texts are in one list of imports: what counts is which of them a file says.
				if (found.has(id) || id.includes('/paraglide/messages')) return;
				found.add(id);
				const { code, importedIds = [] } = this.getModuleInfo(id) ?? {};
				for (const [, name] of code?.matchAll(/\bm\.(\w+)/g) ?? []) found.add(name!);
				for (const next of importedIds) walk(next, found);
			};
			for (const id of this.getModuleIds()) {
				for (const [who, pattern] of Object.entries(pages)) {
					if (pattern.test(id)) walk(id, needed[who as Pages]);
				}
			}
		},
		generateBundle: {
			// The first thing in the file, whatever others put there.
			order: 'post',
			handler(_, bundle) {
				for (const file of Object.values(bundle)) {
					if (browser && file.type === 'chunk' && AHEAD.test(file.name))
						file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
				}
			}
		},
		outputOptions: (options) =>
			browser
				? {
						...options,
						// A style sheet of a file that several pages share would be named after all of them.
						assetFileNames: String(options.assetFileNames).replace('[name].', ''),
						codeSplitting: {
							groups: [
								{
									name: 'core',
									priority: 2,
									test: (id: string) => everywhere.some((pattern) => pattern.test(id))
								},
								...['both', 'list'].map((name) => ({ name, test: (id: string) => groupOf(id) === name })),
								...Object.entries(SMALL).map(([name, size]) => ({
									name,
									// A group takes what its files need along, if no group before it has.
									priority: name === 'shared' ? 1 : 0,
									test: (id: string) => groupOf(id) === name,
									entriesAware: true,
									entriesAwareMergeThreshold: size
								}))
							]
						}
					}
				: options
	};
}

/** Builds src/enhance.ts, the script of every page's shell, as one small file beside the app: /enhance.js. */
function enhancement(): Plugin {
	let outDir: string | undefined;
	return {
		name: 'enhancement',
		apply: 'build',
		configResolved: ({ build }) => {
			outDir = build.ssr ? undefined : build.outDir;
		},
		async writeBundle() {
			if (!outDir) return;
			await build({
				configFile: false,
				logLevel: 'warn',
				resolve: { alias: { $lib: fileURLToPath(new URL('src/lib', import.meta.url)) } },
				build: {
					target: BROWSERS,
					outDir,
					emptyOutDir: false,
					copyPublicDir: false,
					modulePreload: false,
					rolldownOptions: { input: 'src/enhance.ts', output: { entryFileNames: 'enhance.js' } }
				}
			});
		}
	};
}

/** In development the same script comes straight from its source. */
function enhancementInDevelopment(): Plugin {
	return {
		name: 'enhancement-in-development',
		apply: 'serve',
		configureServer(server) {
			server.middlewares.use('/enhance.js', (_, response) => {
				response.writeHead(302, { location: '/src/enhance.ts' }).end();
			});
		}
	};
}

export default defineConfig({
	plugins: [
		enhancement(),
		enhancementInDevelopment(),
		files(),
		paraglideVitePlugin({
			project: './src/lib/i18n/project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
			cookieName: 'lang'
		}),
		sveltekit(),
		SvelteKitPWA({
			strategies: 'injectManifest',
			filename: 'service-worker.ts',
			// Registered by src/enhance.ts: after the page has loaded, and with the person's word before a new version takes over.
			injectRegister: false,
			registerType: 'prompt',
			manifest,
			// The list of files, not what is fetched at once: see src/service-worker.ts.
			injectManifest: { globPatterns: ['client/_app/immutable/**/*.{js,css}'], globIgnores: ['**/*.map'] }
			// Should a service worker ever have to go from all phones: `selfDestroying: true` for one release.
		})
	],
	// Their packages say CommonJS, from which Node cannot import by name; the bundler can.
	ssr: { noExternal: ['chinese-days'] },
	build: {
		target: BROWSERS,
		// The list of every route's files would be longer than the files a visitor opens; styles alone must come in time.
		modulePreload: {
			polyfill: false,
			resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css'))
		}
	},
	test: {
		// The plugins' watchers do not always let go; nothing is lost by not waiting for them.
		teardownTimeout: 1000,
		include: ['src/**/*.spec.ts', 'tests/**/*.spec.ts'],
		exclude: ['tests/e2e/**', 'node_modules/**']
	}
});
