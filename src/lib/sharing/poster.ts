/* The poster of a labour day (A4 and phone), the preview of a link to it, and the card that tells what was done. */
import { box, COLOURS, cut, emsOf, fitted, line, photo, picture, qr, wrap } from './svg';

export interface Code {
	path: string;
	size: number;
}

export interface PosterWords {
	/** Of the whole picture. */
	lang: string;
	district: string;
	/** 全民义务劳动 and when it is. */
	rule: string;
	headline: string;
	/** 11月27日 */
	date: string;
	/** 周五 · 上午 8:30–11:00 */
	time: string;
	/** Said across the picture: the day does not take place. */
	cancelled?: string | undefined;
	places: { area: string; place: string; time: string }[];
	/** Of places that did not fit. */
	more: (count: number) => string;
	bring?: string | undefined;
	scan: string;
	scanHint: string;
	/** The address in the code, for who has no camera. */
	address: string;
}

interface Frame {
	width: number;
	height: number;
	margin: number;
	date: number;
	text: number;
	code: number;
	rows: number;
}
/** A4 at 200 dots per inch, and a phone's screen. */
const FRAMES: Record<'a4' | 'phone', Frame> = {
	a4: { width: 1654, height: 2339, margin: 120, date: 250, text: 46, code: 440, rows: 8 },
	phone: { width: 1080, height: 1920, margin: 72, date: 176, text: 38, code: 340, rows: 5 }
};

/** In pixels. */
export function sizeOf(format: 'a4' | 'phone' | 'card'): { width: number; height: number } {
	const { width, height } = format === 'card' ? CARD : FRAMES[format];
	return { width, height };
}

/** In white on red: the day does not take place. */
const stamp = (x: number, y: number, words: string, text: number): string =>
	box(x, y - text * 1.6, (emsOf(words) * 1.4 + 1.6) * text, text * 2.2, '#b42318', 16) +
	line(x + text * 0.8, y, words, { size: text * 1.4, weight: 800, fill: '#ffffff' });

export function poster(format: 'a4' | 'phone', words: PosterWords, code: Code): string {
	const { width, height, margin, date, text, code: codeSize, rows } = FRAMES[format];
	const inner = width - 2 * margin;
	const unit = text / 46;
	const parts: string[] = [];
	let y = margin + text;
	parts.push(
		line(margin, y, cut(words.district, inner / text), { size: text, weight: 600, fill: COLOURS.amber })
	);
	y += text * 1.7;
	parts.push(line(margin, y, words.rule, { size: fitted(words.rule, text, inner), fill: '#ffffff' }));
	const headline = fitted(words.headline, date * 0.56, inner);
	y += headline * 1.7;
	parts.push(line(margin, y, words.headline, { size: headline, weight: 800, fill: '#ffffff' }));
	const dateSize = fitted(words.date, date, inner);
	y += dateSize * 1.25;
	parts.push(line(margin, y, words.date, { size: dateSize, weight: 800, fill: COLOURS.amber }));
	const timeSize = fitted(words.time, text * 1.7, inner);
	y += timeSize * 1.6;
	parts.push(line(margin, y, words.time, { size: timeSize, weight: 700, fill: '#ffffff' }));
	if (words.cancelled) {
		y += text * 2.6;
		parts.push(stamp(margin, y, words.cancelled, text));
	}
	const head = y + text * 2;
	// Below the green a wave: a drain that runs clear.
	parts.unshift(
		box(0, 0, width, height, COLOURS.paper),
		`<path d="M0 0 H${width} V${head + 40 * unit} C ${width * 0.5} ${head - 70 * unit} ${width * 0.25} ${head + 90 * unit} 0 ${head} Z" fill="${COLOURS.green}"/>`
	);

	// The code stands at the foot; places fill what is between.
	const foot = height - margin - codeSize;
	y = head + text * 2.6;
	const bring = words.bring ? wrap(words.bring, inner / (text * 0.9), 2) : [];
	const room = foot - text * 0.6 - bring.length * text * 1.4;
	// One or two places have the room to be read from across the street.
	const size = words.places.length <= 2 ? text * 1.5 : text;
	const step = size * 2.7;
	y += size - text;
	const fits = Math.min(rows, Math.max(1, Math.floor((room - y - size * 1.2) / step) + 1));
	const shown = words.places.length > fits ? words.places.slice(0, fits - 1) : words.places;
	// Times that are all the same stand at the top.
	const differ = new Set(words.places.map(({ time }) => time)).size > 1;
	for (const place of shown) {
		const time = differ ? place.time : '';
		const free = inner - size - emsOf(time) * size * 0.8;
		parts.push(
			box(margin, y - size * 0.95, 10 * unit, size * 2.05, COLOURS.amber, 5),
			line(margin + size * 0.9, y, cut(place.area, free / size), { size, weight: 700 }),
			line(width - margin, y, time, { size: size * 0.8, fill: COLOURS.soft, anchor: 'end' }),
			line(margin + size * 0.9, y + size * 1.15, cut(place.place, (inner - size) / (size * 0.84)), {
				size: size * 0.84,
				fill: COLOURS.soft
			})
		);
		y += step;
	}
	if (shown.length < words.places.length)
		parts.push(
			line(margin + size * 0.9, y, words.more(words.places.length - shown.length), {
				size: size * 0.9,
				weight: 600,
				fill: COLOURS.green
			})
		);
	bring.forEach((row, n) =>
		parts.push(
			line(margin, foot - text * 1.1 - (bring.length - 1 - n) * text * 1.4, row, {
				size: text * 0.9,
				weight: 600
			})
		)
	);

	parts.push(
		box(margin, foot, inner, codeSize, COLOURS.card, 28),
		qr(margin + 20, foot + 20, codeSize - 40, code)
	);
	const beside = margin + codeSize + text * 0.6;
	const free = width - margin - beside - text * 0.6;
	const scan = fitted(words.scan, text * 2, free);
	let at = foot + codeSize * 0.36;
	parts.push(line(beside, at, words.scan, { size: scan, weight: 800, fill: COLOURS.green }));
	at += text * 0.6;
	for (const row of wrap(words.scanHint, free / (text * 0.86), 2)) {
		at += text * 1.15;
		parts.push(line(beside, at, row, { size: text * 0.86 }));
	}
	parts.push(
		line(beside, foot + codeSize - text * 0.8, words.address, {
			size: fitted(words.address, text * 0.7, free),
			fill: COLOURS.soft
		})
	);
	return picture(width, height, words.lang, parts);
}

