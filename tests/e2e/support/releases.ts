/** Stands before the app and releases a new version of it at a word, so that a browser can be watched updating. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Releases {
	site: string;
	/** The name that the script which every page of the browser starts with has in the new version. */
	renamed: string;
	version: { old: string; next: string };
	/** Whether the new version is out: its service worker is another, and the script of the former name is gone. */
	released: boolean;
	/** The renamed script cannot be had: one bar of signal. */
	broken: boolean;
	close(): void;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts);
}

/** @param app the address of the app, or of what stands before it */
export async function startReleases(app: string): Promise<Releases> {
	const shell = await (await fetch(`${app}/shell`)).text();
	const { version } = (await (await fetch(`${app}/_app/version.json`)).json()) as { version: string };
	const entry = /entry\/app\.[\w-]+\.js/.exec(shell)?.[0];
	if (!entry) throw new Error('The shell names no script to start with.');
	const renamed = entry.replace('app.', 'app.next-');
	const releases: Releases = {
		site: '',
		renamed,
		version: { old: version, next: `${version}-next` },
		released: false,
		broken: false,
		close: () => {
			server.close();
			server.closeAllConnections();
		}
	};
	const server = createServer((request, response) => {
		void (async () => {
			const { method = 'GET', url = '', headers } = request;
			if (releases.broken && url.includes(renamed)) return void request.socket.destroy();
			const asked = releases.released ? url.replace(entry, 'gone').replace(renamed, entry) : url;
			const sent = await bodyOf(request);
			// Without what the browser knows already: the app would say that its own file has not changed.
			const answer = await fetch(app + asked, {
				method,
				headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
					typeof value === 'string' && !/^(host|connection|content-length|accept-encoding|if-.*)$/.test(name)
						? [[name, value]]
						: []
				),
				redirect: 'manual',
				...(sent.length > 0 && { body: new Uint8Array(sent) })
			});
			let body = Buffer.from(await answer.arrayBuffer());
			if (releases.released && /html|javascript/.test(answer.headers.get('content-type') ?? '')) {
				const text = body.toString().replaceAll(entry, renamed).replaceAll(version, releases.version.next);
				body = Buffer.from(url === '/service-worker.js' ? `${text}\n// released` : text);
			}
			// The policy names the app's own inline script by its hash, and here it has another.
			const given = [...answer.headers].filter(
				([name]) => !/^(content-(length|encoding|security-policy)|connection|transfer-encoding)$/.test(name)
			);
			response.writeHead(answer.status, Object.fromEntries(given)).end(body);
		})().catch(() => request.socket.destroy());
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	releases.site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return releases;
}
