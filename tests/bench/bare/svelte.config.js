import adapter from '@sveltejs/adapter-node';

/** The barest SvelteKit app: what our pages are measured against. */
export default { kit: { adapter: adapter() } };
