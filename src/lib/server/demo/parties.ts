/** The parties of a street that come month after month, and those that sign up for the next day. */
import { CLASSES, SCHOOLS, UNITS, familyName, fullName, phoneNumber, politeName } from './names';
import type { DemoArea } from './areas';
import type { Chance } from './random';

export interface Party {
	person_id: string;
	name: string;
	area_id: string;
	phone: string | null;
	/** What the party usually brings. */
	heads: number;
	minors: number;
	canLead: boolean;
	wishes: string[];
	tools: string;
}

let phones = 0;

/** Starts the phone numbers anew, so that every run makes the same ones. */
export const resetPhones = () => void (phones = 0);

type Size = Pick<Party, 'name' | 'heads' | 'minors'> & Partial<Party>;

function party(chance: Chance, area: DemoArea, size: Size): Party {
	return {
		person_id: chance.uuid(),
		area_id: area.id,
		phone: chance.maybe(0.92) ? phoneNumber(++phones) : null,
		canLead: false,
		wishes: chance.maybe(0.3) ? [chance.pick(['roadside', 'drain', 'adverts', 'dead_corner'])] : [],
		tools: '',
		...size
	};
}

export const makeUnit = (chance: Chance, area: DemoArea): Party =>
	party(chance, area, {
		name: chance.pick(UNITS),
		heads: chance.int(9, 20),
		minors: 0,
		tools: '自带铁锹、手套'
	});

export function makeClass(chance: Chance, area: DemoArea): Party {
	const heads = chance.int(18, 38);
	const name = `${chance.pick(SCHOOLS)}${chance.pick(CLASSES)}`;
	return party(chance, area, { name, heads, minors: heads - 3, wishes: ['roadside'] });
}

export function makeFamily(chance: Chance, area: DemoArea): Party {
	const heads = chance.int(2, 5);
	const minors = heads > 2 ? chance.int(1, heads - 2) : 0;
	return party(chance, area, { name: familyName(chance, heads), heads, minors });
}

export const makeSingle = (chance: Chance, area: DemoArea, canLead = chance.maybe(0.25)): Party =>
	party(chance, area, {
		name: canLead ? fullName(chance) : politeName(chance),
		heads: 1,
		minors: 0,
		canLead
	});

/** Who comes month after month: leaders first. */
export function makeRegulars(chance: Chance, communities: readonly DemoArea[]): Party[] {
	const home = () => chance.pick(communities);
	return [
		...Array.from({ length: 4 }, () => makeSingle(chance, home(), true)),
		makeUnit(chance, home()),
		makeUnit(chance, home()),
		makeClass(chance, home()),
		...Array.from({ length: 4 }, () => makeFamily(chance, home())),
		...Array.from({ length: 3 }, () => makeSingle(chance, home(), false))
	];
}
