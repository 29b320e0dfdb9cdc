import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../../../tests/db/engine';
import { addressKey, limitsFor, takeAttempts } from './attempts';

const at = (path: string) => new URL(path, 'http://localhost');
const PASSWORD = at('/auth/v1/token?grant_type=password');

describe('which attempts are counted', () => {
	it('those that guess or send, and none that need a session', () => {
		for (const path of ['/auth/v1/verify', '/auth/v1/otp', '/auth/v1/signup']) {
			expect(limitsFor(at(path), 'a@b.c', '10.0.0.1'), path).not.toEqual([]);
		}
		for (const path of ['/auth/v1/token?grant_type=refresh_token', '/auth/v1/logout', '/auth/v1/user']) {
			expect(limitsFor(at(path), undefined, '10.0.0.1'), path).toEqual([]);
		}
	});

	it('by account however it is spelt, and never by its plain name', () => {
		const [one] = limitsFor(PASSWORD, ' Wang@Example.org', '10.0.0.1');
		const [other] = limitsFor(PASSWORD, 'wang@example.org ', '10.0.0.1');
		expect(one).toEqual(other);
		expect(JSON.stringify(limitsFor(PASSWORD, 'wang@example.org', '10.0.0.1'))).not.toMatch(/wang|10\.0\.0/i);
	});

	it('by household on IPv6, however it is written', () => {
		expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe(addressKey('2001:db8:1:2::9'));
		expect(addressKey('2001:db8:1:2::9')).not.toBe(addressKey('2001:db8:1:3::9'));
		expect(addressKey('2001:db8::9')).toBe(addressKey('2001:db8:0:0:1::9'));
		expect(addressKey('::ffff:10.0.0.1')).not.toBe(addressKey('::ffff:10.0.0.2'));
	});
});

describe('attempts in the database', () => {
	let engine: TestEngine;
	beforeAll(async () => {
		engine = await startTestEngine();
	}, 60_000);
	afterAll(() => engine?.close());

	// Windows begin at fixed moments; a second try begins in a new one.
	it('lock out the guesser, not the owner at another address', { retry: 1 }, async () => {
		const owner = `${randomUUID()}@example.org`;
		const server = engine.client('service');
		const guess = () => takeAttempts(server, limitsFor(PASSWORD, owner, '10.6.6.6'));
		const answers: boolean[] = [];
		for (let i = 0; i < 12; i++) answers.push(await guess());
		expect(answers.indexOf(false)).toBe(8);
		expect(answers.lastIndexOf(true)).toBe(7);
		expect(await takeAttempts(server, limitsFor(PASSWORD, owner, '10.0.0.1'))).toBe(true);
	});

	it('cannot be used up or counted by a visitor', async () => {
		await expect(
			takeAttempts(engine.client(), limitsFor(PASSWORD, 'x@example.org', '10.0.0.1'))
		).rejects.toThrow('42501');
	});
});
