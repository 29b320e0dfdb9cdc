/** What the page of a labour day shows, and no more: it travels twice, as HTML and as data. */
import type { AreaLabel } from '$lib/data/account';
import type { DayPage, District, Gathering, LabourDay, Need } from '$lib/data/days';
import { groupBy } from '$lib/domain/group-by';

/** A gathering in the list to choose from. */
export interface GatheringChoice extends Pick<
	Gathering,
	'id' | 'place' | 'lng' | 'lat' | 'starts' | 'ends' | 'status' | 'reason' | 'over' | 'heads' | 'full'
> {
	area: Pick<AreaLabel, 'name' | 'name_en' | 'parent' | 'parent_en'>;
	areaId: string;
	/** Heads that its tasks still lack. */
	missing: number;
}

/** Sums of the year so far, in the units of the screen; 0 where there is nothing. */
export interface YearSums {
	/** Which year, unless it is this one. */
	of: number | null;
	metres: number;
	corners: number;
	tonnes: number;
	adverts: number;
}

export interface DayView {
	district: Pick<District, 'name' | 'name_en'>;
	today: string;
	day: LabourDay | null;
	/** The work is done: its date has passed, or on it every gathering that took place has ended. */
	over: boolean;
	cancelledBefore: { date: string; reason: string }[];
	gatherings: GatheringChoice[];
	/** Earliest start and latest end; null without gatherings. */
	times: { starts: string; ends: string; same: boolean } | null;
	heads: number | null;
	capacity: number | null;
	/** Those that lack most, first; none of a gathering that has no room or has ended, where nobody can be helped by coming. */
	needs: (Pick<Need, 'task_id' | 'gathering_id' | 'name' | 'kind' | 'length_m' | 'missing' | 'full'> & {
		area: GatheringChoice['area'];
	})[];
	year: YearSums;
}

/** As many needs as a phone shows without scrolling far. */
const NEEDS = 6;

const KILOGRAMS_PER_TONNE = 1000;

export function dayView(page: DayPage): DayView {
	const areas = new Map(
		page.gatherings.filter(({ full, over }) => !full && !over).map(({ id, area }) => [id, labelOf(area)])
	);
	const takingPlace = page.gatherings.filter(({ status }) => status !== 'cancelled');
	const missing = groupBy(page.needs, (need) => need.gathering_id);
	return {
		district: { name: page.district.name, name_en: page.district.name_en },
		today: page.today,
		day: page.day,
		over:
			page.day !== null &&
			(page.day.date < page.today ||
				(takingPlace.length > 0 && takingPlace.every(({ status, over }) => status === 'closed' || over))),
		cancelledBefore: page.cancelled_before ?? [],
		gatherings: page.gatherings.map((gathering) => ({
			id: gathering.id,
			areaId: gathering.area.id,
			area: labelOf(gathering.area),
			place: gathering.place,
			lng: gathering.lng,
			lat: gathering.lat,
			starts: gathering.starts,
			ends: gathering.ends,
			status: gathering.status,
			reason: gathering.reason,
			over: gathering.over,
			heads: gathering.heads,
			full: gathering.full,
			missing: (missing.get(gathering.id) ?? []).reduce((sum, need) => sum + need.missing, 0)
		})),
		times: timesOf(takingPlace),
		heads: page.heads,
		capacity: page.capacity,
		needs: page.needs
			.flatMap(({ task_id, gathering_id, name, kind, length_m, missing, full }) => {
				const area = areas.get(gathering_id);
				return area ? [{ task_id, gathering_id, area, name, kind, length_m, missing, full }] : [];
			})
			.slice(0, NEEDS),
		year: {
			of: page.year.of === Number(page.today.slice(0, 4)) ? null : page.year.of,
			metres: page.year.metres,
			corners: page.year.corners,
			tonnes: (page.year.kg_weighed + page.year.kg_estimated) / KILOGRAMS_PER_TONNE,
			adverts: page.year.adverts
		}
	};
}

const labelOf = ({ name, name_en, parent, parent_en }: AreaLabel): GatheringChoice['area'] => ({
	name,
	name_en,
	parent,
	parent_en
});

function timesOf(gatherings: Pick<Gathering, 'starts' | 'ends'>[]): DayView['times'] {
	const starts = gatherings.map((gathering) => gathering.starts).sort();
	const ends = gatherings.map((gathering) => gathering.ends).sort();
	const [first, last] = [starts[0], ends.at(-1)];
	if (!first || !last) return null;
	return { starts: first, ends: last, same: starts.at(-1) === first && ends[0] === last };
}
