import { expect, it } from 'vitest';
import { commonName } from './common-name';

it.each([
	['大兴路社区居民委员会', '大兴路社区'],
	['北关居民委员会', '北关社区'],
	['官田村村民委员会', '官田村'],
	['龙坪村委会', '龙坪村'],
	['老城街道', '老城街道'],
	['红花岗区', '红花岗区']
])('%s is called %s', (official, common) => expect(commonName(official)).toBe(common));
