import { onDestroy } from 'svelte';
import { browserClient } from '$lib/data/client';
import { wordsFor } from '$lib/data/errors';
import {
	beginImport,
	cancelImport,
	CHUNK,
	commitImport,
	listDatasets,
	listsWith,
	stageRows,
	type HoldingList,
	type ImportOutcome
} from '$lib/data/site-import';
import { guessLeaveOut, listName, type Datum, type Mapping, type SiteField } from '$lib/domain/site-import';
import { KINDS, kindOf, type Kind } from '$lib/domain/sites';
import { kindName } from '$lib/i18n/site-words';
import { m } from '$lib/paraglide/messages';
import { newId } from '$lib/uuid';
import {
	ImportProblem,
	type Checked,
	type Column,
	type Opened,
	type Problem,
	type SentOptions
} from './protocol';
import { Reader } from './reader';

/** One in so many ids that another list holds makes one ask. */
const TWIN_SHARE = 5;

export type Step = 'file' | 'columns' | 'options' | 'check' | 'send' | 'done';

/** What the person settles about the file as a whole. */
export interface Choices {
	areaId: string;
	dataset: string;
	datum: Datum;
	kind: Kind;
	/** What the file's own words for kinds mean, where they are not known; '' is undecided. */
	kinds: Record<string, Kind | ''>;
	leaveOut: string[];
}

/** Areas a column may name: by name, English name and code. */
export type AreaNames = Readonly<Record<string, string>>;

const PROBLEMS: Readonly<Record<Problem, () => string>> = {
	spreadsheet: m.import_bad_spreadsheet,
	empty: m.import_bad_empty,
	no_rows: m.import_bad_no_rows,
	too_large: m.import_bad_too_large,
	unreadable: m.import_bad_unreadable
};

/** The person asked to stop. */
class Cancelled extends Error {}

/** The whole way of one file from the phone to the district's sites. Make it while a component is set up. */
export class ImportWizard {
	step = $state<Step>('file');
	/** Something is being read, checked or sent. */
	busy = $state(false);
	/** What went wrong last, in words. */
	problem = $state('');
	fileName = $state('');
	opened = $state.raw<Opened>();
	mapping = $state<Mapping>({});
	choices = $state<Choices>({
		areaId: '',
		dataset: '',
		datum: 'wgs84',
		kind: 'other',
		kinds: {},
		leaveOut: []
	});
	/** Lists imported into the chosen area before. */
	datasets = $state.raw<string[]>([]);
	checked = $state.raw<Checked>();
	/** Other lists that hold many of this file's ids: is it one of them, under another name? */
	twins = $state.raw<HoldingList[]>([]);
	sent = $state(0);
	/** Everything is on the server and is being written at once: too late to cancel. */
	committing = $state(false);
	outcome = $state.raw<ImportOutcome>();

	readonly #reader = new Reader();
	#cancelled = false;

	constructor() {
		onDestroy(() => {
			this.#cancelled = true;
			this.#reader.close();
		});
	}

	get sending(): boolean {
		return this.step === 'send' && this.busy;
	}

