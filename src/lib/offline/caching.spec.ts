import { describe, expect, it } from 'vitest';
import { venueCode } from '$lib/domain/venue';
import { Route } from '$lib/route';
import { known, mayKeep, treatmentOf } from './caching';
import { scannedIn } from './venue-kept';

const origin = 'https://friday.example';
const link = { method: 'GET', navigates: true };
const fetched = { method: 'GET', navigates: false };
const treat = (path: string, asked = link) => treatmentOf(new URL(path, origin), origin, asked);

/** Where the QR shown at the venue leads, of a gathering and a code as they are really made. */
const venue = Route.venue('00000000-0000-4000-8000-000000000001', venueCode('0'.repeat(64), 1.8e12).code);

describe('a page', () => {
	it.each([
		['/', 'page'],
		['/results?year=2026', 'page'],
		['/offline', 'page'],
		['/start', 'shell'],
		['/me', 'shell'],
		['/me/hours', 'shell'],
		['/lead', 'shell'],
		['/organize/board?day=2026-11-27', 'shell'],
		['/media', 'page'],
		['/leaders', 'page'],
		[venue, 'page']
	])('%s is a %s', (path, treatment) => expect(treat(path)).toBe(treatment));
});

it('knows the code of the venue in its address', () => {
	expect(scannedIn(venue)).toMatchObject({ code: expect.stringMatching(/^60000000_/) as string });
});

describe('never touched', () => {
	it.each([
		'/rest/v1/people',
		'/auth/v1/token',
		'/storage/v1/object/a',
		'/photos/abc',
		'/prefs',
		'/config.json',
		'/healthz',
		'/setup',
		'/calendar.ics',
		'https://tiles.example/1/2/3.png'
	])('%s', (path) => {
		expect(treat(path)).toBe('none');
		expect(treat(path, fetched)).toBe('none');
	});

	it('a form that is sent', () => {
		expect(treat('/', { method: 'POST', navigates: true })).toBe('none');
		expect(treat('/me', { method: 'POST', navigates: true })).toBe('none');
	});

	it('data of pages about a person', () => {
		expect(treat('/me/__data.json', fetched)).toBe('none');
		expect(treat('/organize/people/__data.json', fetched)).toBe('none');
		expect(treat('/results/__data.json', fetched)).toBe('data');
		expect(treat('/__data.json', fetched)).toBe('data');
	});
});

it('knows files of the build and icons', () => {
	expect(treat('/_app/immutable/chunks/a1.js', fetched)).toBe('asset');
	expect(treat('/_app/version.json', fetched)).toBe('none');
	expect(treat('/icon.svg', fetched)).toBe('static');
	expect(treat('/manifest.webmanifest', fetched)).toBe('static');
});

describe('an answer', () => {
	const answer = (status: number, cacheControl?: string, redirected = false) => ({
		status,
		redirected,
		headers: new Headers(cacheControl ? { 'cache-control': cacheControl } : {})
	});

	it('is kept when it is whole and impersonal', () => {
		expect(mayKeep(answer(200))).toBe(true);
		expect(mayKeep(answer(200, 'public, max-age=60'))).toBe(true);
	});

	it('is not kept when it is somebody’s, failed or from elsewhere', () => {
		expect(mayKeep(answer(200, 'private, No-Store'))).toBe(false);
		expect(mayKeep(answer(500))).toBe(false);
		expect(mayKeep(answer(200, undefined, true))).toBe(false);
	});
});

it('keeps only files of this build', () => {
	const assets = new Set(['/_app/immutable/a.js']);
	expect(known(['/_app/immutable/a.js', '/_app/immutable/old.js', '/photos/x'], assets)).toEqual([
		'/_app/immutable/a.js'
	]);
});
