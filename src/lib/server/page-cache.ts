/**
 * A short-lived store of pages that are the same for everybody, so that a whole town opening one page costs one render.
 * Knows nothing of what it keeps: a key stands for everything that a page depends on.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'identity' | 'gzip' | 'br';

const compressors: Record<Exclude<Encoding, 'identity'>, (body: Uint8Array) => Promise<Uint8Array>> = {
	gzip: promisify(gzip) as (body: Uint8Array) => Promise<Uint8Array>,
	// As small as gzip's best at a fraction of its time; the highest levels would hold up the first reader.
	br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
};

/** A rendered answer, ready to be sent again and again; compressed the first time somebody asks for it so. */
class Page {
	readonly #bodies = new Map<Encoding, Promise<Uint8Array>>();
	readonly #hash: string;
	/** Bytes held at most: each encoding is smaller than the plain page. */
	readonly weight: number;

	constructor(
		readonly status: number,
		readonly headers: [name: string, value: string][],
		plain: Uint8Array,
		readonly madeAt: number
	) {
		this.#bodies.set('identity', Promise.resolve(plain));
		this.#hash = createHash('sha256').update(plain).digest('base64url').slice(0, 16);
		this.weight = plain.byteLength * 2;
	}

	async response(encoding: Encoding): Promise<Response> {
		const body = await this.#body(encoding);
		const response = new Response(body as Uint8Array<ArrayBuffer>, {
			status: this.status,
			headers: this.headers
		});
		const { headers } = response;
		headers.set('content-length', String(body.byteLength));
		headers.append('vary', 'accept-encoding');
		if (encoding !== 'identity') headers.set('content-encoding', encoding);
		// The bytes differ by encoding, so their names do.
		if (this.status === 200) headers.set('etag', `"${this.#hash}-${encoding}"`);
		return response;
	}

	async #body(encoding: Encoding): Promise<Uint8Array> {
		const known = this.#bodies.get(encoding);
		if (known || encoding === 'identity') return known!;
		const made = this.#body('identity').then((plain) => compressors[encoding](plain));
		this.#bodies.set(encoding, made);
		return made;
	}
}

export interface PageCacheOptions {
	/** How long a page is served as it is, in milliseconds. */
	fresh?: number;
	/** How long, after that, it is still served while one new one is made behind it. */
	stale?: number;
	maxPages?: number;
	maxBytes?: number;
	/** What time it is; tests have their own. */
	now?: () => number;
}

type Render = () => Promise<Response>;

export class PageCache {
	/** Least recently used first: a Map keeps the order in which its keys were set. */
	readonly #pages = new Map<string, Page>();
	/** One render per key at a time; whoever comes meanwhile waits for it. */
	readonly #rendering = new Map<string, Promise<Page | Response>>();
	readonly #options: Required<PageCacheOptions>;
	#bytes = 0;

	constructor(options: PageCacheOptions = {}) {
		this.#options = {
			fresh: 5_000,
			stale: 15_000,
			maxPages: 500,
			maxBytes: 32 * 1024 * 1024,
			now: Date.now,
			...options
		};
	}

	/** What is held: for tests and for the curious. */
	get size(): { pages: number; bytes: number } {
		return { pages: this.#pages.size, bytes: this.#bytes };
	}

	/** The page of a key: as kept, or as `render` makes it now, once for all who ask at the same time. */
	async get(key: string, encoding: Encoding, render: Render): Promise<Response> {
		const kept = this.#pages.get(key);
		const age = kept ? this.#options.now() - kept.madeAt : Infinity;
		if (kept && age <= this.#options.fresh + this.#options.stale) {
			this.#touch(key, kept);
			// A failure behind the scenes leaves the kept page until its time is up.
			if (age > this.#options.fresh) void this.#renderOnce(key, render).catch(() => {});
			return kept.response(encoding);
		}
		const leads = !this.#rendering.has(key);
		const made = await this.#renderOnce(key, render);
		if (made instanceof Page) return made.response(encoding);
		// Meant for one reader only: the one it was made for.
		return leads ? made : render();
	}

	#renderOnce(key: string, render: Render): Promise<Page | Response> {
		const running = this.#rendering.get(key);
		if (running) return running;
		const rendering = this.#make(key, render).finally(() => this.#rendering.delete(key));
		this.#rendering.set(key, rendering);
		return rendering;
	}

	async #make(key: string, render: Render): Promise<Page | Response> {
		const response = await render();
		if (isPersonal(response)) return response;
		const body = new Uint8Array(await response.arrayBuffer());
		const page = new Page(response.status, [...response.headers], body, this.#options.now());
		// An error is told to all who waited for this render, and to nobody after them.
		if (page.status === 200) this.#keep(key, page);
		return page;
	}

	#keep(key: string, page: Page): void {
		this.#drop(key);
		if (page.weight > this.#options.maxBytes) return;
		this.#pages.set(key, page);
		this.#bytes += page.weight;
		for (const oldest of this.#pages.keys()) {
			if (this.#pages.size <= this.#options.maxPages && this.#bytes <= this.#options.maxBytes) return;
			this.#drop(oldest);
		}
	}

	#touch(key: string, page: Page): void {
		this.#pages.delete(key);
		this.#pages.set(key, page);
	}

	#drop(key: string): void {
		this.#bytes -= this.#pages.get(key)?.weight ?? 0;
		this.#pages.delete(key);
	}
}

/** Whether an answer was made for one reader: it sets cookies, or says that nobody may keep it. */
function isPersonal({ headers }: Response): boolean {
	return headers.has('set-cookie') || /no-store|private/.test(headers.get('cache-control') ?? '');
}

/** The smallest form that the reader understands. */
export function encodingFor(accepted: string | null): Encoding {
	const refused = (name: string) =>
		new RegExp(`\\b${name}\\s*;\\s*q=0(\\.0+)?\\s*(,|$)`).test(accepted ?? '');
	const takes = (name: string) => new RegExp(`\\b${name}\\b`).test(accepted ?? '') && !refused(name);
	return takes('br') ? 'br' : takes('gzip') ? 'gzip' : 'identity';
}
