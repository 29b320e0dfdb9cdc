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
}

/** All areas of the district, in the order of the tree's siblings. */
export const listAreas = (client: Client) =>
	answer<Area[]>(
		client.from('areas').select('id, parent_id, level, code, name, name_en').order('sort').order('name')
	);
