import { describe, expect, it } from 'vitest';
import type { Area } from '$lib/data/areas';
import { homeOptions } from './home-options';

const area = (id: string, level: Area['level'], parent_id: string | null): Area => ({
	id,
	level,
	parent_id,
	code: null,
	name: id,
	name_en: null,
	time_zone: null
});
const areas = [
	area('区', 'district', null),
	area('一街', 'street', '区'),
	area('二街', 'street', '区'),
	area('甲', 'community', '一街'),
	area('乙', 'community', '二街'),
	area('丙', 'community', '二街')
];
const offered = (gathering: string) =>
	homeOptions(areas, gathering).map(({ group, label }) => `${group}/${label}`);

describe('the communities to choose a home from', () => {
	it('begin with those of the street where the gathering is', () =>
		expect(offered('二街')).toEqual(['二街/乙', '二街/丙', '一街/甲']));
	it('begin with the neighbours of a community that has its own', () =>
		expect(offered('丙')).toEqual(['二街/乙', '二街/丙', '一街/甲']));
	it('are all there, whatever the gathering', () => expect(offered('nowhere')).toHaveLength(3));
});
