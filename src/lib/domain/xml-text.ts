/**
 * A text as XML may hold it. What people paste has characters in it that XML forbids; for a single one of them a document is
 * refused as damaged, and a picture is not drawn.
 */
export const xmlText = (text: string): string =>
	text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
