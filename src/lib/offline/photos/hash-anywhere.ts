import { hashOfBlob } from './hash';

/** The same in a page, which may have come by plain http: the browser then does not lend its own means. */
export async function hashAnywhere(blob: Blob): Promise<string> {
	if (globalThis.crypto?.subtle) return hashOfBlob(blob);
	const [{ sha256 }, { bytesToHex }] = await Promise.all([
		import('@noble/hashes/sha2.js'),
		import('@noble/hashes/utils.js')
	]);
	return bytesToHex(sha256(new Uint8Array(await blob.arrayBuffer())));
}
