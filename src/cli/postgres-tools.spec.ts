import { describe, expect, it } from 'vitest';
import { explain, withoutPassword } from './postgres-tools';

describe("what PostgreSQL's tools say", () => {
	it('of a server newer than they are, with what to install', () => {
		const printed =
			'pg_dump: error: aborting because of server version mismatch\npg_dump: detail: server version: 17.10; pg_dump version: 15.18 (Debian 15.18-0+deb12u1)\n';
		expect(explain('pg_dump', printed)).toMatch(
			/15\.18, older than the server \(17\.10\).*postgresql-client-17/
		);
	});

	it('of a backup newer than they are', () => {
		expect(explain('pg_restore', 'pg_restore: error: unsupported version (1.16) in file header\n')).toContain(
			'older than the pg_dump'
		);
	});

	it('of anything else, in their last line', () => {
		expect(explain('pg_dump', 'a\npg_dump: error: no such database\n')).toBe(
			'pg_dump failed: pg_dump: error: no such database'
		);
	});
});

it('the password is not among what everybody can list', () => {
	expect(withoutPassword('postgres://friday:p%40ss@db.example.org:5433/app?sslmode=require')).toEqual({
		url: 'postgres://friday@db.example.org:5433/app?sslmode=require',
		password: 'p@ss'
	});
	expect(withoutPassword('postgresql://friday@localhost/app')).toEqual({
		url: 'postgresql://friday@localhost/app',
		password: ''
	});
});
