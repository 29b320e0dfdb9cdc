import { describe, expect, it } from 'vitest';
import type { Site } from '$lib/data/sites';
import { emptyForm, fieldsOf, formOf, placeOf, type SiteForm } from './site-form';

const form = (changes: Partial<SiteForm> = {}): SiteForm => ({
	...emptyForm('drain', 'area-1'),
	name: '官井沟渠',
	...changes
});
const errorsOf = (changes: Partial<SiteForm>) => {
	const result = fieldsOf(form(changes));
	return 'errors' in result ? Object.keys(result.errors) : [];
};

describe('the site form', () => {
	it('stores what was typed, full-width digits and blanks too', () => {
		const result = fieldsOf(
			form({
				name: ' 官井沟渠 ',
				length: '６２０．２５',
				lng: '106.92 ',
				lat: '27.7',
				interval: '',
				note: ' 深 '
			})
		);
		expect(result).toMatchObject({
			fields: { name: '官井沟渠', length_m: 620.3, lng: 106.92, lat: 27.7, interval_days: null, note: '深' }
		});
	});

	it.each<[Partial<SiteForm>, string[]]>([
		[{}, []],
		[{ name: '  ' }, ['name']],
		[{ name: '长'.repeat(81) }, ['name']],
		[{ areaId: '' }, ['area']],
		[{ lng: '106.92' }, ['place']],
		[{ lng: '27.7', lat: '106.92' }, ['place']],
		[{ lng: 'x', lat: '27.7' }, ['place']],
		[{ length: '-1' }, ['length']],
		[{ length: '很长' }, ['length']],
		[{ kind: 'toilet', length: '很长' }, []],
		[{ crewMin: 8, crewMax: 4 }, ['crew']],
		[{ interval: '0' }, ['interval']],
		[{ interval: '7.5' }, ['interval']]
	])('with %j has to put right %j', (changes, fields) => {
		expect(errorsOf(changes)).toEqual(fields);
	});

	it('keeps a line of two points or more, for kinds that have a length', () => {
		const path = [
			{ lng: 106.92, lat: 27.7 },
			{ lng: 106.93, lat: 27.7 }
		];
		expect(fieldsOf(form({ path }))).toMatchObject({
			fields: {
				path: [
					[106.92, 27.7],
					[106.93, 27.7]
				]
			}
		});
		expect(fieldsOf(form({ path: path.slice(1) }))).toMatchObject({ fields: { path: null } });
		expect(fieldsOf(form({ path, kind: 'market' }))).toMatchObject({ fields: { path: null } });
	});

	it('shows a stored site and stores it again unchanged', () => {
		const fields = {
			area_id: 'area-1',
			kind: 'drain',
			name: '官井沟渠',
			lng: 106.92,
			lat: 27.7,
			path: null,
			address: '',
			length_m: 620,
			crew_min: 3,
			crew_max: 9,
			minutes: 60,
			interval_days: null,
			hazards: ['traffic'],
			tools: '',
			note: '',
			responsible_unit: '城管局',
			in_jurisdiction: false
		};
		expect(fieldsOf(formOf({ ...fields, id: 'x' } as unknown as Site))).toEqual({ fields });
	});

	it('tells no place from a wrong one', () => {
		expect(placeOf({ lng: '', lat: ' ' })).toBeNull();
		expect(placeOf({ lng: '0', lat: '' })).toBeUndefined();
	});
});
