import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../../../tests/db/engine';

/** The least of a mail server: takes whatever it is given. */
function mailbox(received: string[]): Server {
	return createServer((socket) => {
		let body: string | undefined;
		socket.write('220 test\r\n');
		socket.on('data', (chunk) => {
			for (const line of chunk.toString().split('\r\n').slice(0, -1)) {
				if (body !== undefined && line !== '.') body += `${line}\n`;
				else if (body !== undefined) {
					received.push(body);
					body = undefined;
					socket.write('250 ok\r\n');
				} else if (line.startsWith('DATA')) {
					body = '';
					socket.write('354 go on\r\n');
				} else socket.write(line.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n');
			}
		});
		socket.on('error', () => {});
	});
}

const received: string[] = [];
const server = mailbox(received);
let engine: TestEngine;
beforeAll(async () => {
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	engine = await startTestEngine([], { host: '127.0.0.1', port, from: 'Last Friday <friday@example.org>' });
}, 60_000);
afterAll(async () => {
	await engine?.close();
	server.close();
});

/** The subject begins with the code; it is encoded word by word when it holds Chinese. */
function lastCode(): string {
	const mail = received.at(-1) ?? '';
	const subject = /^Subject: ((?:.*\n\s)*.*)$/m.exec(mail)?.[1] ?? '';
	const plain = subject.replace(/=\?utf-8\?(B|Q)\?([^?]*)\?=\s*/gi, (_, kind: string, text: string) =>
		kind.toUpperCase() === 'B'
			? Buffer.from(text, 'base64').toString()
			: decodeURIComponent(text.replaceAll('=', '%'))
	);
	return /^\d{6,}/.exec(plain)?.[0] ?? `no code in ${plain}`;
}

it('confirms an account, and later signs it in, by a code and no link', async () => {
	const email = 'mail@example.org';
	const auth = engine.client().auth;
	const { data } = await auth.signUp({ email, password: 'a long password' });
	expect(data.session, 'not before the code').toBeNull();
	expect(received).toHaveLength(1);
	expect(received[0]).toContain(`To: ${email}`);
	expect(received[0]).not.toMatch(/https?:/);

	const confirmed = await auth.verifyOtp({ email, token: lastCode(), type: 'signup' });
	expect(confirmed.error).toBeNull();
	expect(confirmed.data.session?.user.email).toBe(email);

	const other = engine.client().auth;
	expect((await other.signInWithOtp({ email, options: { shouldCreateUser: false } })).error).toBeNull();
	expect(received).toHaveLength(2);
	expect((await other.verifyOtp({ email, token: '000000', type: 'magiclink' })).error?.code).toBe(
		'otp_expired'
	);
	const signedIn = await other.verifyOtp({ email, token: lastCode(), type: 'magiclink' });
	expect(signedIn.data.session?.user.email).toBe(email);
});
