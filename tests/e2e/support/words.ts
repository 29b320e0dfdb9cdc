/** What the product says, in one language: a test of a flow runs in both without its words standing in it twice. */
import { m } from '../../../src/lib/paraglide/messages.js';
import type { View } from './screens.ts';

export type Language = View['language'];
export type Words = typeof m;

/** A browser's language that asks for these words. */
export const localeOf: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

type Message = (values: object, options: { locale: Language }) => string;

/** Every message of the product in this language, under its own name: `words('en').signup_submit({ count: 3 })`. */
export function words(language: Language): Words {
	return new Proxy(m, {
		get:
			(all, name) =>
			(values: object = {}) =>
				(all[name as keyof Words] as unknown as Message)(values, { locale: language })
	});
}
