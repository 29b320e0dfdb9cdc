import { describe, expect, it } from 'vitest';
import { guessMapping, SITE_FIELDS } from '$lib/domain/site-import';
import { KINDS, kindOf } from '$lib/domain/sites';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { explain, fieldName } from './import-words';
import { kindName } from './site-words';

describe.each(['zh', 'en'] as const)('in %s', (locale) => {
	const inLocale = <T>(run: () => T): T => {
		overwriteGetLocale(() => locale);
		return run();
	};

	it('an exported file’s own headers are understood by an import', () => {
		const headers = inLocale(() => SITE_FIELDS.map(fieldName));
		const mapping = guessMapping(headers, []);
		expect(mapping).toEqual(Object.fromEntries(SITE_FIELDS.map((field, i) => [field, headers[i]])));
	});

	it.each(KINDS)('the word for %s is understood by an import', (kind) => {
		expect(kindOf(inLocale(() => kindName(kind)))).toBe(kind);
	});

	it('a reason names the column where it does not speak of it', () => {
		const words = inLocale(() =>
			explain({ line: 3, field: 'length_m', reason: 'number_negative', detail: '-3' })
		);
		expect(words).toContain(inLocale(() => fieldName('length_m')));
		expect(words).toContain('-3');
	});
});
