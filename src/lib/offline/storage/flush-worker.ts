/** Measures how long it takes until written bytes are on the disk; only workers can ask for that. Tells the milliseconds of each time. */
const TIMES = 15;
const PAGE = new Uint8Array(64 * 1024);

/** What the types of pages leave out. */
interface SyncFile extends FileSystemFileHandle {
	createSyncAccessHandle(): Promise<{
		write(bytes: Uint8Array, options: { at: number }): number;
		flush(): void;
		close(): void;
	}>;
}

async function measure(): Promise<number[]> {
	const root = await navigator.storage.getDirectory();
	// Of its own name: another tab may be measuring too.
	const name = `probe-${Math.random()}`;
	const handle = (await root.getFileHandle(name, { create: true })) as SyncFile;
	const file = await handle.createSyncAccessHandle();
	try {
		return Array.from({ length: TIMES }, (_, n) => {
			file.write(PAGE, { at: n * PAGE.length });
			const began = performance.now();
			file.flush();
			return performance.now() - began;
		});
	} finally {
		file.close();
		await root.removeEntry(name);
	}
}

// No room, or no such thing here: then nothing is known.
void measure().then(
	(times) => postMessage(times),
	() => postMessage([])
);
