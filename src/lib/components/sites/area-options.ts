import { subtree } from '$lib/domain/areas';
import type { Area } from '$lib/data/areas';
import { areaName } from '$lib/i18n/area-words';

/** The areas below `roots` for a native select, each indented under the one it lies in. */
export function areaOptions(
	areas: readonly Area[],
	roots: readonly string[]
): { value: string; label: string }[] {
	return subtree(areas, roots).map((area) => ({
		value: area.id,
		label: '\u3000'.repeat(area.depth) + areaName(area)
	}));
}

/** The ids to ask for when an area is chosen: it and all below; `undefined` for the whole district, which needs no list. */
export function areaIds(areas: readonly Area[], roots: readonly string[]): string[] | undefined {
	const district = areas.find(({ level }) => level === 'district');
	if (district && roots.includes(district.id)) return undefined;
	return subtree(areas, roots).map(({ id }) => id);
}
