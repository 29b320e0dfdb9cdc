import { describe, expect, it } from 'vitest';
import { newFormKey, secretsOf } from './bookings';

const key = newFormKey();

describe('the secrets of a sign-up', () => {
	it('are the same for the same form and number, and no other', () => {
		expect(secretsOf(key, '+8613800138000')).toEqual(secretsOf(key, '+8613800138000'));
		expect(secretsOf(key, '+8613800138001').id).not.toBe(secretsOf(key, '+8613800138000').id);
		expect(secretsOf(newFormKey(), '+8613800138000').token).not.toBe(secretsOf(key, '+8613800138000').token);
	});

	it('are an id that databases take and 128 bits that fit an address', () => {
		const { id, token } = secretsOf(key, '+8613800138000');
		expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		expect(token).toMatch(/^[\w-]{22}$/);
	});
});
