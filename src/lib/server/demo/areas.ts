/** Honghuagang's streets, towns, communities and villages by their real names and codes. */
import { commonName } from '$lib/domain/areas/common-name';
import type { Sql } from '../supabase/database';
import list from '../../../../supabase/seed/honghuagang-areas.csv?raw';

export interface DemoArea {
	id: string;
	parent_id: string | null;
	level: 'district' | 'street' | 'community';
	code: string;
	name: string;
	lng: number | null;
	lat: number | null;
}

/** The middle of the old town; the streets lie around it, roughly as far out as they really do. */
const CENTRE = { lng: 106.8936, lat: 27.6446 };

/** The areas in the form that `create_district` and `private.import_areas` take. */
export function demoAreaList(): { code: string; parent_code: string; level: string; name: string }[] {
	return list
		.trim()
		.split('\n')
		.slice(1)
		.map((line) => {
			const [code = '', parent_code = '', level = '', name = ''] = line.trim().split(',');
			return { code, parent_code, level, name: commonName(name) };
		});
}

/** Makes sure the district and its areas exist, and reads them back in the order of the list. */
export async function loadAreas(sql: Sql): Promise<DemoArea[]> {
	const areas = demoAreaList();
	const district = areas[0]!;
	await sql.rows(
		`insert into public.areas (level, code, name, name_en, time_zone) values ('district', $1, $2, 'Honghuagang', 'Asia/Shanghai')
		 on conflict do nothing`,
		[district.code, district.name]
	);
	await sql.rows(
		`select private.import_areas((select id from public.areas where level = 'district'), $1::text::jsonb)`,
		[JSON.stringify(areas)]
	);
	const rows = await sql.rows<DemoArea>(
		`select id, parent_id, level, code, name from public.areas order by code`
	);
	const streets = rows.filter((row) => row.level === 'street');
	for (const [n, street] of streets.entries()) {
		const out = n < 14 ? 0.012 + 0.002 * n : 0.05 + 0.01 * (n - 14);
		const angle = n * 2.4;
		street.lng = round(CENTRE.lng + out * Math.cos(angle));
		street.lat = round(CENTRE.lat + out * Math.sin(angle));
		await sql.rows(`update public.areas set lng = $2, lat = $3, responsible_unit = $4 where id = $1`, [
			street.id,
			street.lng,
			street.lat,
			`${street.name}办事处`
		]);
	}
	return rows;
}

const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
