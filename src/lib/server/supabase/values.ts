/**
 * Values as PostgREST writes them, whichever driver reads them: a browser that talks to the Supabase platform today and to
 * this process tomorrow must see the same JSON. The drivers leave `numeric` and arrays of enums as text, and write an
 * instant in a form that Safari cannot read.
 */
import type { Sql } from './database';

/** A driver's own tables: how the text of each type (by its oid) becomes a value, and a value the text. */
export interface Values {
	parsers: Record<number, (text: string) => unknown>;
	serializers: Record<number, (value: never) => unknown>;
}

const JSON_TYPES = [114, 3802];
const NUMERIC = 1700;
const TIMESTAMPTZ = 1184;

/** `2026-11-23 17:49:04.003+00` → `2026-11-23T17:49:04.003+00:00` */
export function instant(text: string): string {
	return text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
}

/** The labels of an array of enums, `{deep_water,traffic}`; labels are plain words. */
export function labels(text: string): string[] {
	return text.slice(1, -1).split(',').filter(Boolean);
}

/** The way back of {@link labels}; what is text already (from a command of our own) stays. */
export function array(value: readonly string[] | string): string {
	return typeof value === 'string' ? value : `{${value.map((label) => JSON.stringify(label)).join(',')}}`;
}

/** Teaches a driver the types of a migrated database. */
export async function speakPostgrest(sql: Sql, { parsers, serializers }: Values): Promise<void> {
	const enums = await sql.rows<{ oid: number }>(
		`select typarray::int as oid from pg_catalog.pg_type where typtype = 'e' and typarray <> 0`
	);
	for (const { oid } of enums) {
		parsers[oid] = labels;
		serializers[oid] = array;
	}
	// @supabase/lite has made text of it already; a driver that does so again would store a quoted string.
	for (const oid of JSON_TYPES)
		serializers[oid] = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
	parsers[NUMERIC] = Number;
	parsers[TIMESTAMPTZ] = instant;
}
