import { expect, it } from 'vitest';
import { seemsPrivate, type Signs } from './private-window';

it.each<[string, Signs, boolean]>([
	['Chromium, private: nothing goes to a disk', { flushes: [0.1, 0, 0, 0, 0.1, 0, 2.4] }, true],
	['Chromium on the quickest disk measured', { flushes: [0.2, 0, 0.1, 0.2, 0.1, 0.3, 0.1] }, false],
	['Chromium on a phone', { flushes: [3.1, 4.4, 2.8, 9.7, 3.3] }, false],
	[
		'Safari, private',
		{
			refusal: 'UnknownError: The operation failed for an unknown transient reason (e.g. out of memory).',
			flushes: []
		},
		true
	],
	[
		'Firefox, private',
		{ refusal: 'SecurityError: Security error when calling GetDirectory', flushes: [] },
		true
	],
	['a full disk', { refusal: 'QuotaExceededError: no room', flushes: [] }, false],
	['a browser that tells nothing', { flushes: [] }, false]
])('%s', (_, signs, is) => {
	expect(seemsPrivate(signs)).toBe(is);
});
