/** How every command ends: a mistake the person can put right is one sentence, anything else shows where it happened. */
export function finish(work: Promise<void>): void {
	work.catch((error: unknown) => {
		const expected = error instanceof Error && error.name === 'SettingsError';
		console.error(expected ? `\n${error.message}\n` : error);
		process.exit(1);
	});
}
