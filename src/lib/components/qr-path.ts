import { encode } from 'uqr';

/** The dark squares of a text's QR code as one SVG path, and the code's width in squares (with its quiet border). */
export function qrPath(text: string): { size: number; path: string } {
	const { data, size } = encode(text, { ecc: 'M', border: 2 });
	const path = data
		.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
		.join('');
	return { size, path };
}
