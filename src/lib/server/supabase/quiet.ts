/**
 * Keeps people out of the log. @supabase/lite prints every refused statement with its parameters: names, phone numbers.
 * While one of its requests is handled, whatever is printed shrinks to what helps to find a fault:
 * the database's error code, our own `lf:` code and the path, never a value.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<{ path: string }>();
const INSTALLED = Symbol.for('last-friday.quiet');

interface Refusal {
	code?: unknown;
	message?: unknown;
	routine?: unknown;
}

/** The harmless part of something that was about to be printed. */
export function summarise(values: unknown[], path: string): string {
	const refusal = values.find((value): value is Refusal => typeof value === 'object' && value !== null) ?? {};
	const code =
		typeof refusal.code === 'string' && /^[\w-]{1,20}$/.test(refusal.code) ? refusal.code : 'unknown';
	const own = typeof refusal.message === 'string' ? /lf:\w+/.exec(refusal.message)?.[0] : undefined;
	const kind = refusal instanceof Error && !own ? refusal.name : undefined;
	return ['[database]', code, own ?? kind, path].filter(Boolean).join(' ');
}

function install() {
	const marked = console as Console & { [INSTALLED]?: true };
	if (marked[INSTALLED]) return;
	marked[INSTALLED] = true;
	for (const level of ['error', 'warn', 'info', 'log', 'debug'] as const) {
		const print = console[level].bind(console);
		console[level] = (...values: unknown[]) => {
			const request = scope.getStore();
			if (!request) print(...values);
			else if (level === 'error' || level === 'warn') print(summarise(values, request.path));
		};
	}
}

/** Handles one request of the data or account interface without letting its values reach the log. */
export function quietly<T>(path: string, work: () => Promise<T>): Promise<T> {
	install();
	return scope.run({ path }, work);
}
