/*
 * Finding the gathering that is near: by the name of a community, street or place, or by where somebody stands.
 * Small enough for a public page; knows nothing of how gatherings are stored.
 */
import { distanceBetween, type Point } from '../sites/geometry';

/** What a search looks at. */
export interface Findable {
	id: string;
	areaId: string;
	place: string;
	lng: number | null;
	lat: number | null;
}

/** An area of the tree, as far as a search must know it. */
export interface FindableArea {
	id: string;
	parent_id: string | null;
	code: string | null;
	name: string;
	name_en: string | null;
}

/** How well a gathering answers a search; less is better. */
const OWN_AREA = 0;
const PLACE = 1;
/** The street that the community searched for lies in. */
const AROUND = 2;
/** A community of the street searched for. */
const WITHIN = 3;

/**
 * The gatherings that a search means, best first: those of the area itself, at a place of that name, of the street
 * around it, of the communities within it. Everything for an empty search; areas may be named, or given by code or id.
 */
export function findGatherings<G extends Findable>(
	gatherings: readonly G[],
	areas: readonly FindableArea[],
	search: string
): G[] {
	const wanted = fold(search);
	if (!wanted) return [...gatherings];
	const parents = new Map(areas.map((area) => [area.id, area.parent_id]));
	const meant = new Set(areas.filter((area) => means(area, wanted)).map((area) => area.id));
	const around = new Set([...meant].flatMap((id) => ancestorsOf(id, parents)));
	const rank = ({ areaId, place }: G) => {
		if (meant.has(areaId)) return OWN_AREA;
		if (fold(place).includes(wanted)) return PLACE;
		if (around.has(areaId)) return AROUND;
		return ancestorsOf(areaId, parents).some((id) => meant.has(id)) ? WITHIN : undefined;
	};
	return gatherings
		.flatMap((gathering) => {
			const order = rank(gathering);
			return order === undefined ? [] : [{ gathering, order }];
		})
		.sort((a, b) => a.order - b.order)
		.map(({ gathering }) => gathering);
}

/** Gatherings with their distance in metres from a point, nearest first; those without a known place come last. */
export function byDistance<G extends Findable>(
	gatherings: readonly G[],
	from: Point
): { gathering: G; metres: number | null }[] {
	return gatherings
		.map((gathering) => {
			const { lng, lat } = gathering;
			return { gathering, metres: lng === null || lat === null ? null : distanceBetween(from, { lng, lat }) };
		})
		.sort((a, b) => (a.metres ?? Infinity) - (b.metres ?? Infinity));
}

/** Width of letters, case and blanks do not matter in a search. */
const fold = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');

/** The district is everywhere, so its name narrows nothing down. */
function means(area: FindableArea, wanted: string): boolean {
	if (area.id === wanted || area.code === wanted) return true;
	return (
		area.parent_id !== null && [area.name, area.name_en ?? ''].some((name) => fold(name).includes(wanted))
	);
}

function ancestorsOf(id: string, parents: ReadonlyMap<string, string | null>): string[] {
	const parent = parents.get(id);
	return parent ? [parent, ...ancestorsOf(parent, parents)] : [];
}
