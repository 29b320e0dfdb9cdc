/** Serves the built app: `npm start`. */
import compression from 'compression';
import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type Server,
	type ServerResponse
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harmless } from '../lib/server/harmless.ts';
import { takeHandle, type Login } from '../lib/server/handle.ts';
import { finish } from './finish.ts';
import { greet } from './greeting.ts';
import { isLoopback } from './network.ts';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Headers by which this program tells the app inside how a request came; a client's own are thrown away. */
const PROTOCOL = 'x-last-friday-protocol';
const ADDRESS = 'x-last-friday-address';
const MINUTE = 60_000;

/** How long a stop waits for requests under way. */
const PATIENCE = 5_000;

class StartError extends Error {
	override name = 'SettingsError';
}

function settingsHere() {
	const port = Number(process.env.PORT || 3000);
	if (!Number.isInteger(port) || port < 0 || port > 65535)
		throw new StartError('PORT must be a number up to 65535.');
	return {
		port,
		host: process.env.HOST || '0.0.0.0',
		origin: process.env.ORIGIN?.replace(/\/$/, '') || undefined
	};
}

/**
 * Tells the app how a request came. Without ORIGIN people use whatever address they typed, so the protocol is that of
 * the socket. Behind a proxy on this machine the client's address is the last one that the proxy noted.
 */
function describe(request: IncomingMessage, trustProxy: boolean) {
	const peer = request.socket.remoteAddress ?? '';
	const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim();
	request.headers[PROTOCOL] = 'http';
	request.headers[ADDRESS] = (trustProxy && isLoopback(peer) && forwarded) || peer;
}

/** Loads the built app, which opens its database first. */
async function loadApp(origin: string | undefined): Promise<RequestListener> {
	process.env.BODY_SIZE_LIMIT ??= '12M';
	const ownAddress = process.env.ADDRESS_HEADER === undefined;
	if (ownAddress) process.env.ADDRESS_HEADER = ADDRESS;
	if (origin) process.env.ORIGIN = origin;
	else process.env.PROTOCOL_HEADER = PROTOCOL;

	const { handler } = (await import(new URL('../../build/handler.js', import.meta.url).href)) as {
		handler: Middleware;
	};
	const compress = compression() as unknown as Middleware;
	return (request, response) => {
		describe(request, origin !== undefined);
		compress(request, response, () =>
			handler(request, response, () => {
				response.statusCode = 404;
				response.end('Not found');
			})
		);
	};
}

function listen(server: Server, host: string, port: number): Promise<void> {
	return new Promise((done, fail) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			const reason =
				error.code === 'EADDRINUSE'
					? `Port ${port} is in use by another program. Stop it, or choose another: PORT=3001 npm start`
					: `The app cannot listen on ${host}:${port} (${error.code}). Choose another HOST or PORT.`;
			fail(new StartError(reason));
		});
		server.listen(port, host, done);
	});
}

/** Stops taking requests, finishes those under way, closes the database. */
function stopOnSignal(server: Server) {
	let stopping = false;
	const stop = async () => {
		if (stopping) return;
		stopping = true;
		const closed = new Promise<void>((done) => server.close(() => done()));
		server.closeIdleConnections();
		const sweep = setInterval(() => server.closeIdleConnections(), 100);
		const impatience = setTimeout(() => server.closeAllConnections(), PATIENCE);
		await closed;
		clearInterval(sweep);
		clearTimeout(impatience);
		await takeHandle().close();
		process.exit(0);
	};
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());
}

/** A data folder that goes when the app stops: `npm run demo`. */
function useThrowawayData(): void {
	const folder = mkdtempSync(join(tmpdir(), 'last-friday-demo-'));
	for (const name of ['DATABASE_URL', 'PUBLIC_SUPABASE_URL', 'SMTP_HOST']) delete process.env[name];
	process.env.DATA_DIR = folder;
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

async function main() {
	const demo = process.argv.includes('--demo');
	if (demo) useThrowawayData();
	const { host, port, origin } = settingsHere();
	// Idle connections outlive those of the usual proxies, so that none is closed in the moment a request comes in on it.
	const server = createServer({
		requestTimeout: 2 * MINUTE,
		headersTimeout: 30_000,
		keepAliveTimeout: 125_000
	});
	server.on('request', await loadApp(origin));
	const app = takeHandle();
	let logins: Login[] | undefined;
	try {
		if (demo) logins = await app.loadDemo();
		await listen(server, host, port);
	} catch (error) {
		await app.close();
		throw error;
	}
	stopOnSignal(server);
	// A promise that nobody waited for must not end the service for everybody.
	process.on('unhandledRejection', (error) => console.error(`[unhandled] ${harmless(error)}`));
	const { port: actual } = server.address() as AddressInfo;
	const { place, setupCode } = app;
	console.log(greet({ host, port: actual, origin, place, ...(logins ? { logins } : { setupCode }) }));
}

finish(main());
