import { expect, it } from 'vitest';
import { listName } from './list-name';

it.each([
	['drains-somerville.csv', 'drains-somerville'],
	['drains (1).csv', 'drains'],
	['drains (2) (1).csv', 'drains'],
	['排水口（3）.csv', '排水口'],
	['排水口 - 副本.csv', '排水口'],
	['drains - Copy (2).csv', 'drains'],
	['drains copy.csv', 'drains'],
	['drains (2026).csv', 'drains (2026)'],
	['(1).csv', '(1)'],
	['v1.2 drains.csv', 'v1.2 drains']
])('of %s is %s', (file, name) => expect(listName(file)).toBe(name));
