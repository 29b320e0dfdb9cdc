/** A photo on its way: made small already, with what became of the attempts. */
export const PHOTO_VERSION = 2;

export interface PhotoRow {
	version: typeof PHOTO_VERSION;
	/** Made by the phone: the server takes it once, however often it comes. */
	id: string;
	/** Who took it; nobody else's session sends it. */
	person: string;
	task: string;
	kind: 'before' | 'after' | 'other';
	blob: Blob;
	/** SHA-256 of these bytes: the photo goes from the phone when the server names the same. Null: an earlier version put it away without. */
	sha256: string | null;
	taken_at: string;
	state: 'waiting' | 'refused';
	code?: string;
	attempts: number;
	error?: string;
	next_at: number;
}

interface RowOfVersion1 {
	id: string;
	person: string;
	task: string;
	kind: PhotoRow['kind'];
	blob: Blob;
	taken_at: string;
	refused?: string;
}

/** A row of any earlier version in today's shape; undefined for what never was one. */
export function upgradePhoto(old: unknown): PhotoRow | undefined {
	if (!old || typeof old !== 'object') return undefined;
	if ('version' in old) return old as PhotoRow;
	const { refused, ...photo } = old as Partial<RowOfVersion1> & Record<'id', unknown>;
	if (!photo.id || !photo.person || !photo.task || !photo.kind || !photo.blob || !photo.taken_at)
		return undefined;
	return {
		...(photo as Omit<RowOfVersion1, 'refused'>),
		version: PHOTO_VERSION,
		sha256: null,
		state: refused === undefined ? 'waiting' : 'refused',
		...(refused !== undefined && { code: refused }),
		attempts: 0,
		next_at: 0
	};
}

/** Oldest first. */
export const byTime = (a: PhotoRow, b: PhotoRow): number =>
	a.taken_at.localeCompare(b.taken_at) || (a.id < b.id ? -1 : 1);
