import { DataError } from './data-error';

interface Answer {
	data: unknown;
	error: { message: string; code?: string; details?: string | null } | null;
	status: number;
}

/**
 * The answer of a query or command, as the shape its SQL function documents.
 * @throws DataError with the stable code of the refusal, or `offline` / `server` when there was no proper answer.
 */
export async function answer<T>(request: PromiseLike<Answer>): Promise<T> {
	let result: Answer;
	try {
		result = await request;
	} catch {
		throw new DataError('offline');
	}
	const { data, error, status } = result;
	if (error) throw DataError.from(error, status);
	return data as T;
}
