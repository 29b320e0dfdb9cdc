import { expect, it } from 'vitest';
import { harmless } from './harmless';

it('keeps the place and drops the values', () => {
	const error = Object.assign(new Error('invalid input syntax for type uuid: "王小明 13800000000"'), {
		code: '22P02',
		detail: 'Failing row contains (13800000000).',
		parameters: ['13800000000']
	});
	const text = harmless(error);
	expect(text).toContain('Error (22P02): invalid input syntax for type uuid: "…"');
	expect(text).toContain('harmless.spec.ts');
	expect(text).not.toMatch(/1380|王/);
});

it('drops numbers that nobody quoted', () => {
	expect(harmless(new Error('Key (phone)=(13800000000) already exists.'))).not.toContain('1380');
});
