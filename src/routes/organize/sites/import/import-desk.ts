import {
	countValues,
	decode,
	guessMapping,
	parse,
	readSites,
	type Reading,
	type Table
} from '$lib/domain/site-import';
import { KINDS, kindOf, type Kind } from '$lib/domain/sites';
import {
	ImportProblem,
	MOST_ROWS,
	type Checked,
	type Column,
	type Opened,
	type Requests,
	type SentOptions
} from './protocol';

const SAMPLES = 3;
/** A column with more different values than this is no list of statuses or kinds. */
const FEW = 30;
const SHOWN_ERRORS = 50;
const SHOWN_SITES = 5;

type Asked<N extends keyof Requests> = Requests[N]['ask'];

/** Works on one file: opened once, checked as often as the person changes their mind, given out in parts. */
export class ImportDesk {
	#table: Table = { headers: [], rows: [], delimiter: ',', mended: 0 };
	#reading: Reading = { sites: [], errors: [], leftOut: {} };

	/** @throws ImportProblem */
	open({ name, bytes }: Asked<'open'>): Opened {
		const decoded = decode(new Uint8Array(bytes));
		if (!decoded.ok) throw new ImportProblem(decoded.reason);
		const table = parse(decoded.text);
		if (table.rows.length === 0) throw new ImportProblem(table.headers.length === 0 ? 'empty' : 'no_rows');
		if (table.rows.length > MOST_ROWS) throw new ImportProblem('too_large');
		this.#table = table;
		return {
			rowCount: table.rows.length,
			encoding: decoded.encoding,
			mended: table.mended,
			columns: table.headers.map((header, i) => this.#column(header, i)),
			mapping: guessMapping(
				table.headers,
				table.rows.map((row) => row.cells)
			),
			kind: kindOf(name) ?? 'other'
		};
	}

	check({ mapping, options }: Asked<'check'>): Checked {
		const reading = readSites(this.#table, mapping, withNames(options));
		this.#reading = reading;
		const kinds = KINDS.map((kind): [Kind, number] => [
			kind,
			reading.sites.filter((site) => site.kind === kind).length
		]);
		return {
			count: reading.sites.length,
			kinds: kinds.filter(([, count]) => count > 0),
			leftOut: Object.entries(reading.leftOut),
			preview: reading.sites.slice(0, SHOWN_SITES),
			errors: reading.errors.slice(0, SHOWN_ERRORS),
			errorCount: reading.errors.length
		};
	}

	sites({ from, to }: Asked<'sites'>) {
		return this.#reading.sites.slice(from, to);
	}

	/** By what the good rows are told apart. */
	ids(): string[] {
		return this.#reading.sites.map(({ externalId }) => externalId);
	}

	errors() {
		return { headers: this.#table.headers, errors: this.#reading.errors };
	}

	#column(header: string, i: number): Column {
		const values = countValues(this.#table.rows.map((row) => row.cells[i] ?? ''));
		return {
			header,
			samples: values.slice(0, SAMPLES).map(([value]) => value),
			values: values.length <= FEW ? values : null
		};
	}
}

function withNames({ kindNames, ...options }: SentOptions) {
	return { ...options, nameFor: (kind: Kind, id: string) => `${kindNames[kind]} ${id}` };
}
