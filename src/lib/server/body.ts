/** A request's body with a limit that holds while it arrives, whatever its headers say; undefined when it is too large. */
export async function readLimited(request: Request, limit: number): Promise<Uint8Array | undefined> {
	if (Number(request.headers.get('content-length') ?? 0) > limit) return undefined;
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const part of request.body ?? []) {
		size += part.byteLength;
		if (size > limit) return undefined;
		parts.push(part);
	}
	return Buffer.concat(parts);
}
