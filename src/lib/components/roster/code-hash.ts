/** SHA-256 of a check-in code as the roster holds it; null where the page came by plain http and the browser cannot. */
export async function hashOf(code: string): Promise<string | null> {
	if (!globalThis.crypto?.subtle) return null;
	const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code));
	return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
