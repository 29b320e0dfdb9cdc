// Rendered in the browser: the page depends on who looks, and opens without a signal.
export const ssr = false;
