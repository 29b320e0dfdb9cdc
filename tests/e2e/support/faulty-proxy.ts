/** A network that goes wrong on purpose, between the browser and the app: loses answers, delivers twice, late and out of order. */
import { once } from 'node:events';
import { createServer, request as ask, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Delivery {
	method: string;
	path: string;
	/** The how-manieth request to this path. */
	n: number;
	/** Of a photo: nothing. */
	body: string;
	/** What went wrong with it. */
	fault: Fault | undefined;
}

/**
 * twice: delivered two times, the second answer counts · lose-answer: delivered, the connection breaks before the answer ·
 * later: the connection breaks at once, and the request is delivered two seconds afterwards · hold: delivered, the answer
 * never comes · wait: delivered, the answer comes when the test says so · swallow: never delivered, no answer · unavailable: 503 without a delivery ·
 * cut: the connection breaks in the middle of a photo · other-hash, no-hash: delivered, the receipt of a photo names other bytes, or none.
 */
export type Fault =
	| 'twice'
	| 'lose-answer'
	| 'later'
	| 'hold'
	| 'wait'
	| 'swallow'
	| 'unavailable'
	| 'cut'
	| 'other-hash'
	| 'no-hash';

export interface FaultyProxy {
	url: string;
	/** Where the app is now. */
	target: string;
	/** Nothing gets through, whatever the browser believes of its network: its service worker wakes by itself. */
	down: boolean;
	/** Decides for each request; undefined: nothing goes wrong. */
	fault: (delivery: Omit<Delivery, 'fault'>) => Fault | undefined;
	/** Lets the answers go that wait. */
	answer: () => void;
	/** Called when a request has been handed to the app and no answer came yet. */
	ondelivered: (delivery: Delivery) => void;
	readonly deliveries: Delivery[];
	close(): void;
}

/**
 * Posts whose path has such a name in it fail one after the other as its list says; the rest go through.
 * @returns which faults of each name have happened
 */
export function failInTurn<Name extends string>(
	proxy: FaultyProxy,
	faults: Readonly<Record<Name, readonly Fault[]>>
): () => Record<Name, Set<Fault>> {
	const names = Object.keys(faults) as Name[];
	const nameOf = ({ method, path }: Pick<Delivery, 'method' | 'path'>) =>
		method === 'POST' ? names.find((name) => path.includes(name)) : undefined;
	const used = new Map<Name, number>();
	proxy.fault = (asked) => {
		const name = nameOf(asked);
		if (!name) return undefined;
		const n = used.get(name) ?? 0;
		used.set(name, n + 1);
		return faults[name][n];
	};
	const happened = (name: Name) =>
		new Set(proxy.deliveries.flatMap((one) => (nameOf(one) === name ? (one.fault ?? []) : [])));
	return () => Object.fromEntries(names.map((name) => [name, happened(name)])) as Record<Name, Set<Fault>>;
}

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

const collect = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
	const parts: Buffer[] = [];
	for await (const part of stream) parts.push(part);
	return Buffer.concat(parts);
};

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
	const counts = new Map<string, number>();
	const waiting: (() => void)[] = [];
	const proxy: FaultyProxy = {
		url: '',
		target,
		down: false,
		fault: () => undefined,
		answer: () => waiting.splice(0).forEach((go) => go()),
		ondelivered: () => {},
		deliveries: [],
		close: () => {
			server.close();
			server.closeAllConnections();
		}
	};

	function deliver(delivery: Delivery, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
		return new Promise((done, fail) => {
			const sent = ask(
				proxy.target + delivery.path,
				{ method: delivery.method, headers: { ...headers, connection: 'close' } },
				(answer) =>
					void collect(answer).then(
						(text) => done({ status: answer.statusCode ?? 502, headers: answer.headers, body: text }),
						fail
					)
			);
			sent.once('error', fail);
			sent.end(body, () => proxy.ondelivered(delivery));
		});
	}

	const server = createServer((incoming, outgoing) => {
		void (async () => {
			if (proxy.down) return void incoming.socket.destroy();
			const { method = 'GET', url: path = '/', headers } = incoming;
			const plain = path.split('?')[0]!;
			const n = (counts.get(plain) ?? 0) + 1;
			counts.set(plain, n);
			const isPhoto = plain.startsWith('/photos');
			const read = isPhoto ? undefined : await collect(incoming);
			const asked = { method, path, n, body: read?.toString() ?? '' };
			const fault = proxy.fault(asked);
			const delivery = { ...asked, fault };
			if (fault === 'cut') {
				await once(incoming, 'data');
				proxy.deliveries.push(delivery);
				return void incoming.socket.destroy();
			}
			const body = read ?? (await collect(incoming));
			proxy.deliveries.push(delivery);
			if (fault === 'unavailable') return void outgoing.writeHead(503).end();
			if (fault === 'swallow') return;
			if (fault === 'later') {
				setTimeout(() => void deliver(delivery, headers, body).catch(() => {}), 2000);
				return void incoming.socket.destroy();
			}
			if (fault === 'twice') await deliver(delivery, headers, body);
			const answer = await deliver(delivery, headers, body);
			if (fault === 'hold') return;
			if (fault === 'wait') await new Promise<void>((go) => waiting.push(go));
			if (fault === 'lose-answer') return void incoming.socket.destroy();
			const { connection: _, 'transfer-encoding': __, ...rest } = answer.headers;
			if (fault === 'other-hash' || fault === 'no-hash') {
				const receipt = JSON.parse(answer.body.toString()) as object;
				const named = fault === 'other-hash' ? '0'.repeat(64) : undefined;
				const told = JSON.stringify({ ...receipt, received_sha256: named });
				return void outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(told);
			}
			outgoing.writeHead(answer.status, rest).end(answer.body);
		})().catch(() => incoming.socket.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return proxy;
}
