/** Labour days that have been: who came, when, and what was done. A year's sums come near a real year's. */
import { holidayOn } from '$lib/domain/calendar/holidays';
import { lastFriday } from '$lib/domain/calendar/labour-days';
import { addDays, yearOf, type LocalDate } from '$lib/domain/calendar/local-date';
import { gatheringInterval } from '$lib/domain/calendar/gathering-interval';
import type { DemoArea } from './areas';
import { makeRegulars, type Party } from './parties';
import type { Chance } from './random';
import { Rows } from './rows';
import type { DemoSite } from './sites';

/** What a year's past days add up to. */
export const PAST = {
	days: 10,
	/** From so many days on, this year stands for a whole one; before, last year does, and each day of this one is a tenth. */
	enough: 5,
	participations: 20_345,
	kilograms: 203_600,
	/** Part of the kilograms that went over a scale. */
	weighed: 0.7,
	metres: 10_284,
	corners: 123,
	adverts: 45_210
} as const;

const ZONE = 'Asia/Shanghai';
const MINUTE = 60_000;
const PLACES = ['社区广场', '文化广场', '办事处门口', '小学门口', '老戏台'];

export interface DemoWorld {
	district: DemoArea;
	streets: DemoArea[];
	communities: DemoArea[];
	sites: DemoSite[];
	/** By street id. */
	regulars: Map<string, Party[]>;
}

export function makeRegularsOf(chance: Chance, streets: DemoArea[], communities: DemoArea[]) {
	return new Map(
		streets.map((street) => {
			const own = communities.filter((area) => area.parent_id === street.id);
			return [street.id, makeRegulars(chance, own.length ? own : [street])];
		})
	);
}

export interface PastYear {
	days: { month: string; date: LocalDate; reason: string }[];
	/** Of what a whole year adds up to. */
	part: number;
}

/**
 * The past labour days that the demo shows, year by year: at most ten of this year, and, while those are few, ten of last
 * year, so that there is a year to look at on any date.
 */
export function pastYears(today: LocalDate): PastYear[] {
	const year = yearOf(today);
	const now = daysOf(year, today);
	if (now.length >= PAST.enough) return [{ days: now, part: 1 }];
	return [
		{ days: daysOf(year - 1, today), part: 1 },
		{ days: now, part: now.length / PAST.days }
	];
}

/**
 * The last Fridays of a year before `today`, the ten latest, moved where they fell on a statutory holiday. A month whose last
 * Friday is still to come stays the calendar's, even where its day would have been moved to before today.
 */
function daysOf(year: number, today: LocalDate): PastYear['days'] {
	return Array.from({ length: 12 }, (_, n) => n + 1)
		.filter((month) => lastFriday(year, month) < today)
		.slice(-PAST.days)
		.map((month) => {
			const rule = lastFriday(year, month);
			const holiday = holidayOn(rule);
			const moved = holiday.status === 'holiday';
			return {
				month: `${year}-${String(month).padStart(2, '0')}-01`,
				date: moved ? addDays(rule, -7) : rule,
				reason: moved ? `逢${holiday.name_zh ?? '节假日'}，提前一周` : ''
			};
		});
}

interface PastTask {
	id: string;
	site: DemoSite;
	leader: Party | undefined;
	device: string;
	ends: number;
}

/** All rows of the past days. */
export function makeHistory(chance: Chance, world: DemoWorld, today: LocalDate): Rows {
	const rows = new Rows();
	for (const year of pastYears(today)) addYear(rows, chance, world, year);
	return rows;
}

