import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import project from './project.inlang/settings.json';

const FOLDER = join(import.meta.dirname, 'messages');
const SOURCES = 'src';

type Messages = Record<string, unknown>;

const topicsOf = (locale: string) => readdirSync(join(FOLDER, locale)).sort();

function read(locale: string, topic: string): Messages {
	const { $schema: _, ...messages } = JSON.parse(
		readFileSync(join(FOLDER, locale, topic), 'utf8')
	) as Messages;
	return messages;
}

/** The names that a message's text asks for, whatever its form (plain or by plural). */
const placeholders = (message: unknown) =>
	[...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort().join(' ');

function codeIn(folder: string): string {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && /\.(svelte|ts|js|html)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => !path.includes('paraglide') && !path.endsWith('.spec.ts'))
		.map((path) => readFileSync(path, 'utf8'))
		.join('\n');
}

describe('the messages', () => {
	it('have the same topics in both languages, all of them known to the project', () => {
		expect(topicsOf('en')).toEqual(topicsOf('zh'));
		const known = project['plugin.inlang.messageFormat'].pathPattern.map((pattern) =>
			pattern.split('/').at(-1)
		);
		expect(known.sort()).toEqual(topicsOf('zh'));
	});

	it.each(topicsOf('zh'))('of %s are complete', (topic) => {
		const zh = read('zh', topic);
		const en = read('en', topic);
		expect(Object.keys(en).sort(), 'the same keys').toEqual(Object.keys(zh).sort());
		for (const [key, text] of Object.entries(zh)) {
			expect(key, 'named after its topic').toMatch(new RegExp(`^(${topic.replace('.json', '')}|app)_`));
			expect(placeholders(en[key]), `the same placeholders in ${key}`).toBe(placeholders(text));
			expect(JSON.stringify(text).trim(), `${key} says something`).not.toBe('""');
			expect(JSON.stringify(en[key]).trim(), `${key} says something in English`).not.toBe('""');
		}
	});

	it('are all used', () => {
		const words = new Set(codeIn(SOURCES).match(/[a-z]\w+/g));
		const unused = topicsOf('zh').flatMap((topic) =>
			Object.keys(read('zh', topic)).filter((key) => !words.has(key))
		);
		expect(unused).toEqual([]);
	});
});
