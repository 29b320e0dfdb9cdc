/** How a file's text was written. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

export type Decoded =
	{ ok: true; text: string; encoding: Encoding } | { ok: false; reason: 'spreadsheet' | 'empty' };

/** First bytes of what people choose by mistake: a workbook (`.xlsx` is a zip, `.xls` an OLE file). */
const WORKBOOKS: readonly (readonly number[])[] = [
	[0x50, 0x4b, 0x03, 0x04],
	[0xd0, 0xcf, 0x11, 0xe0]
];

const startsWith = (bytes: Uint8Array, head: readonly number[]) => head.every((byte, i) => bytes[i] === byte);

/**
 * The text of a file of unknown encoding, without its byte order mark.
 *
 * The rule: a byte order mark decides; else bytes that are valid UTF-8 are UTF-8 (text in GBK is practically never valid
 * UTF-8 by chance); else they are GB18030, what Chinese Excel writes as “CSV” and a superset of GBK and GB2312. Every
 * browser and Node with full ICU (the default) has these decoders; the web standard lets `gbk` decode as `gb18030`.
 */
export function decode(bytes: Uint8Array): Decoded {
	if (bytes.length === 0) return { ok: false, reason: 'empty' };
	if (WORKBOOKS.some((head) => startsWith(bytes, head))) return { ok: false, reason: 'spreadsheet' };
	if (startsWith(bytes, [0xff, 0xfe])) return read(bytes, 'utf-16le');
	if (startsWith(bytes, [0xfe, 0xff])) return read(bytes, 'utf-16be');
	try {
		return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
	} catch {
		return read(bytes, 'gb18030');
	}
}

function read(bytes: Uint8Array, encoding: Encoding): Decoded {
	return { ok: true, text: new TextDecoder(encoding).decode(bytes), encoding };
}
