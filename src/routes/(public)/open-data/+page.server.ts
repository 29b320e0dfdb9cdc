/** A document to read: the framework would weigh ten times as much as the page. */
export const csr = false;
