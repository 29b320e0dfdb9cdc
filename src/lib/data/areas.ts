/** The tree of areas. */
import type { Client } from './client';
import { answer } from './command';

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

/** All areas of the district, in the order of the tree's siblings. */
export const listAreas = (client: Client) =>
	answer<Area[]>(
		client.from('areas').select('id, parent_id, level, code, name, name_en, time_zone').order('sort').order('name')
	);

/** The zone of every date in the district; where there is no district yet, the default. */
export const zoneOf = (areas: readonly Area[]): string =>
	areas.find(({ time_zone }) => time_zone)?.time_zone ?? 'Asia/Shanghai';
