/** SHA-256 of a photo's bytes, in hex, by the browser's own means: in the service worker they are always there. @throws TypeError where they are not */
export async function hashOfBlob(blob: Blob): Promise<string> {
	const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
	return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
