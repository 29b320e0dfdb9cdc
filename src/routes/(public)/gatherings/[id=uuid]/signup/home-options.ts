/** The communities to choose one's home from: those around the gathering first. */
import type { SelectOption } from '$lib/components/Select.svelte';
import type { Area } from '$lib/data/areas';
import { areaName } from '$lib/i18n/area-words';

export function homeOptions(areas: readonly Area[], gatheringArea: string): SelectOption[] {
	const here = areas.find((area) => area.id === gatheringArea);
	const near = here?.level === 'community' ? here.parent_id : here?.id;
	const streets = areas.filter((area) => area.level === 'street');
	return [...streets.filter(({ id }) => id === near), ...streets.filter(({ id }) => id !== near)].flatMap(
		(street) =>
			areas
				.filter((area) => area.parent_id === street.id)
				.map((community) => ({ value: community.id, label: areaName(community), group: areaName(street) }))
	);
}