function addYear(rows: Rows, chance: Chance, world: DemoWorld, { days, part }: PastYear) {
	/** Few days hold many people each. */
	const crowding = (PAST.days * part) / (days.length || 1);
	const comings: { party: Party; arrive: (heads: number) => void }[] = [];
	const tasks: PastTask[] = [];

	for (const day of days) {
		const dayId = chance.uuid();
		rows.add('public.labour_days', {
			id: dayId,
			area_id: world.district.id,
			month: day.month,
			date: day.date,
			status: day.reason ? 'moved' : 'planned',
			move_reason: day.reason,
			reason: day.reason,
			sequence: day.reason ? 1 : 0
		});
		for (const street of world.streets) {
			const gathering = chance.uuid();
			const { start, end } = gatheringInterval(day.date, '08:30', '11:00', ZONE);
			rows.add('public.gatherings', {
				id: gathering,
				labour_day_id: dayId,
				area_id: street.id,
				place: street.name.replace(/(街道|镇)$/, '') + PLACES[street.code.charCodeAt(8) % PLACES.length],
				lng: street.lng,
				lat: street.lat,
				starts: '08:30',
				ends: '11:00',
				capacity: Math.ceil(150 * crowding),
				bring: '手套、水壶，穿防滑的鞋',
				safety: '沟边湿滑，小孩留在路面一侧',
				status: 'closed',
				closed_at: new Date(+end + 5 * 60 * MINUTE).toISOString(),
				plan_published_at: new Date(+start - 14 * 60 * MINUTE).toISOString(),
				plan_version: 3
			});
			const regulars = world.regulars.get(street.id) ?? [];
			const own = world.sites
				.filter((site) => site.street_id === street.id && site.in_jurisdiction)
				.map((site, n): PastTask => ({
					id: chance.uuid(),
					site,
					leader: regulars[n % 4],
					device: chance.uuid(),
					ends: +end
				}));
			for (const { id, site } of own)
				rows.add('public.tasks', {
					id,
					site_id: site.id,
					area_id: street.id,
					gathering_id: gathering,
					date: day.date,
					crew_min: site.row.crew_min,
					crew_max: Math.max(Number(site.row.crew_max), Math.ceil(60 * crowding))
				});
			tasks.push(...own);
			for (const [n, party] of regulars.entries()) {
				const coming = !chance.maybe(0.08);
				const at = { gathering, dayId, street, start: +start, end: +end };
				const task = taskFor(own, party, n);
				comings.push({
					party: coming ? party : { ...party, heads: 0, minors: 0 },
					arrive: (heads) => addParty(rows, chance, at, party, task, heads, coming)
				});
			}
		}
	}
	// Every head is given out before anybody comes, so that the sum is exactly what it should be.
	const heads = chance.spread(
		Math.round(PAST.participations * part),
		comings.map(({ party }) => party.heads * (party.heads > 1 ? 0.8 + chance.next() * 0.4 : 1))
	);
	comings.forEach(({ arrive }, n) => arrive(heads[n] ?? 0));
	addResults(rows, chance, tasks, part);
}

/** Leaders to their own crew, minors never to a hazard. */
function taskFor(tasks: PastTask[], party: Party, n: number): PastTask | undefined {
	const led = tasks.find((task) => task.leader === party);
	if (led) return led;
	const safe = party.minors > 0 ? tasks.filter(({ site }) => !(site.row.hazards as string[]).length) : tasks;
	return safe[n % (safe.length || 1)];
}

interface Place {
	gathering: string;
	dayId: string;
	street: DemoArea;
	start: number;
	end: number;
}