export interface CardWords {
	lang: string;
	/** Where. */
	district: string;
	date: string;
	headline: string;
	/** Large numbers with what they count: at most six. */
	figures: { value: string; unit: string }[];
	/** Before and after as data: addresses, and where. */
	photos?: { before: string; after: string; beforeWord: string; afterWord: string; site: string } | undefined;
	scan: string;
	address: string;
}

const CARD = { width: 1080, height: 1440 };

export function card(words: CardWords, code: Code): string {
	const { width, height } = CARD;
	const margin = 64;
	const inner = width - 2 * margin;
	const parts = [box(0, 0, width, height, COLOURS.paper), box(0, 0, width, 330, COLOURS.green)];
	parts.push(
		line(margin, 100, cut(`${words.district} · ${words.date}`, inner / 38), {
			size: 38,
			weight: 600,
			fill: COLOURS.amber
		}),
		line(margin, 240, words.headline, {
			size: fitted(words.headline, 128, inner),
			weight: 800,
			fill: '#ffffff'
		})
	);
	let y = 374;
	if (words.photos) {
		const half = (inner - 16) / 2;
		const tall = 360;
		const { before, after, beforeWord, afterWord, site } = words.photos;
		const tag = (x: number, text: string) =>
			box(x + 16, y + tall - 66, emsOf(text) * 30 + 36, 50, COLOURS.green, 12) +
			line(x + 34, y + tall - 30, text, { size: 30, weight: 700, fill: '#ffffff' });
		parts.push(
			photo('before', margin, y, half, tall, before, 20),
			photo('after', margin + half + 16, y, half, tall, after, 20),
			tag(margin, beforeWord),
			tag(margin + half + 16, afterWord),
			line(margin, y + tall + 46, cut(site, inner / 32), { size: 32, fill: COLOURS.soft })
		);
		y += tall + 80;
	}
	const columns = words.photos ? 3 : 2;
	const rows = Math.max(1, Math.ceil(words.figures.length / columns));
	const bottom = height - margin - 210;
	const tall = Math.min(250, (bottom - y - 20 * rows) / rows);
	const wide = (inner - 20 * (columns - 1)) / columns;
	words.figures.forEach(({ value, unit }, n) => {
		const [x, top] = [margin + (n % columns) * (wide + 20), y + Math.floor(n / columns) * (tall + 20)];
		parts.push(
			box(x, top, wide, tall, COLOURS.card, 22),
			line(x + 26, top + tall * 0.56, value, {
				size: fitted(value, tall * 0.46, wide - 52),
				weight: 800,
				fill: COLOURS.green
			}),
			line(x + 26, top + tall * 0.84, unit, { size: fitted(unit, 32, wide - 52), fill: COLOURS.soft })
		);
	});
	parts.push(
		qr(margin, height - margin - 180, 180, code),
		line(margin + 210, height - margin - 100, words.scan, {
			size: fitted(words.scan, 40, inner - 210),
			weight: 700,
			fill: COLOURS.green
		}),
		line(margin + 210, height - margin - 40, words.address, {
			size: fitted(words.address, 28, inner - 210),
			fill: COLOURS.soft
		})
	);
	return picture(width, height, words.lang, parts);
}

/** What a chat shows of a link: 1200 × 630, large enough to read in a thumb's size. */
export function linkPreview({
	lang,
	district,
	headline,
	date,
	time,
	cancelled,
	places
}: PosterWords): string {
	const [width, height, margin] = [1200, 630, 70];
	const inner = width - 2 * margin;
	const where = places.length === 1 && places[0] ? `${places[0].area} · ${places[0].place}` : district;
	return picture(width, height, lang, [
		box(0, 0, width, height, COLOURS.green),
		box(0, height - 150, width, 150, COLOURS.paper),
		cancelled
			? stamp(margin, 120, cancelled, 46)
			: line(margin, 120, cut(headline, inner / 56), { size: 56, weight: 700, fill: '#ffffff' }),
		line(margin, 300, date, { size: fitted(date, 170, inner), weight: 800, fill: COLOURS.amber }),
		line(margin, 410, time, { size: fitted(time, 72, inner), weight: 700, fill: '#ffffff' }),
		line(margin, height - 55, cut(where, inner / 52), { size: 52, weight: 700, fill: COLOURS.ink })
	]);
}
