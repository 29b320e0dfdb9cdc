import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { DataError, explainError, unwrap } from './errors';

const FOLDER = 'supabase/migrations';
const codes = new Set(
	readdirSync(FOLDER).flatMap((file) =>
		[...readFileSync(`${FOLDER}/${file}`, 'utf8').matchAll(/private\.fail\('(\w+)'/g)].map((found) => found[1]!)
	)
);

it.each([...codes])('the database’s code %s has words', (code) => {
	expect(explainError(new DataError(code))).not.toBe(m.errors_unknown());
});

describe('unwrap', () => {
	const failed = (message: string, status: number, details = '') => () =>
		unwrap({ data: null, error: { message, details, code: '42501' }, status });

	it('gives the data of a good answer', () => {
		expect(unwrap({ data: [1], error: null, status: 200 })).toEqual([1]);
	});

	it.each([
		['a refusal of ours, with its detail', failed('lf:no_room', 409, '3'), ['no_room', '3', 409]],
		['no signal', failed('TypeError: Failed to fetch', 0), ['offline', '', 0]],
		['a policy', failed('new row violates row-level security policy', 403), ['refused', '42501', 403]],
		['a server that is down', failed('Bad gateway', 502), ['server', '42501', 502]]
	] as const)('throws %s', (_, run, [code, detail, status]) => {
		expect(run).toThrow(expect.objectContaining({ code, detail, status }));
	});

	it('puts the detail into the words', () => {
		expect(explainError(new DataError('no_room', '3'))).toContain('3');
		expect(explainError(new TypeError('x'))).toBe(m.errors_unknown());
	});
});
