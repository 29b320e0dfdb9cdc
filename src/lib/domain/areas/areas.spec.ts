import { expect, it } from 'vitest';
import { inTreeOrder, subtree } from './index';

const AREAS = [
	{ id: 'b1', parent_id: 'b' },
	{ id: 'b', parent_id: 'district' },
	{ id: 'a', parent_id: 'district' },
	{ id: 'a2', parent_id: 'a' },
	{ id: 'district', parent_id: null },
	{ id: 'a1', parent_id: 'a' }
];
const drawn = (areas: { id: string; depth: number }[]) =>
	areas.map(({ id, depth }) => '-'.repeat(depth) + id);

it('puts every area after its parent and keeps the order of siblings', () => {
	expect(drawn(inTreeOrder(AREAS))).toEqual(['district', '-b', '--b1', '-a', '--a2', '--a1']);
});

it('takes what lies below, once, with depths of its own', () => {
	expect(drawn(subtree(AREAS, ['a', 'a1']))).toEqual(['a', '-a2', '-a1']);
	expect(drawn(subtree(AREAS, ['b1', 'a']))).toEqual(['b1', 'a', '-a2', '-a1']);
	expect(subtree(AREAS, [])).toEqual([]);
});
