/**
 * The one mail this app sends: a code to type in, in both languages. No link: the app need not know its public address,
 * and programs that open links in mails before people do cannot use it up.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { SmtpEmailDriver, type EmailDriver, type EmailMessage } from '@supabase/lite';
import type { MailSettings } from '../settings';

/** Drops mails: without SMTP settings nothing is sent and nothing may show up in the log. */
const silence: EmailDriver = { send: async () => {} };

/** Makes our mail out of the one that @supabase/lite composed around a code. */
export function codeMail({ to, text = '' }: EmailMessage): EmailMessage {
	const code = /\b\d{6,10}\b/.exec(text)?.[0];
	if (!code) throw new Error('A mail without a code was about to be sent.');
	const lines = [
		`您的验证码是 ${code}，一小时内有效。`,
		'如果不是您本人操作，不用理会这封邮件，也不要把验证码告诉别人。',
		'',
		`Your code is ${code}. It is valid for one hour.`,
		'If you did not ask for it, ignore this mail and tell nobody the code.'
	];
	const [zh, warning, , en, caution] = lines;
	return {
		to,
		subject: `${code} 周五义务劳动验证码 · Last Friday code`,
		text: lines.join('\n'),
		html: `<p style="font-size:18px">${zh}</p><p>${warning}</p><p style="font-size:18px">${en}</p><p>${caution}</p>`
	};
}

const unasked = new AsyncLocalStorage<true>();

/** Does what would have @supabase/lite mail a code that nobody asked for: making an account of which the server knows enough. */
export const withoutMail = <T>(work: () => Promise<T>): Promise<T> => unasked.run(true, work);

export function mailDriver(mail: MailSettings | undefined): EmailDriver {
	if (!mail) return silence;
	const smtp = new SmtpEmailDriver({ ...mail, secure: mail.port === 465, timeoutMs: 15_000 });
	return {
		send: async (message) => {
			if (!unasked.getStore()) await smtp.send(codeMail(message));
		}
	};
}
