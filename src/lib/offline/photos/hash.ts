/** SHA-256 of a photo's bytes; null where the page came by plain http and the browser cannot. */
export async function hashOfBlob(blob: Blob): Promise<string | null> {
	if (!globalThis.crypto?.subtle) return null;
	const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
	return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
