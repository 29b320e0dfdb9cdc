/**
 * A certificate as a PDF of one A4 page. It is drawn with the fonts of the reader's own device, which know every character
 * of their name, and set into the page as a picture: no font has to be sent, and none can lack a rare character.
 */
import { jsPDF } from 'jspdf';
import { qrPath } from '$lib/components/qr-path';

/** Lines of the page, from the top; sizes in millimetres. */
export interface PdfLine {
	text: string;
	size: number;
	bold?: boolean;
	/** Space above. */
	above: number;
}

const [WIDTH, HEIGHT] = [210, 297];
const MARGIN = 24;
/** Dots per millimetre: 254 dpi. */
const SCALE = 10;
const FONT = `'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', system-ui, sans-serif`;

export function certificatePdf(lines: PdfLine[], foot: PdfLine[], address: string, title: string): Blob {
	const canvas = document.createElement('canvas');
	canvas.width = WIDTH * SCALE;
	canvas.height = HEIGHT * SCALE;
	const pen = canvas.getContext('2d');
	if (!pen) throw new Error('this browser cannot draw');
	pen.scale(SCALE, SCALE);
	pen.fillStyle = '#fff';
	pen.fillRect(0, 0, WIDTH, HEIGHT);
	pen.strokeStyle = '#14532d';
	pen.lineWidth = 0.6;
	pen.strokeRect(12, 12, WIDTH - 24, HEIGHT - 24);
	pen.fillStyle = '#111';

	pen.textAlign = 'center';
	let y = 40;
	for (const line of lines) y = write(pen, line, WIDTH / 2, y, WIDTH - 2 * MARGIN);
	pen.textAlign = 'left';
	y = 222;
	for (const line of foot) y = write(pen, line, MARGIN, y, WIDTH - 2 * MARGIN - 48);

	const code = qrPath(address);
	const side = 40;
	pen.save();
	pen.translate(WIDTH - MARGIN - side, 222);
	pen.scale(side / code.size, side / code.size);
	pen.fillStyle = '#000';
	pen.fill(new Path2D(code.path));
	pen.restore();

	const pdf = new jsPDF({ unit: 'mm', format: 'a4', compress: true });
	pdf.setProperties({ title });
	pdf.addImage(canvas.toDataURL('image/jpeg', 0.9), 'JPEG', 0, 0, WIDTH, HEIGHT);
	return pdf.output('blob');
}

/** Writes a text, broken where it is too long, and answers with where the next one begins. */
function write(
	pen: CanvasRenderingContext2D,
	{ text, size, bold, above }: PdfLine,
	x: number,
	y: number,
	width: number
): number {
	pen.font = `${bold ? 700 : 400} ${size}px ${FONT}`;
	let line = '';
	let at = y + above + size;
	// Chinese breaks anywhere but before a closing mark, other scripts at spaces.
	for (const piece of text.match(
		/[\u2e80-\u9fff\uff00-\uffef][，。：；、！？）》”]*|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+/g
	) ?? []) {
		if (line && pen.measureText(line + piece.trimEnd()).width > width) {
			pen.fillText(line.trimEnd(), x, at);
			line = '';
			at += size * 1.5;
		}
		line += piece;
	}
	pen.fillText(line.trimEnd(), x, at);
	return at + size * 0.5;
}
