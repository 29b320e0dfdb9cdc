/** Photos in a private bucket of the Supabase platform; only this server reads and writes it. */
import type { Client } from '../supabase';
import type { PhotoStore } from './store';

const BUCKET = 'photos';

/** What the store needs of Supabase's storage; tests give their own. */
export type Storage = Pick<Client, 'storage'>;

export function bucketStore(connect: () => Storage): PhotoStore {
	let ready: Promise<unknown> | undefined;

	/** Makes the bucket at the first use; that it exists already is fine. */
	const open = async () => {
		const { storage } = connect();
		ready ??= storage.createBucket(BUCKET, { public: false }).then(({ error }) => {
			if (error && !/exist/i.test(error.message)) throw error;
		});
		await ready.catch((error: unknown) => {
			ready = undefined;
			throw error;
		});
		return storage.from(BUCKET);
	};

	return {
		put: async (name, bytes) => {
			const bucket = await open();
			const { error } = await bucket.upload(name, bytes, { contentType: 'image/webp', upsert: false });
			// The name is the content's hash: what is there already is the same file.
			if (error && !/exist|duplicate/i.test(error.message)) throw error;
		},
		get: async (name) => {
			const bucket = await open();
			const { data, error } = await bucket.download(name);
			if (data) return new Uint8Array(await data.arrayBuffer());
			const { data: there } = await bucket.exists(name);
			if (there && error) throw error;
			return null;
		}
	};
}
