/* Pictures as SVG text: made the same on a phone and on the server, then turned into PNG by whoever has a canvas or sharp. */
import { xmlText } from '$lib/domain/xml-text';

/** Fonts that have Chinese, whatever the machine; a browser falls back by itself, a server to what fontconfig knows. */
export const FONTS =
	"'PingFang SC', 'HarmonyOS Sans SC', MiSans, 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif";

export const COLOURS = {
	paper: '#f6f5f0',
	card: '#ffffff',
	ink: '#1c211d',
	soft: '#565f58',
	line: '#dcdcd2',
	green: '#14532d',
	leaf: '#e3efe4',
	amber: '#f2b84b'
} as const;

export const escape = (text: string): string =>
	xmlText(text)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');

/** Width in ems, near enough to break lines: Chinese fills its square, Latin about half. */
export function emsOf(text: string): number {
	let ems = 0;
	for (const sign of text) ems += WIDTHS.find(([signs]) => signs.test(sign))?.[1] ?? 0.62;
	return ems;
}

/** Of bold type, which is the wider one; the rest is small letters. */
const WIDTHS: readonly [RegExp, number][] = [
	[/[\u2E80-\uFFEF]/, 1],
	[/[MWmw@%]/, 0.96],
	[/[A-Z0-9]/, 0.7],
	[/[ .,:;'|ijl!·]/, 0.34]
];

/** Breaks a text into lines of at most so many ems: between Chinese signs anywhere, in other text at spaces. What is over ends in …. */
export function wrap(text: string, ems: number, most = 2): string[] {
	const pieces = text.match(/[\u2E80-\uFFEF]|[^\s\u2E80-\uFFEF]+\s*|\s+/g) ?? [];
	const lines: string[] = [];
	let line = '';
	for (const piece of pieces) {
		if (line !== '' && emsOf((line + piece).trimEnd()) > ems) {
			lines.push(line.trimEnd());
			line = '';
		}
		line += line === '' ? piece.trimStart() : piece;
	}
	if (line.trim() !== '') lines.push(line.trimEnd());
	if (lines.length <= most) return lines;
	const last = lines.slice(most - 1).join('');
	return [...lines.slice(0, most - 1), cut(last, ems)];
}

/** As much of a text as fits on one line. */
export function cut(text: string, ems: number): string {
	if (emsOf(text) <= ems) return text;
	const signs = [...text];
	while (signs.length > 0 && emsOf(signs.join('')) + 1 > ems) signs.pop();
	return `${signs.join('').trimEnd()}…`;
}

/** The largest size, not above `size`, at which a text fits the width in pixels on one line. */
export const fitted = (text: string, size: number, width: number): number =>
	Math.floor(Math.min(size, width / Math.max(1, emsOf(text))));

export interface TextStyle {
	size: number;
	weight?: 400 | 600 | 700 | 800;
	fill?: string;
	anchor?: 'start' | 'middle' | 'end';
}

/** One line with its baseline at y. */
export function line(
	x: number,
	y: number,
	text: string,
	{ size, weight = 400, fill = COLOURS.ink, anchor = 'start' }: TextStyle
): string {
	return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escape(text)}</text>`;
}

export const box = (x: number, y: number, width: number, height: number, fill: string, radius = 0): string =>
	`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;

/** A photo that fills its frame. `href` is a data: address: an SVG drawn as a picture may load nothing. */
export function photo(
	id: string,
	x: number,
	y: number,
	width: number,
	height: number,
	href: string,
	radius = 0
): string {
	return (
		`<clipPath id="${id}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/></clipPath>` +
		`<image x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice" clip-path="url(#${id})" href="${href}"/>`
	);
}

/** A QR code from its path, on white with its quiet border. */
export function qr(
	x: number,
	y: number,
	width: number,
	{ path, size }: { path: string; size: number }
): string {
	return (
		box(x, y, width, width, '#ffffff', 12) +
		`<path transform="translate(${x} ${y}) scale(${width / size})" d="${path}" fill="#000000" shape-rendering="crispEdges"/>`
	);
}

export function picture(width: number, height: number, lang: string, parts: readonly string[]): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" lang="${lang}" font-family="${FONTS}">${parts.join('')}</svg>`;
}
