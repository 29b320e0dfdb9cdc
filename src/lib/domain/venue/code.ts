/*
 * Codes shown at the venue, by which volunteers check themselves in: new every half minute, made on the phone without a
 * signal from the gathering's secret and the server's time. `private.venue_code` makes the same in the database.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** How long one code is shown, in milliseconds. */
export const VENUE_STEP = 30_000;

export interface VenueCode {
	/** Six digits, for whoever has no camera. */
	digits: string;
	/** What the QR carries: the half minute and a token that nobody guesses. */
	code: string;
	/** When the next one takes its place: milliseconds since 1970, by the server's clock. */
	until: number;
}

/**
 * The code of the half minute in which `now` (milliseconds since 1970, by the server's clock) lies. The digits are those
 * of RFC 6238 with SHA-256, a step of 30 seconds and six digits; the token is the head of the same HMAC.
 *
 * @param secret 32 bytes as 64 hex digits. @throws Error when it is no hex
 */
export function venueCode(secret: string, now: number): VenueCode {
	const step = Math.floor(now / VENUE_STEP);
	const message = new Uint8Array(8);
	new DataView(message.buffer).setBigUint64(0, BigInt(step));
	const mac = hmac(sha256, hexToBytes(secret), message);
	const at = (mac.at(-1) ?? 0) & 0x0f;
	const number = new DataView(mac.buffer, mac.byteOffset).getUint32(at) & 0x7fffffff;
	return {
		digits: String(number % 1_000_000).padStart(6, '0'),
		code: `${step}_${bytesToHex(mac.slice(0, 8))}`,
		until: (step + 1) * VENUE_STEP
	};
}

/** As it is shown and read out: '482 913'. */
export const showDigits = (digits: string): string => `${digits.slice(0, 3)} ${digits.slice(3)}`;

const LINK = /^\d{1,12}_[0-9a-f]{16}$/;
const DIGITS = /^\d{6}$/;

/** The code in what was typed or came with a link, or null: full-width digits, spaces and dashes do not matter. */
export function readVenueCode(text: string): string | null {
	const plain = text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s–-]/g, '');
	return DIGITS.test(plain) || LINK.test(plain) ? plain : null;
}
