/* Figures as somebody typed them: what they mean, or which field cannot be understood. Limits are the database's. */
import type { Kind } from '../sites';
import { NO_FIGURES, type ResultFigures } from './records';

export const FIGURES = ['bags', 'kg', 'loads', 'metres', 'corners', 'adverts'] as const;
export type Figure = (typeof FIGURES)[number];

/** Greatest value and digits after the point. */
const LIMITS: Readonly<Record<Figure, readonly [max: number, decimals: 0 | 1]>> = {
	bags: [10_000, 0],
	kg: [200_000, 1],
	loads: [1000, 1],
	metres: [100_000, 1],
	corners: [1000, 0],
	adverts: [100_000, 0]
};

export interface TypedFigures extends Record<Figure, string> {
	weighed: boolean;
	note: string;
}

export const NOTHING_TYPED: TypedFigures = {
	bags: '',
	kg: '',
	loads: '',
	metres: '',
	corners: '',
	adverts: '',
	weighed: false,
	note: ''
};

/** What the fields say; `wrong` names those that are no number within its limits. */
export function readFigures(typed: TypedFigures): { figures: ResultFigures; wrong: Figure[] } {
	const figures: ResultFigures = { ...NO_FIGURES, note: typed.note.trim(), weighed: typed.weighed };
	const wrong: Figure[] = [];
	for (const figure of FIGURES) {
		const value = readNumber(typed[figure], ...LIMITS[figure]);
		if (value === undefined) wrong.push(figure);
		else figures[figure] = value;
	}
	if (figures.kg === null) figures.weighed = false;
	return { figures, wrong };
}

/** A number with a point or a comma for thousands; empty: null; anything else: undefined. */
export function readNumber(text: string, max: number, decimals: 0 | 1): number | null | undefined {
	const plain = text.normalize('NFKC').replace(/[\s,，]/g, '');
	if (plain === '') return null;
	if (!/^\d+(\.\d+)?$/.test(plain)) return undefined;
	const value = Math.round(Number(plain) * 10 ** decimals) / 10 ** decimals;
	return value <= max && (decimals > 0 || !plain.includes('.')) ? value : undefined;
}

/** An entry as the fields show it, to be corrected. */
export function typedFrom(figures: ResultFigures): TypedFigures {
	const typed = { ...NOTHING_TYPED, weighed: figures.weighed, note: figures.note };
	for (const figure of FIGURES) typed[figure] = figures[figure]?.toString() ?? '';
	return typed;
}

const RUBBISH: readonly Figure[] = ['bags', 'loads', 'kg'];
const USUAL: Partial<Record<Kind, readonly Figure[]>> = {
	drain: ['metres', ...RUBBISH],
	river_bank: RUBBISH,
	dead_corner: ['corners', ...RUBBISH],
	adverts: ['adverts', 'bags']
};

/** The figures one asks for first at a kind of site, and the others. */
export function figuresFor(kind: Kind): { usual: readonly Figure[]; other: Figure[] } {
	const usual = USUAL[kind] ?? RUBBISH;
	return { usual, other: FIGURES.filter((figure) => !usual.includes(figure)) };
}
