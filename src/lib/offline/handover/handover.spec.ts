import { describe, expect, it } from 'vitest';
import { present, type DayRecord } from '$lib/domain/roster';
import { handOver, MAX_IN_QR, takeOver } from './handover';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const record: DayRecord = {
	...present(id(1), 3, 1),
	id: id(2),
	seq: 7,
	device_id: id(3),
	at: '2026-11-27T00:41:00.000Z',
	device_time: '2026-11-27T00:41:00.000Z',
	clock_offset_ms: 0
};

describe('records handed over', () => {
	it('arrive as they were, with who recorded them', () => {
		const text = handOver(id(9), '陈师傅', [record]);
		expect(takeOver(text)).toMatchObject({ person: id(9), name: '陈师傅', records: [record] });
		expect(new TextEncoder().encode(text).length).toBeLessThan(MAX_IN_QR);
	});

	it.each([
		'',
		'null',
		'[]',
		'{"format":"something else"}',
		handOver(id(9), '陈师傅', []),
		handOver('nobody', '陈师傅', [record]),
		handOver(id(9), '陈师傅', [{ ...record, id: 'x' }]),
		handOver(id(9), '陈师傅', [{ ...record, at: 'yesterday' }]),
		handOver(id(9), '陈师傅', [{ ...record, type: 'other' } as unknown as DayRecord])
	])('are told from anything else: %s', (text) => expect(takeOver(text)).toBeNull());
});
