import type { ParamMatcher } from '@sveltejs/kit';

/** What is no identifier leads nowhere; the database need not be asked. */
export const match: ParamMatcher = (param) =>
	/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(param);
