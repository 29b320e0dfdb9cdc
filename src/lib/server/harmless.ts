/** An error as it may be printed: where it happened, without what somebody typed. Imports nothing; the start uses it too. */
export function harmless(error: unknown): string {
	if (!(error instanceof Error)) return 'something that is no Error was thrown';
	const { name, message, stack = '' } = error;
	const code = (error as { code?: unknown }).code;
	const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
	// Databases quote the offending value; long numbers are phones, whoever mentions them.
	const words = message.replace(/"[^"]*"/g, '"…"').replace(/\d{5,}/g, '…');
	return [`${name}${typeof code === 'string' ? ` (${code})` : ''}: ${words}`, ...frames].join('\n');
}
