/** The plainest party and task, for tests that change what they are about. */
import type { PlanParty, PlanTask } from './model';

export const aParty = (id: string, more: Partial<PlanParty> = {}): PlanParty => ({
	id,
	heads: 1,
	minors: 0,
	community: null,
	street: null,
	place: null,
	wishes: [],
	tools: '',
	canLead: false,
	waitlisted: false,
	pinned: null,
	previous: null,
	...more
});

export const aTask = (id: string, more: Partial<PlanTask> = {}): PlanTask => ({
	id,
	kind: 'drain',
	tools: '',
	priority: 0,
	crewMin: 2,
	crewMax: 6,
	minAdults: 1,
	minorsAllowed: true,
	leader: null,
	community: null,
	street: null,
	place: null,
	...more
});
