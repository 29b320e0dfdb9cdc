import { error } from '@sveltejs/kit';

/** An address that no page has. Here, so that the words for it load only when they are needed. */
export const load = () => error(404, 'Not found');
