/** The tree of areas. */
import { allRows } from './all-rows';
import type { Client } from './client';

export interface Area {
	id: string;
	parent_id: string | null;
	level: 'district' | 'street' | 'community';
	code: string | null;
	name: string;
	name_en: string | null;
	/** Of the district only: the zone of every date in it. */
	time_zone: string | null;
}

/** An area and about where it lies; null when nobody told. */
export interface PlacedArea extends Area {
	lng: number | null;
	lat: number | null;
}

/** All areas of the district, in the order of the tree's siblings. */
export const listAreas = (client: Client) =>
	allRows<PlacedArea>((from, to) =>
		client
			.from('areas')
			.select('id, parent_id, level, code, name, name_en, time_zone, lng, lat')
			.order('sort')
			.order('name')
			.order('id')
			.range(from, to)
	);

/** The zone of every date in the district; where there is no district yet, the default. */
export const zoneOf = (areas: readonly Area[]): string =>
	areas.find(({ time_zone }) => time_zone)?.time_zone ?? 'Asia/Shanghai';
