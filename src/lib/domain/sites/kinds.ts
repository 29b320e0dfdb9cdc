/**
 * The kinds of site and what a new site of each kind starts with. A district changes them per site; nothing else in the
 * code knows a kind's numbers.
 *
 * | kind        | crew  | minutes | every | hazards                    | tools                          |
 * | ----------- | ----- | ------- | ----- | -------------------------- | ------------------------------ |
 * | drain       | 6–12  | 120     | 30 d  | deep water, heavy lifting  | shovel, boots, gloves, bags    |
 * | dead_corner | 4–8   | 90      | 30 d  | –                          | shovel, broom, gloves, bags    |
 * | adverts     | 2–6   | 90      | 14 d  | –                          | scraper, bucket, gloves        |
 * | roadside    | 4–12  | 90      | 30 d  | traffic                    | tongs, broom, vest, bags       |
 * | market      | 6–15  | 90      | 30 d  | –                          | broom, tongs, gloves, bags     |
 * | toilet      | 2–4   | 60      | 7 d   | –                          | brush, bucket, gloves          |
 * | river_bank  | 6–15  | 120     | 30 d  | deep water                 | tongs, boots, gloves, bags     |
 * | other       | 2–10  | 90      | 60 d  | –                          | broom, gloves, bags            |
 *
 * A drain is counted as ankle to knee deep until somebody who knows it says otherwise: better a child too few in the
 * water than one too many.
 */
export const KINDS = [
	'drain',
	'dead_corner',
	'adverts',
	'roadside',
	'market',
	'toilet',
	'river_bank',
	'other'
] as const;

/** What a site is, in the words of the code. */
export type Kind = (typeof KINDS)[number];

/** Dangers that keep minors away from a site. */
export const HAZARDS = ['deep_water', 'traffic', 'heavy_lifting'] as const;
export type Hazard = (typeof HAZARDS)[number];

/** Tools that have a word in both languages; any other tool is kept as typed. */
export const TOOLS = [
	'shovel',
	'broom',
	'tongs',
	'scraper',
	'brush',
	'bucket',
	'gloves',
	'boots',
	'vest',
	'bags'
] as const;
export type Tool = (typeof TOOLS)[number];

/** What a new site of a kind starts with. */
export interface KindDefaults {
	crewMin: number;
	crewMax: number;
	minutes: number;
	intervalDays: number;
	hazards: readonly Hazard[];
	tools: readonly Tool[];
}

export const KIND_DEFAULTS: Readonly<Record<Kind, KindDefaults>> = {
	drain: defaults(6, 12, 120, 30, ['deep_water', 'heavy_lifting'], ['shovel', 'boots', 'gloves', 'bags']),
	dead_corner: defaults(4, 8, 90, 30, [], ['shovel', 'broom', 'gloves', 'bags']),
	adverts: defaults(2, 6, 90, 14, [], ['scraper', 'bucket', 'gloves']),
	roadside: defaults(4, 12, 90, 30, ['traffic'], ['tongs', 'broom', 'vest', 'bags']),
	market: defaults(6, 15, 90, 30, [], ['broom', 'tongs', 'gloves', 'bags']),
	toilet: defaults(2, 4, 60, 7, [], ['brush', 'bucket', 'gloves']),
	river_bank: defaults(6, 15, 120, 30, ['deep_water'], ['tongs', 'boots', 'gloves', 'bags']),
	other: defaults(2, 10, 90, 60, [], ['broom', 'gloves', 'bags'])
};

function defaults(
	crewMin: number,
	crewMax: number,
	minutes: number,
	intervalDays: number,
	hazards: readonly Hazard[],
	tools: readonly Tool[]
): KindDefaults {
	return { crewMin, crewMax, minutes, intervalDays, hazards, tools };
}

/** Only drains and stretches have a length worth recording. */
export function hasLength(kind: Kind): boolean {
	return kind === 'drain' || kind === 'roadside' || kind === 'river_bank';
}

/** Words by which a kind is known in other people's lists, most telling first. */
const KIND_WORDS: readonly (readonly [Kind, RegExp])[] = [
	['toilet', /厕|卫生间|toilet|latrine|restroom|\bwc\b/],
	['adverts', /广告|牛皮癣|advert|poster|graffiti|sticker/],
	['dead_corner', /死角|dead.?corner|dump|垃圾堆|卫生角/],
	['market', /市场|菜场|集市|农贸|market|bazaar/],
	['drain', /沟|渠|排水|雨水|下水|涵|drain|ditch|culvert|gutter|catch.?basin|storm|sewer|inlet/],
	['river_bank', /河|溪|江岸|湖岸|岸|river|creek|stream|bank|shore/],
	['roadside', /路段|道路|公路|路|街|巷|road|street|highway|verge|lane/],
	['other', /^(其他|其它|other|misc)/]
];

/** The kind that somebody else's word means, or `null` when it tells nothing. */
export function kindOf(word: string): Kind | null {
	const text = word.normalize('NFKC').trim().toLowerCase();
	const code = text.replace(/[\s-]+/g, '_');
	const known = KINDS.find((kind) => kind === code);
	if (known) return known;
	return KIND_WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** The hazard that somebody else's word means, or `null`. */
export function hazardOf(word: string): Hazard | null {
	const text = word.normalize('NFKC').trim().toLowerCase();
	if (/水|water|drown|flood/.test(text)) return 'deep_water';
	if (/车|路|交通|traffic|road/.test(text)) return 'traffic';
	if (/重|搬|抬|heavy|lift/.test(text)) return 'heavy_lifting';
	return null;
}
