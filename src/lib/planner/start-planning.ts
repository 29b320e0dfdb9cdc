import type { Plan, PlanInput } from '$lib/domain/planner';
import type { PlannerMessage } from './worker';

export interface Planning {
	/** The plan; null when it was cancelled. Rejects when the planner could not be loaded or failed. */
	plan: Promise<Plan | null>;
	cancel: () => void;
}

/** Plans in a worker of its own, fetched only now. The input must be free of blocking problems. */
export function startPlanning(input: PlanInput, onprogress: (done: number) => void): Planning {
	const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
	let cancel = () => {};
	const plan = new Promise<Plan | null>((resolve, reject) => {
		cancel = () => resolve(null);
		worker.onmessage = ({ data }: MessageEvent<PlannerMessage>) => {
			if (data.kind === 'progress') onprogress(data.done);
			else resolve(data.plan);
		};
		worker.onerror = ({ message }) => reject(new Error(message || 'The planner did not start.'));
		worker.postMessage(input);
	});
	return { plan: plan.finally(() => worker.terminate()), cancel };
}
