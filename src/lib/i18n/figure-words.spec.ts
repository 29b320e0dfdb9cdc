import { afterEach, describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { weightWords } from './figure-words';

afterEach(() => overwriteGetLocale(() => 'zh'));

describe('rubbish by weight', () => {
	it('is said with what was weighed and what was estimated apart', () => {
		overwriteGetLocale(() => 'zh');
		expect(weightWords({ weighed: 300, estimated: 90 })).toEqual(['过磅 300 公斤', '估算 90 公斤']);
		overwriteGetLocale(() => 'en');
		expect(weightWords({ weighed: 300, estimated: 90 })).toEqual(['300 kg weighed', '90 kg estimated']);
	});

	it('is in tonnes from one on, each amount by itself, and cut', () => {
		overwriteGetLocale(() => 'zh');
		expect(weightWords({ weighed: 142_590, estimated: 61.26 })).toEqual(['过磅 142.5 吨', '估算 61.2 公斤']);
		expect(weightWords({ weighed: 999.9, estimated: 1000 })).toEqual(['过磅 999.9 公斤', '估算 1 吨']);
	});

	it('leaves out what there is none of', () => {
		overwriteGetLocale(() => 'zh');
		expect(weightWords({ weighed: 0, estimated: 40 })).toEqual(['估算 40 公斤']);
		expect(weightWords({ weighed: 0, estimated: 0 })).toEqual([]);
	});
});
