import { describe, expect, it } from 'vitest';
import { problemsOf, readParty } from './party-form';

const good = { name: '王女士', phone: '138 0013 8000', headcount: '3', minors: '1', consent: 'on' };

function form(fields: Record<string, string | string[]>): FormData {
	const data = new FormData();
	for (const [name, values] of Object.entries({ ...good, ...fields }))
		for (const value of [values].flat()) data.append(name, value);
	return data;
}
const problems = (fields: Record<string, string> = {}) => problemsOf(readParty(form(fields)));

describe('the sign-up form', () => {
	it('is fine with what it needs, and nothing else', () => {
		expect(problems()).toEqual({});
		expect(readParty(form({}))).toEqual({
			name: '王女士',
			phone: '138 0013 8000',
			headcount: 3,
			minors: 1,
			home: '',
			wishes: [],
			lead: false,
			tools: '',
			consent: true
		});
	});

	it('says everything that is wrong at once, each at its field', () => {
		expect(problemsOf(readParty(new FormData()))).toEqual({
			name: 'name_missing',
			phone: 'phone_empty',
			headcount: 'headcount',
			consent: 'consent_missing'
		});
	});

	it('keeps what was typed, as it was typed', () => {
		const party = readParty(form({ phone: '12 34', name: '  赵 阿姨 ', tools: '铁锹' }));
		expect(party).toMatchObject({ phone: '12 34', name: '赵 阿姨', tools: '铁锹' });
		expect(problemsOf(party)).toEqual({ phone: 'phone_too-short' });
	});

	it('takes the wishes it knows, each once', () => {
		const { wishes } = readParty(form({ wishes: ['drain', 'drain', 'swim', 'adverts'] }));
		expect(wishes).toEqual(['drain', 'adverts']);
	});

	it.each([
		['0', '0'],
		['21', '0'],
		['', '0'],
		['zwei', '0'],
		['2.5', '0'],
		['-1', '0'],
		['1e1', '0']
	])('does not take %s for a number of people', (headcount, minors) =>
		expect(problems({ headcount, minors })).toEqual({ headcount: 'headcount' })
	);

	it('takes full-width digits', () => expect(problems({ headcount: '１２' })).toEqual({}));

	it.each([
		['2', '2'],
		['1', '3'],
		['3', 'x']
	])('wants a grown-up in a party of %s with %s children', (headcount, minors) =>
		expect(problems({ headcount, minors })).toEqual({ minors: 'minors' })
	);

	it('counts characters as people do', () => {
		expect(problems({ name: '😀'.repeat(40) })).toEqual({});
		expect(problems({ name: '王'.repeat(41) })).toEqual({ name: 'name_too_long' });
		expect(problems({ tools: 'x'.repeat(101) })).toEqual({ tools: 'tools_too_long' });
	});
});
