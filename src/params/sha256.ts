import type { ParamMatcher } from '@sveltejs/kit';

/** The hash of a stored file, as its name in an address. */
export const match = ((param) => /^[0-9a-f]{64}$/.test(param)) satisfies ParamMatcher;
