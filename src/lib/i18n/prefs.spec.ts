import { describe, expect, it } from 'vitest';
import { htmlAttributes, prefsKey, samePlace } from './prefs';

const origin = 'https://friday.example';

describe('samePlace', () => {
	it.each([
		['/results?year=2026', '/results?year=2026'],
		['/', '/'],
		['https://friday.example/sites', '/sites'],
		['https://evil.example/', '/'],
		['//evil.example/', '/'],
		['/\\evil.example', '/'],
		['javascript:alert(1)', '/'],
		['https://friday.example//evil.example', '/evil.example'],
		['http://[', '/'],
		[null, '/']
	])('%s leads to %s', (asked, expected) => {
		expect(samePlace(asked, origin)).toBe(expected);
	});
});

describe('what a page depends on', () => {
	it('is on <html> only where it differs from the normal', () => {
		expect(htmlAttributes({ large: false, theme: 'auto' })).toBe('');
		expect(htmlAttributes({ large: true, theme: 'dark' })).toBe('data-large data-theme="dark"');
	});

	it('has one key per way of showing', () => {
		expect(prefsKey({ language: 'zh', large: false, theme: 'auto' })).toBe('zh');
		expect(prefsKey({ language: 'en', large: true, theme: 'dark' })).toBe('en+large+dark');
	});
});
