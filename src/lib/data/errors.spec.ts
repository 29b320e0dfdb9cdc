import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DataError, knownCodes, wordsFor } from './errors';

const migrations = new URL('../../../supabase/migrations/', import.meta.url);
const schema = readdirSync(migrations)
	.map((name) => readFileSync(new URL(name, migrations), 'utf8'))
	.join('\n');

describe('words for errors', () => {
	it('exist for every code that the schema raises', () => {
		const raised = new Set(
			[...schema.matchAll(/private\.fail\('([a-z_]+)'/g)].map((match) => match[1] as string)
		);
		expect(raised.size).toBeGreaterThan(40);
		expect([...raised].filter((code) => !knownCodes.includes(code))).toEqual([]);
	});

	it('carry the detail of the refusal', () => {
		expect(wordsFor(new DataError('no_room', '2', 409))).toContain('2');
	});

	it('never show what the server said', () => {
		const error = DataError.from({ message: 'null value in column "x"', code: '23502' }, 400);
		expect(error.code).toBe('bad_value');
		expect(wordsFor(error)).not.toContain('column');
	});

	it('come also from refusals that give a number for a code', () => {
		expect(DataError.from({ message: 'The request is too large.', code: 413 }, 413).code).toBe('too_large');
		expect(DataError.from({ message: 'Ask for one table.', code: 400 }, 400).code).toBe('server');
	});

	it('tell a lost connection from a refusal', () => {
		expect(DataError.from({ message: 'TypeError: Failed to fetch' }, 0).code).toBe('offline');
		expect(DataError.from({ message: 'lf:not_yours' }, 403).code).toBe('not_yours');
	});
});
