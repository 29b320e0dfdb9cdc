/** Where the files of photos lie: in a folder of this machine, or in a private bucket of the Supabase platform. */
import { join } from 'node:path';
import { photoPlace, serviceClient } from '../supabase';
import { bucketStore } from './bucket';
import { fileStore } from './files';

/** Keeps files under names made of their content's hash: the same name is always the same file. */
export interface PhotoStore {
	/** Stores a file; again: nothing. It is there, whole, when the promise is kept. */
	put(name: string, bytes: Uint8Array): Promise<void>;
	/** The file, or null. */
	get(name: string): Promise<Uint8Array | null>;
}

export type PhotoSize = 'full' | 'small';

export const photoName = (sha256: string, size: PhotoSize): string =>
	`${sha256.slice(0, 2)}/${sha256}${size === 'small' ? '-400' : ''}.webp`;

let store: PhotoStore | undefined;

/** The store of this installation. */
export function photoStore(): PhotoStore {
	const place = photoPlace();
	store ??= place === 'platform' ? bucketStore(serviceClient) : fileStore(join(place.dataDir, 'photos'));
	return store;
}
