/** What a reader of the SQL would look for by eye. */
import { describe, expect, it } from 'vitest';
import { orderMigrations } from '$lib/server/supabase/migrate';
import { migrations } from './engine';

/** The statements without their comments, line by line. */
const codeOf = (text: string) => text.split('\n').map((line) => line.replace(/--.*$/, ''));

/** Ways to ask the session's clock for a date; the session runs in UTC, where it may still be yesterday. */
const WRONG_CLOCK =
	/\bcurrent_date\b|\bnow\(\)\s*::\s*date\b|\bclock\(\)\s*::\s*date\b|cast\s*\(\s*now\(\)\s+as\s+date/i;

describe.each(migrations.map(({ version, name, text }) => [`${version}_${name}`, text] as const))(
	'%s',
	(_, text) => {
		it('says its purpose on top', () => {
			expect(text).toMatch(/^-- \S/);
		});

		it('takes no date from the session clock', () => {
			expect(codeOf(text).filter((line) => WRONG_CLOCK.test(line))).toEqual([]);
		});

		it('fixes the search path of every function', () => {
			const functions = codeOf(text)
				.join('\n')
				.split(/(?=^create (?:or replace )?function )/im)
				.filter((part) => /^create (or replace )?function/i.test(part));
			const loose = functions
				.map((part) => part.slice(0, part.search(/\bas \$|\bbegin atomic\b/i)))
				.filter((head) => !/set search_path = ''/.test(head));
			expect(loose).toEqual([]);
		});
	}
);

describe('the lint itself', () => {
	it('knows the wrong clocks', () => {
		for (const wrong of [
			'select current_date',
			'now()::date',
			'private.clock() :: date',
			'cast(now() as date)'
		]) {
			expect(WRONG_CLOCK.test(wrong), wrong).toBe(true);
		}
		expect(WRONG_CLOCK.test('private.today(v_area)')).toBe(false);
	});

	it('orders files by their version', () => {
		const files = { '/m/20_b.sql': 'b', '/m/10_a.sql': 'a' };
		expect(orderMigrations(files).map(({ name }) => name)).toEqual(['a', 'b']);
		expect(() => orderMigrations({ '/m/nameless.sql': '' })).toThrow('nameless');
	});
});