	/** Opens a file and guesses what its columns mean. */
	async open(file: File): Promise<void> {
		await this.#work(async () => {
			const opened = await this.#reader.open(file);
			this.opened = opened;
			this.fileName = file.name;
			this.mapping = opened.mapping;
			this.choices.kind = opened.kind;
			this.choices.dataset = listName(file.name);
			this.#settle();
			this.step = 'columns';
		});
	}

	/** Says which column a field is read from; a column means one thing only. */
	assign(field: SiteField, header: string): void {
		for (const [other, used] of Object.entries(this.mapping))
			if (used === header) delete this.mapping[other as SiteField];
		if (header) this.mapping[field] = header;
		else delete this.mapping[field];
		this.#settle();
	}

	column(field: SiteField): Column | undefined {
		return this.opened?.columns.find(({ header }) => header === this.mapping[field]);
	}

	/** The file's words for kinds that nobody knows yet. */
	get unknownKinds(): [value: string, count: number][] {
		return (this.column('kind')?.values ?? []).filter(([word]) => kindOf(word) === null);
	}

	/** Reads which lists the chosen area has; only to warn, so a failure is no matter. */
	async chooseArea(areaId: string): Promise<void> {
		this.choices.areaId = areaId;
		this.datasets = [];
		const datasets = areaId
			? await browserClient()
					.then((client) => listDatasets(client, areaId))
					.catch(() => [])
			: [];
		if (this.choices.areaId === areaId) this.datasets = datasets;
	}

	/** Reads every row under what has been settled. */
	async check(names: AreaNames): Promise<void> {
		await this.#work(async () => {
			this.checked = await this.#reader.ask('check', {
				mapping: $state.snapshot(this.mapping),
				options: this.#options(names)
			});
			this.twins = await this.#twins();
			this.step = 'check';
		});
	}

	/** It is this list of before: it is read anew as that. */
	async isTwin({ area_id, dataset }: HoldingList): Promise<void> {
		if (area_id !== this.choices.areaId) await this.chooseArea(area_id);
		this.choices.dataset = dataset;
		this.twins = [];
	}

	/** It is a list of its own, whose ids only happen to be the same. */
	isNew(): void {
		this.twins = [];
	}

	/** Only to ask, so a failure is no matter. */
	async #twins(): Promise<HoldingList[]> {
		const ids = await this.#reader.ask('ids', null);
		const lists = await browserClient()
			.then((client) => listsWith(client, ids))
			.catch(() => []);
		const { areaId, dataset } = this.choices;
		const named = (list: HoldingList) => list.area_id === areaId && list.dataset === dataset.trim();
		const own = lists.find(named)?.held ?? 0;
		return lists
			.filter((list) => !named(list) && list.held > own && list.held * TWIN_SHARE >= ids.length)
			.slice(0, 3);
	}

	/** The rows with problems, all of them. */
	readonly errors = () => this.#reader.ask('errors', null);

	/** Sends the good rows and has them written at once. */
	async send(names: AreaNames): Promise<void> {
		const total = this.checked?.count ?? 0;
		const id = newId();
		this.#cancelled = false;
		this.sent = 0;
		this.step = 'send';
		await this.#work(async () => {
			const client = await browserClient();
			const { kindNames: _, ...options } = this.#options(names);
			const headers = this.opened?.columns.map(({ header }) => header) ?? [];
			const layout = { headers, mapping: $state.snapshot(this.mapping), options };
			try {
				await beginImport(client, id, this.choices.areaId, this.choices.dataset, layout);
				for (let from = 0; from < total; from += CHUNK) {
					await stageRows(client, id, await this.#reader.ask('sites', { from, to: from + CHUNK }));
					if (this.#cancelled) throw new Cancelled();
					this.sent = Math.min(total, from + CHUNK);
				}
				this.committing = true;
				this.outcome = await commitImport(client, id);
				this.step = 'done';
			} catch (cause) {
				this.step = 'check';
				// Litter that stays because the way to the server is gone is swept by the next import.
				if (!this.committing) await cancelImport(client, id).catch(() => {});
				throw cause;
			} finally {
				this.committing = false;
			}
		});
	}

	/** Stops the sending; nothing has been changed by it. */
	cancel(): void {
		this.#cancelled = true;
	}

	/** What the columns now say decides which statuses and kinds there are to settle. */
	#settle(): void {
		const statuses = this.column('status')?.values?.map(([value]) => value) ?? [];
		this.choices.leaveOut = guessLeaveOut(statuses);
		this.choices.kinds = Object.fromEntries(this.unknownKinds.map(([word]) => [word, '']));
	}

	#options(areas: AreaNames): SentOptions {
		const { areaId, datum, kind, kinds, leaveOut } = $state.snapshot(this.choices);
		const decided = Object.entries(kinds).filter((entry): entry is [string, Kind] => entry[1] !== '');
		const kindNames = Object.fromEntries(KINDS.map((one) => [one, kindName(one)])) as Record<Kind, string>;
		return { areaId, areas, datum, kind, kinds: Object.fromEntries(decided), leaveOut, kindNames };
	}

	async #work(work: () => Promise<void>): Promise<void> {
		this.busy = true;
		this.problem = '';
		try {
			await work();
		} catch (cause) {
			if (cause instanceof Cancelled) this.problem = m.import_cancelled();
			else if (cause instanceof ImportProblem) this.problem = PROBLEMS[cause.problem]();
			else this.problem = this.step === 'check' ? `${m.import_failed()} ${wordsFor(cause)}` : wordsFor(cause);
		} finally {
			this.busy = false;
		}
	}
}
