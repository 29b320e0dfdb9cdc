/** Makes the plan off the page's thread, so that the page never freezes. Ends with the worker: see `startPlanning`. */
import { makePlan, type Plan, type PlanInput } from '$lib/domain/planner';

/** What the worker tells: how far it is, then the plan. */
export type PlannerMessage = { kind: 'progress'; done: number } | { kind: 'plan'; plan: Plan };

const tell = (message: PlannerMessage) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<PlanInput>) => {
	const plan = makePlan(data, (done) => tell({ kind: 'progress', done }));
	tell({ kind: 'plan', plan });
});
