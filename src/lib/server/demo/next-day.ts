/** The next labour day: gatherings open in several streets, about 120 sign-ups, one plan published and one in the making. */
import type { DemoWorld } from './history';
import { makeClass, makeFamily, makeSingle, makeUnit, type Party } from './parties';
import type { Chance } from './random';
import { Rows } from './rows';

/** Parties per gathering, and whether it is full, planned, published. */
const GATHERINGS = [
	{ parties: 26, capacity: 120, plan: 'published' },
	{ parties: 22, capacity: 80, plan: 'draft' },
	{ parties: 18, capacity: 40, plan: 'none' },
	{ parties: 16, capacity: 90, plan: 'none' },
	{ parties: 14, capacity: 60, plan: 'none' },
	{ parties: 12, capacity: null, plan: 'none' },
	{ parties: 9, capacity: 50, plan: 'none' },
	{ parties: 5, capacity: 50, plan: 'none' }
] as const;

export interface NextDay {
	rows: Rows;
	people: Party[];
	/** The gathering whose plan is published, and a leader and a resident in it: what the demo logins show. */
	leader: { person_id: string };
	resident: { person_id: string };
}

export function makeNextDay(
	chance: Chance,
	world: DemoWorld,
	dayId: string,
	date: string,
	now: Date
): NextDay {
	const rows = new Rows();
	const people: Party[] = [];
	const iso = (hoursAgo: number) => new Date(+now - hoursAgo * 3_600_000).toISOString();
	let leader: Party | undefined;
	let resident: Party | undefined;

	for (const [n, plan] of GATHERINGS.entries()) {
		const street = world.streets[n]!;
		const own = world.communities.filter((area) => area.parent_id === street.id);
		const home = () => chance.pick(own);
		const id = chance.uuid();
		rows.add('public.gatherings', {
			id,
			labour_day_id: dayId,
			area_id: street.id,
			place: n === 0 ? '府后山社区广场' : `${own[0]!.name}广场`,
			lng: street.lng,
			lat: street.lat,
			starts: '08:30',
			ends: '11:00',
			capacity: plan.capacity,
			bring: '雨靴、手套、水壶。铁锹社区有。',
			safety: '沟边湿滑，小孩留在路面一侧。',
			status: 'open',
			plan_published_at: plan.plan === 'published' ? iso(3) : null,
			plan_version: plan.plan === 'none' ? 0 : 4
		});
		const sites = world.sites.filter((site) => site.street_id === street.id && site.in_jurisdiction);
		const tasks = sites.map((site) => ({
			id: chance.uuid(),
			site,
			heads: 0,
			leader: undefined as Party | undefined
		}));
		for (const { id: task, site } of tasks)
			rows.add('public.tasks', {
				id: task,
				site_id: site.id,
				area_id: street.id,
				gathering_id: id,
				date,
				crew_min: site.row.crew_min,
				crew_max: site.row.crew_max
			});

		let booked = 0;
		for (let p = 0; p < plan.parties; p++) {
			const party =
				p < tasks.length && p < 4
					? makeSingle(chance, home(), true)
					: p === 5 && n % 3 === 0
						? makeClass(chance, home())
						: p === 6 && n % 2 === 0
							? makeUnit(chance, home())
							: chance.maybe(0.55)
								? makeFamily(chance, home())
								: makeSingle(chance, home());
			people.push(party);
			const confirmed = plan.capacity === null || booked + party.heads <= plan.capacity;
			if (confirmed) booked += party.heads;
			const signup = chance.uuid();
			rows.add('public.signups', {
				id: signup,
				gathering_id: id,
				labour_day_id: dayId,
				area_id: street.id,
				person_id: party.person_id,
				name: party.name,
				headcount: party.heads,
				minors: party.minors,
				home_area_id: party.area_id,
				wishes: party.wishes,
				can_lead: party.canLead,
				tools: party.tools,
				status: confirmed ? 'confirmed' : 'waitlisted',
				source: party.phone ? 'guest' : 'organizer',
				created_at: iso(chance.int(20, 200)),
				updated_at: iso(18),
				seen_at: chance.maybe(0.6) ? iso(chance.int(0, 20)) : null
			});
			rows.add('private.signup_secrets', {
				signup_id: signup,
				checkin_code: chance.checkinCode()
			});
			if (plan.plan === 'none' || !confirmed || (plan.plan === 'draft' && p > 12)) continue;
			const free = tasks.filter(
				({ site, heads }) =>
					heads + party.heads <= Number(site.row.crew_max) &&
					(party.minors === 0 || !(site.row.hazards as string[]).length)
			);
			const task = party.canLead
				? (free.find((t) => !t.leader) ?? free[0])
				: free.toSorted((a, b) => a.heads - b.heads)[0];
			if (!task) continue;
			const leads = party.canLead && !task.leader;
			if (leads) task.leader = party;
			task.heads += party.heads;
			rows.add('public.assignments', {
				signup_id: signup,
				task_id: task.id,
				leads,
				pinned: leads,
				overrides: [],
				assigned_at: iso(5)
			});
			if (leads)
				rows.add('public.task_leaders', {
					task_id: task.id,
					person_id: party.person_id,
					since: iso(4),
					until: null
				});
			if (plan.plan === 'published') {
				if (leads) leader ??= party;
				else if (party.heads > 1) resident ??= party;
			}
		}
	}
	if (!leader || !resident) throw new Error('The published plan of the demo has no leader or no family.');
	return { rows, people, leader, resident };
}
