/** The gathering form: what is typed, what is wrong with it, what is saved. */
import type { GatheringFields } from '$lib/data/gatherings';
import type { Clash } from '$lib/data/opened.svelte';
import { m } from '$lib/paraglide/messages';

/** As the fields hold it: text. */
export interface GatheringDraft {
	place: string;
	starts: string;
	ends: string;
	capacity: string;
	bring: string;
	safety: string;
	position: { lng: number; lat: number } | null;
}

export const emptyDraft = (): GatheringDraft => ({
	place: '',
	starts: '08:30',
	ends: '11:00',
	capacity: '',
	bring: '',
	safety: '',
	position: null
});

export const draftOf = (fields: GatheringFields): GatheringDraft => ({
	place: fields.place,
	starts: fields.starts,
	ends: fields.ends,
	capacity: fields.capacity === null ? '' : String(fields.capacity),
	bring: fields.bring,
	safety: fields.safety,
	position: fields.lng === null || fields.lat === null ? null : { lng: fields.lng, lat: fields.lat }
});

export type GatheringProblems = Partial<Record<'place' | 'ends' | 'capacity', string>>;

export function problemsOf(draft: GatheringDraft): GatheringProblems {
	const problems: GatheringProblems = {};
	if (!draft.place.trim()) problems.place = m.gathering_place_missing();
	if (!draft.starts || !draft.ends || draft.ends <= draft.starts) problems.ends = m.gathering_times_wrong();
	const capacity = draft.capacity.trim();
	if (capacity && (!/^\d{1,6}$/.test(capacity) || Number(capacity) < 1 || Number(capacity) > 100_000))
		problems.capacity = m.gathering_capacity_wrong();
	return problems;
}

export const fieldsOf = (draft: GatheringDraft): GatheringFields => ({
	place: draft.place.trim(),
	starts: draft.starts,
	ends: draft.ends,
	capacity: draft.capacity.trim() ? Number(draft.capacity) : null,
	bring: draft.bring.trim(),
	safety: draft.safety.trim(),
	lng: draft.position?.lng ?? null,
	lat: draft.position?.lat ?? null
});

const FIELDS: Readonly<Record<Exclude<keyof GatheringFields, 'lng' | 'lat'>, () => string>> = {
	place: m.gathering_place,
	starts: m.gathering_starts,
	ends: m.gathering_ends,
	capacity: m.gathering_capacity,
	bring: m.gathering_bring,
	safety: m.gathering_safety
};

const positionWords = ({ lng, lat }: GatheringFields): string =>
	lng === null || lat === null
		? m.gathering_position_none()
		: m.gathering_position_set({ lat: lat.toFixed(5), lng: lng.toFixed(5) });

/** What two people wrote into the same fields, a place on the map being one. */
export function clashRows({ keys, theirs, mine }: Clash<GatheringFields>) {
	const position = keys.some((key) => key === 'lng' || key === 'lat');
	return [
		...keys.flatMap((key) =>
			key === 'lng' || key === 'lat'
				? []
				: [{ label: FIELDS[key](), theirs: String(theirs[key] ?? ''), mine: String(mine[key] ?? '') }]
		),
		...(position
			? [{ label: m.gathering_position(), theirs: positionWords(theirs), mine: positionWords(mine) }]
			: [])
	];
}
