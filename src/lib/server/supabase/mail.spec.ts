import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../../../tests/db/engine';
import { openMailbox, type Mailbox } from '../../../../tests/mailbox';
import { accountsOn } from './accounts';

let engine: TestEngine;
let mailbox: Mailbox;
beforeAll(async () => {
	mailbox = await openMailbox();
	engine = await startTestEngine([], {
		host: '127.0.0.1',
		port: mailbox.port,
		from: 'Last Friday <friday@example.org>'
	});
}, 60_000);
afterAll(async () => {
	await engine?.close();
	mailbox?.close();
});

it('confirms an account, and later signs it in, by a code and no link', async () => {
	const email = 'mail@example.org';
	const { received } = mailbox;
	const auth = engine.client().auth;
	const { data } = await auth.signUp({ email, password: 'a long password' });
	expect(data.session, 'not before the code').toBeNull();
	expect(received).toHaveLength(1);
	expect(received[0]).toContain(`To: ${email}`);
	expect(received[0]).not.toMatch(/https?:/);

	const confirmed = await auth.verifyOtp({ email, token: mailbox.lastCode(), type: 'signup' });
	expect(confirmed.error).toBeNull();
	expect(confirmed.data.session?.user.email).toBe(email);

	const other = engine.client().auth;
	expect((await other.signInWithOtp({ email, options: { shouldCreateUser: false } })).error).toBeNull();
	expect(received).toHaveLength(2);
	expect((await other.verifyOtp({ email, token: '000000', type: 'magiclink' })).error?.code).toBe(
		'otp_expired'
	);
	const signedIn = await other.verifyOtp({ email, token: mailbox.lastCode(), type: 'magiclink' });
	expect(signedIn.data.session?.user.email).toBe(email);
});

it('sends nothing to whoever the server makes an account for: nobody asked, and their address may be none', async () => {
	const before = mailbox.received.length;
	const accounts = accountsOn({
		visitor: () => engine.client(),
		service: () => engine.client('service'),
		sql: engine.database
	});
	const [email, password] = ['admin@example.org', 'a long password'];
	const id = await accounts.make(email, password);
	expect(await accounts.signIn(email, password)).toMatchObject({ user: id });
	expect(mailbox.received.length - before).toBe(0);
	// Whoever asks is sent one as ever.
	await engine.client().auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
	expect(mailbox.received.length - before).toBe(1);
});
