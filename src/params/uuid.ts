import { isId } from '$lib/uuid';
import type { ParamMatcher } from '@sveltejs/kit';

export const match: ParamMatcher = isId;
