import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Every package that a module of this folder pulls in, followed through its neighbours. */
function packagesOf(path: string, seen = new Set<string>()): string[] {
	if (seen.has(path)) return [];
	seen.add(path);
	const source = readFileSync(path, 'utf8');
	const names = [...source.matchAll(/^(?:import|export) (?!type\b)[^;]*? from '([^']+)'/gm)].map(
		(match) => match[1]!
	);
	return names.flatMap((name) =>
		name.startsWith('.') ? packagesOf(`${resolve(dirname(path), name)}.ts`, seen) : [name]
	);
}

describe('what public pages may import', () => {
	it.each(['local-date', 'labour-days', 'today'])('%s brings no package along', (module) => {
		expect(packagesOf(resolve(import.meta.dirname, `${module}.ts`))).toEqual([]);
	});

	it('would notice one', () => {
		expect(packagesOf(resolve(import.meta.dirname, 'moves.ts'))).toEqual(['chinese-days']);
		expect(packagesOf(resolve(import.meta.dirname, 'gathering-interval.ts'))).toEqual(['luxon']);
	});
});
