/** The same objective as a mixed-integer program in LP format, for an exact solver. For tests and benchmarks only. */
import { makeInstance, NEVER } from './instance';
import type { PlanInput } from './model';
import { UNBALANCED } from './weights';

/**
 * Variables: x_p_t party p at task t · y_t staffed · o_t open (only where a pin opens a task whatever happens it is 1) ·
 * f_t without a leader · u_t heads above the middle.
 * @param relaxed leaves out that parties go whole: the linear bound
 */
export function toLinearProgram(input: PlanInput, relaxed = false): string {
	const i = makeInstance(input);
	const T = i.tasks.length;
	const objective: string[] = [];
	const rows: string[] = [];
	const binaries: string[] = [];
	const byTask: { heads: string[]; adults: string[]; leads: string[] }[] = i.tasks.map(() => ({
		heads: [],
		adults: [],
		leads: []
	}));
	const bounds: string[] = ['none = 0'];
	i.parties.forEach((party, p) => {
		const places: string[] = [];
		for (let t = 0; t < T; t++) {
			const worth = i.worth[p * T + t]!;
			if (worth === NEVER) continue;
			const x = `x_${p}_${t}`;
			objective.push(`+ ${worth.toFixed(6)} ${x}`);
			places.push(`+ ${x}`);
			binaries.push(x);
			bounds.push(`0 <= ${x} <= 1`);
			byTask[t]!.heads.push(`+ ${i.heads[p]} ${x}`);
			if (i.adults[p]! > 0) byTask[t]!.adults.push(`+ ${i.adults[p]} ${x}`);
			if (i.leads[p]) byTask[t]!.leads.push(`+ ${x}`);
		}
		// A pin that cannot hold: no plan is possible.
		if (places.length === 0 && party.pinned !== null) rows.push('none >= 1');
		if (places.length) rows.push(`${places.join(' ')} ${i.pin[p]! >= 0 ? '=' : '<='} 1`);
	});
	i.tasks.forEach((_, t) => {
		const { heads, adults, leads } = byTask[t]!;
		const open = i.forced[t] ? `o_${t}` : `y_${t}`;
		if (i.forced[t]) {
			bounds.push(`o_${t} = 1`);
			rows.push(`y_${t} - o_${t} <= 0`);
		}
		objective.push(`+ ${i.staffed[t]} y_${t}`, `- ${i.leaderless[t]} f_${t}`, `- ${UNBALANCED} u_${t}`);
		binaries.push(`y_${t}`);
		bounds.push(`0 <= y_${t} <= 1`, `0 <= f_${t} <= 1`, `u_${t} >= 0`);
		const sum = (terms: string[]) => terms.join(' ');
		rows.push(`${sum(heads)} - ${i.max[t]} ${open} <= 0`);
		// A crew of nobody is not staffed, whatever its minimum.
		rows.push(`${sum(heads)} - ${Math.max(1, i.min[t]!)} y_${t} >= 0`);
		rows.push(`${sum(adults)} - ${i.minAdults[t]} y_${t} >= 0`);
		rows.push(`${sum(leads)} + f_${t} - ${open} >= 0`);
		rows.push(`${sum(heads)} - u_${t} - ${i.middle[t]} ${open} <= 0`);
	});
	return [
		'Maximize',
		` obj: ${objective.join('\n ')}`,
		'Subject To',
		...rows.map((row, n) => ` r${n}: ${row}`),
		'Bounds',
		...bounds.map((bound) => ` ${bound}`),
		...(relaxed ? [] : ['Binary', ` ${binaries.join('\n ')}`]),
		'End'
	].join('\n');
}
