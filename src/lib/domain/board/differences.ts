import type { Party, Task } from './crews';

/** One thing that is different on a board since one looked. Tasks are told by name: a removed one has no row any more. */
export type Difference =
	| { kind: 'moved'; party: string; name: string; from: string | null; to: string | null }
	| { kind: 'leads' | 'leads_not'; party: string; name: string; task: string }
	/** `edited`: what it wishes, brings, says or is called. */
	| { kind: 'joined' | 'left' | 'resized' | 'edited'; party: string; name: string }
	/** `task_edited`: what is told about its site, the dangers before all. */
	| { kind: 'task_added' | 'task_removed' | 'task_changed' | 'task_edited'; task: string }
	/** The gathering's place or hours. */
	| { kind: 'gathering_changed' };

interface Snapshot {
	gathering: { place: string; starts: string; ends: string };
	parties: readonly (Party & { wishes: readonly string[]; tools: string; note: string })[];
	tasks: readonly (Task & { minutes: number; tools: string; note: string })[];
}

/** What happened between two states of a board: the gathering first, then tasks, then parties in their order. */
export function differences(before: Snapshot, after: Snapshot): Difference[] {
	const found: Difference[] = [];
	if (differ(before.gathering, after.gathering, ['place', 'starts', 'ends']))
		found.push({ kind: 'gathering_changed' });
	const oldTasks = byId(before.tasks);
	const newTasks = byId(after.tasks);
	for (const task of after.tasks) {
		const old = oldTasks.get(task.id);
		if (!old) found.push({ kind: 'task_added', task: task.name });
		else if (old.crew_min !== task.crew_min || old.crew_max !== task.crew_max)
			found.push({ kind: 'task_changed', task: task.name });
		if (old && differ(old, task, ['name', 'hazards', 'minutes', 'tools', 'note']))
			found.push({ kind: 'task_edited', task: task.name });
	}
	for (const task of before.tasks)
		if (!newTasks.has(task.id)) found.push({ kind: 'task_removed', task: task.name });

	const oldParties = byId(before.parties);
	const newParties = byId(after.parties);
	const nameOf = (id: string | null) =>
		id === null ? null : ((newTasks.get(id) ?? oldTasks.get(id))?.name ?? null);
	for (const party of after.parties) {
		const old = oldParties.get(party.id);
		const who = { party: party.id, name: party.name };
		if (!old || (old.status !== party.status && party.status === 'confirmed')) {
			found.push({ kind: 'joined', ...who });
			continue;
		}
		if (old.task_id !== party.task_id)
			found.push({ kind: 'moved', ...who, from: nameOf(old.task_id), to: nameOf(party.task_id) });
		if (party.task_id !== null && (old.leads && old.task_id === party.task_id) !== party.leads)
			found.push({
				kind: party.leads ? 'leads' : 'leads_not',
				...who,
				task: nameOf(party.task_id) ?? ''
			});
		if (old.headcount !== party.headcount || old.minors !== party.minors)
			found.push({ kind: 'resized', ...who });
		if (differ(old, party, ['name', 'wishes', 'can_lead', 'tools', 'note']))
			found.push({ kind: 'edited', ...who });
	}
	for (const party of before.parties)
		if (!newParties.has(party.id)) found.push({ kind: 'left', party: party.id, name: party.name });
	return found;
}

const byId = <Row extends { id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));

const differ = <Row extends object>(before: Row, after: Row, keys: (keyof Row)[]): boolean =>
	keys.some((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
