import { describe, expect, it } from 'vitest';
import type { DayPackage } from '$lib/data/day-package';
import type { TaskRecords } from '$lib/data/roster';
import { newer, withRecords } from './merge';

const time = (minute: number) => `2026-11-27T00:${String(minute).padStart(2, '0')}:00Z`;
const records = (task: string, minute: number, ...entries: string[]) =>
	({
		server_time: time(minute),
		task: { id: task, gathering_id: 'g' },
		entries: entries.map((id) => ({ id }))
	}) as TaskRecords;
const pack = (minute: number, ...of: TaskRecords[]) =>
	({ server_time: time(minute), gathering: { id: 'g' }, records: of }) as unknown as DayPackage;

describe('a pack', () => {
	it('keeps the newer answer, whichever was written last', () => {
		const [older, fresh] = [pack(1, records('t', 1)), pack(2, records('t', 2, 'e'))];
		expect(newer(fresh, older)).toEqual(fresh);
		expect(newer(older, fresh)).toBeUndefined();
		// The server's clock was a day ahead and has been put right.
		expect(newer(older, { ...fresh, server_time: '2026-11-28T00:00:00Z' })?.server_time).toBe(time(1));
	});

	it('keeps what was read of one task after the package was asked for', () => {
		const kept = withRecords(pack(1, records('t', 1), records('u', 1)), records('t', 5, 'e'));
		expect(kept!.records).toEqual([records('t', 5, 'e'), records('u', 1)]);
		expect(newer(pack(3, records('t', 3), records('u', 3)), kept!)!.records).toEqual([
			records('t', 5, 'e'),
			records('u', 3)
		]);
		expect(newer(pack(6, records('t', 6, 'e', 'f'), records('u', 6)), kept!)!.records[0]).toEqual(
			records('t', 6, 'e', 'f')
		);
	});

	it('does not take records that are older than its own, or of a task that it lacks', () => {
		const fresh = pack(5, records('t', 5, 'e'));
		expect(withRecords(fresh, records('t', 1))).toEqual(fresh);
		expect(withRecords(fresh, records('v', 9))).toBeUndefined();
	});
});
