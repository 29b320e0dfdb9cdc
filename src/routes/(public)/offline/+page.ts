// No scripts: at whatever address it is shown, the page stays what it is.
export const csr = false;
