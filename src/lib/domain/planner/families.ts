/** Kinds of evening that the planner is judged on, made at random from a seed. For tests and benchmarks only. */
import type { PlanInput, PlanParty, PlanTask } from './model';
import { seeded } from './random';

interface Shape {
	parties: number;
	tasks: number;
	/** Heads of a party. */
	heads: (random: () => number) => number;
	leaders: number;
	withMinors: number;
	hazards: number;
	crew: (random: () => number) => [number, number];
}

const between = (random: () => number, low: number, high: number) =>
	low + Math.floor(random() * (high - low + 1));
const KINDS = ['drain', 'dead_corner', 'adverts', 'roadside', 'market'] as const;

/** An input of this shape; communities and places are spread over a town of some kilometres. */
export function makeFamily(shape: Shape, seed: number): PlanInput {
	const random = seeded(seed);
	const communities = Array.from({ length: Math.max(2, Math.round(shape.tasks / 2)) }, (_, n) => ({
		id: `c${n}`,
		street: `s${Math.floor(n / 3)}`,
		place: { lng: 106.85 + random() * 0.08, lat: 27.6 + random() * 0.08 }
	}));
	const home = () => communities[Math.floor(random() * communities.length)]!;
	const parties = Array.from({ length: shape.parties }, (_, n): PlanParty => {
		const { id: community, street, place } = home();
		const heads = shape.heads(random);
		const minors = heads > 1 && random() < shape.withMinors ? between(random, 1, heads - 1) : 0;
		return {
			id: `p${n}`,
			heads,
			minors,
			community,
			street,
			place,
			wishes: random() < 0.4 ? [KINDS[Math.floor(random() * KINDS.length)]!] : [],
			tools: '',
			canLead: random() < shape.leaders,
			waitlisted: false,
			pinned: null,
			previous: null
		};
	});
	const tasks = Array.from({ length: shape.tasks }, (_, n): PlanTask => {
		const { id: community, street, place } = home();
		const [crewMin, crewMax] = shape.crew(random);
		return {
			id: `t${n}`,
			kind: KINDS[Math.floor(random() * KINDS.length)]!,
			tools: '',
			priority: between(random, 0, 9),
			crewMin,
			crewMax,
			minAdults: random() < 0.3 ? Math.min(2, crewMin) : 1,
			minorsAllowed: random() >= shape.hazards,
			leader: null,
			community,
			street,
			place
		};
	});
	return { parties, tasks, seed };
}

const mixed = (random: () => number) =>
	random() < 0.5 ? 1 : random() < 0.9 ? between(random, 2, 5) : between(random, 6, 20);
const usual: Shape = {
	parties: 30,
	tasks: 6,
	heads: mixed,
	leaders: 0.25,
	withMinors: 0.3,
	hazards: 0.3,
	crew: (random) => {
		const min = between(random, 3, 10);
		return [min, min + between(random, 2, 12)];
	}
};

/** The families by name, at a size that an exact solver can still prove. */
export const FAMILIES: Readonly<Record<string, Shape>> = {
	'singles only': { ...usual, heads: () => 1, parties: 50 },
	'many families': { ...usual, heads: (random) => between(random, 2, 6), withMinors: 0.8, parties: 24 },
	'scarce leaders': { ...usual, leaders: 0.06 },
	'many hazards, many minors': { ...usual, hazards: 0.7, withMinors: 0.7 },
	'far more people than places': { ...usual, parties: 60, tasks: 5 },
	'far fewer people than places': { ...usual, parties: 14, tasks: 8 },
	'one huge site': { ...usual, tasks: 1, parties: 40, crew: () => [40, 80] },
	usual
};

/** The same town at any size. */
export const sized = (parties: number, tasks: number, seed: number): PlanInput =>
	makeFamily(
		{
			...usual,
			parties,
			tasks,
			crew: (random) => {
				const room = (parties * 2.6) / tasks;
				const min = Math.max(2, Math.round(room * (0.3 + random() * 0.5)));
				return [min, min + Math.max(2, Math.round(room * (0.4 + random() * 0.6)))];
			}
		},
		seed
	);
