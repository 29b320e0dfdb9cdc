import { describe, expect, it } from 'vitest';
import { nextStep, urgencyOf, type DayState, type Progress } from './next-step';

const TODAY = '2026-11-24';
const day = (over: Partial<DayState> = {}): DayState => ({ date: '2026-11-27', status: 'planned', ...over });
const gathering = (over: Partial<Progress> = {}): Progress => ({
	status: 'open',
	parties: 20,
	assigned_parties: 20,
	tasks: 4,
	published_at: '2026-11-23T12:00:00Z',
	...over
});

describe('nextStep', () => {
	it.each([
		['pick_tasks', { tasks: 0 }, {}],
		['invite', { parties: 0, assigned_parties: 0 }, {}],
		['assign', { assigned_parties: 19 }, {}],
		['publish', { published_at: null }, {}],
		['wait', {}, {}],
		['check_in', { tasks: 0 }, { date: TODAY }],
		['close', {}, { date: '2026-11-20' }],
		['done', { status: 'closed' }, { date: '2026-11-20' }],
		['none', { status: 'cancelled' }, { date: TODAY }],
		['none', {}, { status: 'cancelled' }]
	] as const)('is %s', (step, progress, state) => {
		expect(nextStep(gathering(progress), day(state), TODAY)).toBe(step);
	});

	it('asks to assign somebody who signed up after the plan was published', () => {
		expect(nextStep(gathering({ parties: 21 }), day(), TODAY)).toBe('assign');
	});

	it('puts the running day first and what is over last', () => {
		const steps = ['done', 'assign', 'check_in', 'wait'] as const;
		expect(steps.toSorted((a, b) => urgencyOf(a) - urgencyOf(b))).toEqual([
			'check_in',
			'assign',
			'wait',
			'done'
		]);
	});
});
