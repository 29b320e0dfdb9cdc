import type { Kind } from '../sites/kinds';

/** A whole number as people write it in a list: digits of any width, or Chinese up to 九十九. */
export const NUMBER = String.raw`(?:\d{1,4}|[零一二两俩三仨四五六七八九十]{1,3})`;

const DIGITS: Readonly<Record<string, number>> = {
	零: 0,
	一: 1,
	二: 2,
	两: 2,
	俩: 2,
	三: 3,
	仨: 3,
	四: 4,
	五: 5,
	六: 6,
	七: 7,
	八: 8,
	九: 9
};

/** The number written as {@link NUMBER}, or `null` for anything else. */
export function readNumeral(text: string): number | null {
	if (/^\d+$/.test(text)) return Number(text);
	const [, tens, ten, ones] =
		/^([一二两三四五六七八九])?(十)?([零一二两俩三仨四五六七八九])?$/.exec(text) ?? [];
	if (ten) return (tens ? (DIGITS[tens] ?? 1) : 1) * 10 + (ones ? (DIGITS[ones] ?? 0) : 0);
	const single = tens ?? ones;
	return text.length === 1 && single ? (DIGITS[single] ?? null) : null;
}

const MINOR = String.raw`(?:小孩子?|孩子|儿童|小朋友|娃娃?|学生娃|未成年人?|minors?|kids?|child(?:ren)?)`;
const PERSON = String.raw`(?:个?大?人|口人?|位|名|people|persons?|heads?)`;

const exactly = (pattern: string) => new RegExp(`^${pattern}$`, 'i');

const ADULTS_AND_MINORS = exactly(`(${NUMBER})个?大人?(?:带)?(${NUMBER})个?小孩?`);
const MINORS = [
	exactly(`(?:其中|含|带|携|有|和|with)*\\s*(${NUMBER})\\s*[个名位]?\\s*${MINOR}`),
	exactly(`(?:其中|含|带|有)*${MINOR}\\s*[:：]?\\s*(${NUMBER})\\s*[个名位人]?`)
];
const HEADS = [
	exactly(`(?:我们|全家|一家|一行|总共|合计|一共|共|等|来|total)*\\s*(${NUMBER})\\s*${PERSON}`),
	exactly(`人数\\s*[:：]?\\s*(${NUMBER})\\s*人?`)
];

/** What a piece of text says about how many come; `null` when it says nothing about it. */
export function readHeads(text: string): { headcount?: number; minors?: number } | null {
	const family = ADULTS_AND_MINORS.exec(text);
	if (family) {
		const minors = readNumeral(family[2] ?? '') ?? 0;
		return { headcount: (readNumeral(family[1] ?? '') ?? 0) + minors, minors };
	}
	const minors = firstNumber(MINORS, text);
	if (minors !== null) return { minors };
	const headcount = firstNumber(HEADS, text);
	return headcount === null ? null : { headcount };
}

function firstNumber(patterns: readonly RegExp[], text: string): number | null {
	for (const pattern of patterns) {
		const found = pattern.exec(text)?.[1];
		if (found !== undefined) return readNumeral(found);
	}
	return null;
}

/** A name with its party's size grown onto it: `王女士一家三口`, `供电局青年队等12人`. */
export function splitName(text: string): { name: string; headcount: number } | null {
	const [, name, number] =
		new RegExp(`^(.{1,38}?)(?:等|一家|全家|一行|共|带队)(${NUMBER})(?:个人|人|口人?|位|名)$`).exec(text) ??
		[];
	const headcount = readNumeral(number ?? '');
	return name && headcount !== null ? { name, headcount } : null;
}

/** Whether a piece of text offers to lead a crew (`true`) or declines (`false`); `null` when it says neither. */
export function readLead(text: string): boolean | null {
	if (
		!/^[不没无可能会愿意以想当做任是有]*(组长|带队|领队|队长)$|^(can(not| not|'t)? lead|(crew )?leader)$/i.test(
			text
		)
	)
		return null;
	return !/[不没无]|not|'t/i.test(text);
}

/** A tick or a word for yes in a column of its own; `null` when it is neither yes nor no. */
export function readYes(text: string): boolean | null {
	if (text === '' || /^(否|不|不能|不行|不会|没有|无|no?|false|0|×|x|-)$/i.test(text)) return false;
	if (/^(是|能|可以?|会|行|有|对|愿意|yes|y|true|1|√|✓|✔|☑|v|ok)$/i.test(text)) return true;
	return readLead(text);
}

/** Words for the kinds of work people like to do. Narrow on purpose: `北京路` is an address, not a wish. */
const WISHES: readonly (readonly [Kind, RegExp])[] = [
	['adverts', /(铲|撕|清|贴)?(小|野)广告|牛皮癣|advert/i],
	['drain', /(清|通|掏|挖|疏)\S{0,2}(沟|渠|淤)|沟渠|drain|ditch/i],
	['roadside', /扫(街|路|地|马路)|捡(拾|垃圾)|路段|sweep|litter/i],
	['dead_corner', /死角|corner/i],
	['market', /市场|菜场|market/i],
	['toilet', /公厕|厕所|toilet/i],
	['river_bank', /河(岸|边|道)|river/i]
];

/** The kinds of work a piece of text wishes for. */
export function readWishes(text: string): Kind[] {
	return WISHES.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
}
