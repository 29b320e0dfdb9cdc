/**
 * Records and photos that one person's phone could not bring to the server, handed to an organizer as a file or, a few records,
 * as a QR. They stay what they are: same ids, same instants, and the name of who recorded them.
 */
import type { DayRecord } from '$lib/domain/roster';
import { isId } from '$lib/uuid';
import type { PhotoRow } from '../photos/row';

const FORMAT = 'last-friday-records';
/** 2: photos too. What has none is told in the words of 1. */
type Version = 1 | 2;

export interface Handover {
	format: typeof FORMAT;
	version: Version;
	/** Who recorded them: id, and the name to read. */
	person: string;
	name: string;
	records: DayRecord[];
	photos: HandedPhoto[];
}

/** A photo as it is written into a file. */
export interface HandedPhoto extends Pick<PhotoRow, 'id' | 'task' | 'kind' | 'taken_at'> {
	/** The picture itself, as a data: address. */
	picture: string;
}

/** A record with the word of an organizer on who made it; the database keeps both names. */
export type HandedRecord = DayRecord & { recorded_by: string };

/** More does not fit in a QR that an old camera still reads. */
export const MAX_IN_QR = 1_000;

export async function handOver(
	person: string,
	name: string,
	records: readonly DayRecord[],
	photos: readonly PhotoRow[] = []
): Promise<string> {
	const said = { format: FORMAT, person, name, records };
	if (photos.length === 0) return JSON.stringify({ ...said, version: 1 });
	const handed = await Promise.all(
		photos.map(async ({ id, task, kind, taken_at, blob }): Promise<HandedPhoto> => ({
			id,
			task,
			kind,
			taken_at,
			picture: await addressOf(blob)
		}))
	);
	return JSON.stringify({ ...said, version: 2, photos: handed });
}

/** What was handed over, or null when the text is something else. What a record or a picture says is the server's to judge. */
export function takeOver(text: string): Handover | null {
	try {
		const read = JSON.parse(text) as Partial<Handover> | null;
		if (read?.format !== FORMAT || !isId(read.person) || typeof read.name !== 'string') return null;
		if (read.version !== 1 && read.version !== 2) return null;
		const { records, photos = [] } = read;
		if (!Array.isArray(records) || !Array.isArray(photos) || records.length + photos.length === 0)
			return null;
		return records.every(isRecord) && photos.every(isPhoto) ? ({ ...read, photos } as Handover) : null;
	} catch {
		return null;
	}
}

/** The picture of a photo that was handed over. */
export function pictureOf({ picture }: HandedPhoto): Blob {
	const [, type, data] = PICTURE.exec(picture)!;
	return new Blob([Uint8Array.from(atob(data!), (byte) => byte.charCodeAt(0))], { type: type! });
}

const PICTURE = /^data:(image\/[a-z]+);base64,([A-Za-z0-9+/]+={0,2})$/;

async function addressOf(blob: Blob): Promise<string> {
	const bytes = new Uint8Array(await blob.arrayBuffer());
	const parts: string[] = [];
	// As many at once as any browser takes for the arguments of a call.
	for (let at = 0; at < bytes.length; at += 8192)
		parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
	return `data:${blob.type};base64,${btoa(parts.join(''))}`;
}

function isRecord(record: unknown): boolean {
	if (!record || typeof record !== 'object') return false;
	const { type, id, device_id, at, ...more } = record as Record<string, unknown>;
	if (!isId(id) || !isId(device_id) || typeof at !== 'string' || Number.isNaN(Date.parse(at))) return false;
	if (type === 'walk_in') return isId(more['event_id']) && isId(more['gathering_id']);
	return type === 'result' ? isId(more['task_id']) : type === 'attendance' && isId(more['signup_id']);
}

function isPhoto(photo: unknown): boolean {
	if (!photo || typeof photo !== 'object') return false;
	const { id, task, kind, taken_at, picture } = photo as Partial<HandedPhoto>;
	if (!isId(id) || !isId(task) || typeof taken_at !== 'string' || Number.isNaN(Date.parse(taken_at)))
		return false;
	return (
		(kind === 'before' || kind === 'after' || kind === 'other') &&
		typeof picture === 'string' &&
		PICTURE.test(picture)
	);
}
