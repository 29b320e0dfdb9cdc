/** Where mail is configured: an account confirms its address, and later gets in without its password, by a code on the screen. */
import { openMailbox, type Mailbox } from '../mailbox.ts';
import { expect, startApp, test as base, type RunningApp } from './app.ts';
import { phoneOf, setUp, signUp } from './support/people.ts';
import { lookAt } from './support/screens.ts';
import { words } from './support/words.ts';

const test = base.extend<{ mailbox: Mailbox; mailing: RunningApp }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
	mailbox: async ({}, use) => {
		const mailbox = await openMailbox();
		await use(mailbox);
		mailbox.close();
	},
	mailing: async ({ mailbox }, use) => {
		const app = await startApp({
			env: {
				SMTP_HOST: '127.0.0.1',
				SMTP_PORT: `${mailbox.port}`,
				SMTP_FROM: 'Last Friday <friday@example.org>'
			}
		});
		await use(app);
		await app.stop();
	}
});

for (const language of ['zh', 'en'] as const) {
	test(`${language}: the mailed code confirms a new account, and signs it in when the password is forgotten`, async ({
		browser,
		mailbox,
		mailing
	}) => {
		const say = words(language);
		const email = `${language}@example.org`;
		const mails = () => mailbox.received.filter((mail) => mail.includes(`To: ${email}`));
		const admin = await phoneOf(browser, mailing);
		await setUp(admin.page, mailing);
		expect(mailbox.received, 'who gave the console’s code is asked for no other').toHaveLength(0);
		await admin.context.close();

		const { page, context } = await phoneOf(browser, mailing, language);
		const code = page.getByRole('textbox', { name: say.auth_code() });
		await page.goto('/sign-up');
		await signUp(page, '王女士', email, undefined, say);
		await expect(page.getByText(say.auth_code_sent({ email }))).toBeVisible();
		await lookAt(page, 'mail-confirm');
		expect(mails()).toHaveLength(1);
		await code.fill('000000');
		await page.getByRole('button', { name: say.auth_confirm_code() }).click();
		await expect(page.getByText(say.errors_bad_code())).toBeVisible();
		await code.fill(mailbox.lastCode());
		await page.getByRole('button', { name: say.auth_confirm_code() }).click();
		await page.waitForURL('**/me');
		await context.close();

		const other = await phoneOf(browser, mailing, language);
		const again = other.page;
		const typed = again.getByRole('textbox', { name: say.auth_code() });
		await again.goto('/sign-in');
		await again.getByRole('button', { name: say.auth_use_code() }).click();
		await again.getByRole('textbox', { name: say.auth_email() }).fill(email);
		await again.getByRole('button', { name: say.auth_send_code() }).click();
		await expect(again.getByText(say.auth_code_sent({ email }))).toBeVisible();
		await lookAt(again, 'mail-code');
		expect(mails()).toHaveLength(2);
		// A code of yesterday's mail, mistyped, or of somebody else: it says so, and the field stays.
		await typed.fill('123456');
		await again.getByRole('button', { name: say.auth_sign_in(), exact: true }).click();
		await expect(again.getByText(say.errors_bad_code())).toBeVisible();
		await typed.fill(` ${mailbox.lastCode()} `);
		await again.getByRole('button', { name: say.auth_sign_in(), exact: true }).click();
		await again.waitForURL('**/me');
		await other.context.close();

		const output = mailing.output();
		for (const secret of [email, mailbox.lastCode()]) expect(output).not.toContain(secret);
	});
}

test('where nothing is sent, no code is offered', async ({ browser, app }) => {
	const { page, context } = await phoneOf(browser, app);
	const asked = page.waitForResponse('**/auth/v1/settings');
	await page.goto('/sign-in');
	await (await asked).finished();
	await expect(page.getByRole('button', { name: words('zh').auth_sign_in(), exact: true })).toBeVisible();
	await expect(page.getByText(words('zh').auth_forgot_hint())).toBeVisible();
	await expect(page.getByRole('button', { name: words('zh').auth_use_code() })).toHaveCount(0);
	await context.close();
});
