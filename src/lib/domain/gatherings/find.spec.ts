import { describe, expect, it } from 'vitest';
import { byDistance, findGatherings, type Findable, type FindableArea } from './find';

const area = (
	id: string,
	name: string,
	parent: string | null,
	name_en: string | null = null
): FindableArea => ({
	id,
	name,
	name_en,
	parent_id: parent,
	code: `code-${id}`
});
const areas = [
	area('d', '红花岗区', null),
	area('laocheng', '老城街道', 'd', 'Laocheng'),
	area('fuhoushan', '府后山社区', 'laocheng'),
	area('beimen', '北门社区', 'laocheng'),
	area('wanli', '万里路街道', 'd')
];

const gathering = (areaId: string, place = '广场', lng: number | null = null, lat = 27.7): Findable => ({
	id: `g-${areaId}`,
	areaId,
	place,
	lng,
	lat: lng === null ? null : lat
});
const found = (search: string, ...gatherings: Findable[]) =>
	findGatherings(gatherings, areas, search).map(({ areaId }) => areaId);

describe('finding a gathering', () => {
	const laocheng = gathering('laocheng');
	const fuhoushan = gathering('fuhoushan');
	const wanli = gathering('wanli', '府后山公园门口');

	it('shows all of them, in their order, before anything is typed', () => {
		expect(found('  ', wanli, laocheng)).toEqual(['wanli', 'laocheng']);
	});

	it('puts the community itself first, then a place of that name, then the street around it', () => {
		expect(found('府后山', laocheng, wanli, fuhoushan)).toEqual(['fuhoushan', 'wanli', 'laocheng']);
	});

	it('gives a resident whose community has none the one of their street', () => {
		expect(found('北门社区', wanli, laocheng)).toEqual(['laocheng']);
	});

	it('gives a street its communities, after its own', () => {
		expect(found('老城', fuhoushan, wanli, laocheng)).toEqual(['laocheng', 'fuhoushan']);
	});

	it('knows English names, full-width letters, codes and ids', () => {
		expect(found('ＬＡＯ cheng', laocheng, wanli)).toEqual(['laocheng']);
		expect(found('code-fuhoushan', laocheng, wanli)).toEqual(['laocheng']);
		expect(found('wanli', wanli, laocheng)).toEqual(['wanli']);
	});

	it('finds nothing by the name of the whole district, nor by what nobody is called', () => {
		expect(found('红花岗', laocheng, wanli)).toEqual([]);
		expect(found('天安门', laocheng, wanli)).toEqual([]);
	});
});

describe('the nearest', () => {
	it('comes first, and what has no known place last', () => {
		const near = gathering('near', '', 106.91);
		const far = gathering('far', '', 106.95);
		const nowhere = gathering('nowhere');
		const sorted = byDistance([nowhere, far, near], { lng: 106.9, lat: 27.7 });
		expect(sorted.map(({ gathering: { areaId } }) => areaId)).toEqual(['near', 'far', 'nowhere']);
		expect(sorted[0]?.metres).toBeCloseTo(984.5, 0);
		expect(sorted[2]?.metres).toBeNull();
	});
});
