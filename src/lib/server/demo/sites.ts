/** The demo district's sites: of every kind, named the way people there would name them. */
import { KIND_DEFAULTS, type Kind } from '$lib/domain/sites';
import type { DemoArea } from './areas';
import type { Chance } from './random';

export interface DemoSite {
	id: string;
	area_id: string;
	street_id: string;
	kind: Kind;
	name: string;
	length_m: number | null;
	in_jurisdiction: boolean;
	row: Record<string, unknown>;
}

/** How many of each kind; two more lie outside the jurisdiction. */
const COUNTS: readonly [Kind, number, readonly string[]][] = [
	['drain', 22, ['沟渠', '排水沟', '后沟', '大沟', '箱涵']],
	['dead_corner', 14, ['后巷', '楼间空地', '围墙角', '废弃地块']],
	['adverts', 8, ['广告墙', '楼道墙面', '电杆沿线']],
	['roadside', 6, ['路段', '人行道']],
	['market', 4, ['菜场周边', '农贸市场周边']],
	['toilet', 3, ['公厕']],
	['river_bank', 2, ['湘江河岸']],
	['other', 1, ['小广场']]
];

/** Sites per street, in the order of the list; further streets have two. They add up to the counts above. */
const SHARES = [7, 5, 4, 4, 3, 3, 2, 2];

const OUTSIDE: readonly [string, string][] = [
	['铁路货场外侧', '铁路局工务段'],
	['高速收费站匝道', '高速公路管理处']
];

/** Degrees as people write them down: a tenth of a metre is enough. */
const sixDigits = (degrees: number): number => Number(degrees.toFixed(6));

export function makeSites(chance: Chance, areas: readonly DemoArea[]): DemoSite[] {
	const communities = areas.filter((area) => area.level === 'community');
	const streets = areas.filter((area) => area.level === 'street');
	const kinds = COUNTS.flatMap(([kind, count, endings]) =>
		Array.from({ length: count }, (_, n) => ({ kind, ending: endings[n % endings.length] ?? '', n }))
	);
	// The old town is dirtier: its streets have more sites than the towns around it, and every street has some.
	const shares = streets.flatMap((street, n) => Array<DemoArea>(SHARES[n] ?? 2).fill(street));
	const sites = kinds.map(({ kind, ending }, index) => {
		const street = shares[(index * 7) % shares.length]!;
		const own = communities.filter((area) => area.parent_id === street.id);
		return makeSite(chance, kind, ending, own.length ? chance.pick(own) : street, street);
	});
	const town = streets[0]!;
	const outside = OUTSIDE.map(([name, unit]) => {
		const site = makeSite(chance, 'roadside', '', town, town);
		Object.assign(site.row, { name, responsible_unit: unit, in_jurisdiction: false, interval_days: null });
		return { ...site, name, in_jurisdiction: false };
	});
	return [...sites, ...outside];
}

function makeSite(chance: Chance, kind: Kind, ending: string, area: DemoArea, street: DemoArea): DemoSite {
	const defaults = KIND_DEFAULTS[kind];
	const id = chance.uuid();
	const name = `${area.name.replace(/(社区|村|街道|镇)$/, '')}${ending}`;
	const length_m = kind === 'drain' ? chance.int(12, 90) * 10 : null;
	// A drain in a lined ditch of the old town is shallow; the others keep their hazards.
	const hazards = kind === 'drain' && chance.maybe(0.4) ? [] : [...defaults.hazards];
	return {
		id,
		area_id: area.id,
		street_id: street.id,
		kind,
		name,
		length_m,
		in_jurisdiction: true,
		row: {
			id,
			area_id: area.id,
			kind,
			name,
			lng: sixDigits((street.lng ?? 0) + (chance.next() - 0.5) * 0.012),
			lat: sixDigits((street.lat ?? 0) + (chance.next() - 0.5) * 0.012),
			length_m,
			crew_min: defaults.crewMin,
			crew_max: defaults.crewMax + 4,
			minutes: defaults.minutes,
			interval_days: defaults.intervalDays,
			hazards,
			tools: defaults.tools.join(','),
			responsible_unit: `${street.name}办事处`,
			in_jurisdiction: true
		}
	};
}
