import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./app.css', import.meta.url), 'utf8');

/** The colour tokens of the first rule whose selector is exactly this one. */
function tokens(selector: string): Record<string, string> {
	const start = css.indexOf(`${selector} {`);
	const block = css.slice(start, css.indexOf('}', start));
	return Object.fromEntries(
		[...block.matchAll(/--([\w-]+): ([^;]+);/g)].map((match) => [match[1], match[2]])
	);
}

/** Relative luminance, as WCAG 2 defines it. */
function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
		const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
}

const light = tokens(':root');
const dark = tokens(":root[data-theme='dark']");

describe.each([
	['light', light],
	['dark', dark]
])('%s', (_, theme) => {
	const text: [string, string[]][] = [
		['ink', ['paper', 'card', 'leaf']],
		['soft', ['paper', 'card']],
		['green', ['paper', 'card', 'leaf']],
		['green-ink', ['green']],
		['amber', ['paper', 'card', 'amber-bg']],
		['red', ['paper', 'card', 'red-bg']],
		['red-ink', ['red']],
		['paper', ['ink']]
	];
	it.each(text.flatMap(([front, grounds]) => grounds.map((ground) => [front, ground] as const)))(
		'%s on %s reads well (AA)',
		(front, ground) => expect(contrast(theme[front] ?? '', theme[ground] ?? '')).toBeGreaterThanOrEqual(4.5)
	);

	it.each(['paper', 'card'])('a control stands out from %s', (ground) => {
		expect(contrast(theme['edge'] ?? '', theme[ground] ?? '')).toBeGreaterThanOrEqual(3);
	});
});

it('is as dark by hand as by the system', () => {
	expect(Object.keys(dark).length).toBeGreaterThan(12);
	expect(tokens(":root:not([data-theme='light'])")).toEqual(dark);
});

it('reads at least 17 px at the default, a quarter more with large text', () => {
	const [normal = 0, large = 0] = [...css.matchAll(/font-size: ([\d.]+)%/g)].map((match) => Number(match[1]));
	expect((normal / 100) * 16).toBeGreaterThanOrEqual(17);
	expect(large / normal).toBeCloseTo(1.25, 2);
});
