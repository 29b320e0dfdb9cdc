/**
 * A text as XML may hold it. What people paste has characters in it that XML forbids; the file is refused as damaged for a
 * single one of them, and the library that writes it takes out most of them, not all.
 */
export const xmlText = (text: string): string =>
	text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
