import { describe, expect, it } from 'vitest';
import { installWay } from './install-offer.svelte';

const wechat =
	'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36 MicroMessenger/8.0.50';
const iphone =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1';
const android = 'Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36';

describe('the way to the home screen', () => {
	it('leads out of WeChat first, even when an offer stands', () => {
		expect(installWay(wechat, false, false)).toBe('wechat');
		expect(installWay(wechat, false, true)).toBe('wechat');
		expect(installWay(`${iphone} MicroMessenger/8.0`, false, false)).toBe('wechat');
	});

	it('is a button where the browser offers it, words on an iPhone, else nothing', () => {
		expect(installWay(android, false, true)).toBe('button');
		expect(installWay(android, false, false)).toBe('none');
		expect(installWay(iphone, false, false)).toBe('ios');
	});

	it('is not shown in the installed app', () => {
		for (const agent of [wechat, iphone, android]) expect(installWay(agent, true, true)).toBe('none');
	});
});
