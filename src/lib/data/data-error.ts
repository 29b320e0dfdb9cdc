/** A refusal or failure of a query or command, by its stable code (see `private.fail` in the schema). */
export class DataError extends Error {
	constructor(
		readonly code: string,
		/** What belongs to the code: a number of free places, a reason, a JSON list. */
		readonly detail = '',
		/** HTTP status; 0 when the server was not reached. */
		readonly status = 0
	) {
		super(code);
		this.name = 'DataError';
	}

	/** From what the data interface calls an error: our codes travel in the message as `lf:code`. */
	static from(
		error: { message: string; code?: string | number | undefined; details?: string | null },
		status: number
	): DataError {
		// The server's own refusals name the HTTP status where PostgREST names its code.
		const code = String(error.code ?? '');
		if (error.message.startsWith('lf:')) return new DataError(error.message.slice(3), error.details ?? '', status);
		if (status === 0 || /failed to fetch|networkerror|load failed|fetch failed/i.test(error.message))
			return new DataError('offline', '', 0);
		if (status === 401) return new DataError('sign_in_first', '', 401);
		if (code === '42501') return new DataError('not_yours', '', 403);
		if (status === 413) return new DataError('too_large', '', 413);
		if (status === 429) return new DataError('slow_down', '', 429);
		if (code === '23503') return new DataError('in_use', '', 409);
		if (code.startsWith('22') || code.startsWith('23')) return new DataError('bad_value', '', 400);
		return new DataError('server', '', status);
	}
}
