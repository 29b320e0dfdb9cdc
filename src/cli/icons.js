// Draws the app's icons from static/icon.svg. Run by hand after changing it: node src/cli/icons.js
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';

const dir = new URL('../../static/', import.meta.url);
const svg = await readFile(new URL('icon.svg', dir), 'utf8');
const square = svg.replace('rx="112"', '');
// A launcher may cut a maskable icon down to a circle of 80 %: the mark steps back from the edge.
const maskable = square.replace('id="mark"', 'transform="translate(51 51) scale(.8)"');

/** @type {[name: string, source: string, size: number][]} */
const icons = [
	['icon-192.png', svg, 192],
	['icon-512.png', svg, 512],
	['icon-maskable-512.png', maskable, 512],
	['apple-touch-icon.png', square, 180]
];
for (const [name, source, size] of icons) {
	await sharp(Buffer.from(source), { density: 144 })
		.resize(size, size)
		.png({ compressionLevel: 9, palette: true })
		.toFile(new URL(name, dir).pathname);
	console.log(`static/${name}`);
}
