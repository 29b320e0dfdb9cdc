/** Photos as files of this machine. */
import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PhotoStore } from './store';

const absent = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

export function fileStore(folder: string): PhotoStore {
	return {
		put: async (name, bytes) => {
			const path = join(folder, name);
			if (await exists(path)) return;
			await mkdir(dirname(path), { recursive: true, mode: 0o700 });
			// Written beside and moved: nobody ever reads half a photo, also not after a power cut.
			const beside = `${path}.${randomUUID()}`;
			try {
				const file = await open(beside, 'wx', 0o600);
				try {
					await file.writeFile(bytes);
					await file.sync();
				} finally {
					await file.close();
				}
				await rename(beside, path);
			} catch (error) {
				await rm(beside, { force: true });
				throw error;
			}
		},
		get: async (name) => {
			try {
				return await readFile(join(folder, name));
			} catch (error) {
				if (absent(error)) return null;
				throw error;
			}
		}
	};
}

async function exists(path: string): Promise<boolean> {
	try {
		await access(path);
		return true;
	} catch {
		return false;
	}
}