function addParty(
	rows: Rows,
	chance: Chance,
	at: Place,
	party: Party,
	task: PastTask | undefined,
	heads: number,
	coming: boolean
) {
	const signup = chance.uuid();
	const announced = Math.max(heads, 1);
	const minors = Math.min(Math.round((party.minors * announced) / party.heads), announced);
	const iso = (instant: number) => new Date(instant).toISOString();
	rows.add('public.signups', {
		id: signup,
		gathering_id: at.gathering,
		labour_day_id: at.dayId,
		area_id: at.street.id,
		person_id: party.person_id,
		name: party.name,
		headcount: announced,
		minors,
		home_area_id: party.area_id,
		wishes: party.wishes,
		can_lead: party.canLead,
		tools: party.tools,
		status: 'confirmed',
		source: party.phone ? 'guest' : 'organizer',
		created_at: iso(at.start - chance.int(2, 12) * 24 * 60 * MINUTE),
		updated_at: iso(at.start - 2 * 24 * 60 * MINUTE)
	});
	rows.add('private.signup_secrets', { signup_id: signup, checkin_code: chance.checkinCode() });
	if (task) {
		const leads = task.leader === party;
		rows.add('public.assignments', {
			signup_id: signup,
			task_id: task.id,
			leads,
			pinned: false,
			overrides: [],
			assigned_at: iso(at.start - 15 * 60 * MINUTE)
		});
		if (leads)
			rows.add('public.task_leaders', {
				task_id: task.id,
				person_id: party.person_id,
				since: iso(at.start - 14 * 60 * MINUTE),
				until: iso(at.end + 10 * 24 * 60 * MINUTE)
			});
	}
	if (!coming || heads === 0) return;
	const device = task?.device ?? at.gathering;
	const event = (instant: number, present: number, presentMinors: number) =>
		rows.add('public.attendance_events', {
			id: chance.uuid(),
			signup_id: signup,
			gathering_id: at.gathering,
			area_id: at.street.id,
			task_id: task?.id ?? null,
			kind: 'present',
			heads: present,
			minors: presentMinors,
			at: iso(instant),
			device_id: device,
			seq: chance.int(1, 100_000),
			device_time: iso(instant),
			source: task ? 'leader' : 'organizer',
			recorded_by: task?.leader?.person_id ?? null,
			received_at: iso(instant + chance.int(1, 4000) * 1000),
			late: false,
			clock_offset_ms: 0
		});
	event(at.start + chance.int(-15, 12) * MINUTE, heads, Math.min(minors, heads));
	// One in twenty forgets to check out: that party counts to the planned end.
	if (!chance.maybe(0.05)) event(at.end - chance.int(-10, 45) * MINUTE, 0, 0);
}

function addResults(rows: Rows, chance: Chance, tasks: PastTask[], part: number) {
	const only = (kind: string) => (task: PastTask) => (task.site.kind === kind ? 0.5 + chance.next() : 0);
	const share = (total: number, weight: (task: PastTask) => number) =>
		chance.spread(Math.round(total * part), tasks.map(weight));
	const metres = share(PAST.metres, (task) => only('drain')(task) * (task.site.length_m ?? 0));
	const corners = share(PAST.corners, only('dead_corner'));
	const adverts = share(PAST.adverts, only('adverts'));
	const weighed = tasks.map(() => chance.maybe(PAST.weighed));
	const weight = tasks.map(({ site }) => (site.kind === 'adverts' ? 0 : 0.4 + chance.next()));
	const onScale = weight.map((part, n) => (weighed[n] ? part : 0));
	const byEye = weight.map((part, n) => (weighed[n] ? 0 : part));
	const kgWeighed = chance.spread(Math.round(PAST.kilograms * PAST.weighed * part), onScale);
	const kgEstimated = chance.spread(Math.round(PAST.kilograms * (1 - PAST.weighed) * part), byEye);

	tasks.forEach((task, n) => {
		const kg = weighed[n] ? kgWeighed[n]! : kgEstimated[n]!;
		const id = chance.uuid();
		const at = new Date(task.ends - chance.int(5, 30) * MINUTE).toISOString();
		rows.add('public.result_entries', {
			id,
			root_id: id,
			task_id: task.id,
			site_id: task.site.id,
			area_id: task.site.street_id,
			gathering_id: null,
			bags: kg ? Math.round(kg / 8) : null,
			kg: kg || null,
			weighed: weighed[n],
			metres: metres[n] || null,
			corners: task.site.kind === 'dead_corner' ? corners[n] : null,
			adverts: adverts[n] || null,
			note: '',
			at,
			device_id: task.device,
			seq: chance.int(1, 100_000),
			device_time: at,
			recorded_by: task.leader?.person_id ?? null,
			received_at: at,
			late: false,
			clock_offset_ms: 0
		});
	});
}
