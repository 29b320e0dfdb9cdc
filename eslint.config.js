import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What only some folders may import: the layers of the house, from the inside out. */
const SUPABASE = {
	group: ['@supabase/*'],
	message: 'Only src/lib/data and src/lib/server talk to Supabase.'
};
const SERVER = { group: ['$lib/server/*'], message: 'Server code stays on the server.' };
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default ts.config(
	{
		ignores: [
			'**/build/',
			'**/.svelte-kit/',
			'node_modules/',
			'data/',
			'src/lib/paraglide/',
			'src/lib/data/database.types.ts'
		]
	},
	js.configs.recommended,
	ts.configs.recommended,
	svelte.configs.recommended,
	svelte.configs.prettier,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			// TypeScript knows better which names exist.
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'prefer-const': 'error',
			// The app lives at the root of its address.
			'svelte/no-navigation-without-resolve': 'off',
			// These two cannot tell a value that is made and dropped, or read from the browser once, from state.
			'svelte/prefer-svelte-reactivity': 'off',
			'svelte/prefer-writable-derived': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
		rules: { 'prefer-const': 'off', 'svelte/prefer-const': 'error' }
	},
	{
		files: ['src/**/*.{ts,js}'],
		ignores: ['**/*.spec.ts'],
		languageOptions: {
			parserOptions: {
				projectService: { allowDefaultProject: ['src/service-worker.ts'] },
				tsconfigRootDir: import.meta.dirname
			}
		},
		rules: { '@typescript-eslint/no-floating-promises': 'error' }
	},
	{
		files: ['src/**/*.{ts,svelte}'],
		ignores: ['src/lib/server/**', 'src/cli/**', '**/*.server.ts', '**/*.spec.ts'],
		rules: {
			'no-restricted-properties': [
				'error',
				{
					object: 'crypto',
					property: 'randomUUID',
					message: 'Missing where the app is opened by a plain http address: newId() of $lib/uuid.'
				}
			]
		}
	},
	{ files: ['src/**'], ignores: ['src/lib/server/**', '**/*.spec.ts'], rules: restrict(SUPABASE) },
	{ files: ['src/lib/components/**', 'src/lib/offline/**'], rules: restrict(SUPABASE, SERVER) },
	{ files: ['src/lib/data/**'], rules: restrict(SERVER) },
	{
		files: ['src/lib/domain/**'],
		ignores: ['**/*.spec.ts'],
		rules: restrict(
			{
				group: ['svelte', 'svelte/*', '$app/*', '@sveltejs/*', '*.svelte'],
				message: 'The rules of the trade are plain TypeScript.'
			},
			{ regex: '^\\$lib/(?!domain)', message: 'The rules of the trade depend on nothing else in the app.' },
			{ group: ['@supabase/*', 'node:*', 'idb'], message: 'The rules of the trade run anywhere.' }
		)
	}
);
