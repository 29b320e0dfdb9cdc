import { expect, it } from 'vitest';
import { changesOf } from './changes';

it('tells only what differs, within values too', () => {
	const before = { place: '广场', capacity: 40, kinds: ['drain'], note: '' };
	expect(changesOf(before, { ...before })).toEqual({});
	expect(changesOf(before, { ...before, capacity: 50, kinds: ['drain', 'roadside'] })).toEqual({
		capacity: 50,
		kinds: ['drain', 'roadside']
	});
});

it('tells that a value was taken away', () => {
	expect(changesOf<{ lng: number | null }>({ lng: 106.9 }, { lng: null })).toEqual({ lng: null });
});
