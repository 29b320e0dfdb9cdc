import type { Area } from '$lib/data/areas';
import type { Clash } from '$lib/data/opened.svelte';
import type { SiteFields } from '$lib/data/sites';
import { hasLength, KIND_DEFAULTS, type Hazard, type Kind, type Point } from '$lib/domain/sites';
import { areaName } from '$lib/i18n/area-words';
import { hazardName, kindName } from '$lib/i18n/site-words';
import { m } from '$lib/paraglide/messages';

/** The form as typed: texts where a person types, so that nothing typed is ever lost. */
export interface SiteForm {
	name: string;
	kind: Kind;
	areaId: string;
	address: string;
	lng: string;
	lat: string;
	path: Point[];
	length: string;
	crewMin: number;
	crewMax: number;
	minutes: number;
	interval: string;
	hazards: string[];
	tools: string;
	note: string;
	unit: string;
	inJurisdiction: boolean;
}

export type SiteFormErrors = Partial<
	Record<'name' | 'area' | 'place' | 'length' | 'crew' | 'interval', string>
>;

/** An empty form for a kind, with what sites of that kind start with. */
export function emptyForm(kind: Kind, areaId: string): SiteForm {
	return {
		name: '',
		kind,
		areaId,
		address: '',
		lng: '',
		lat: '',
		path: [],
		length: '',
		note: '',
		unit: '',
		tools: '',
		inJurisdiction: true,
		...startOf(kind)
	};
}

/** What a form takes over when its kind is chosen. */
export function startOf(
	kind: Kind
): Pick<SiteForm, 'crewMin' | 'crewMax' | 'minutes' | 'interval' | 'hazards'> {
	const { crewMin, crewMax, minutes, intervalDays, hazards } = KIND_DEFAULTS[kind];
	return { crewMin, crewMax, minutes, interval: String(intervalDays), hazards: [...hazards] };
}

/** A site as the form shows it. */
export function formOf(site: SiteFields): SiteForm {
	return {
		name: site.name,
		kind: site.kind,
		areaId: site.area_id,
		address: site.address,
		lng: site.lng?.toString() ?? '',
		lat: site.lat?.toString() ?? '',
		path: (site.path ?? []).map(([lng, lat]) => ({ lng, lat })),
		length: site.length_m?.toString() ?? '',
		crewMin: site.crew_min,
		crewMax: site.crew_max,
		minutes: site.minutes,
		interval: site.interval_days?.toString() ?? '',
		hazards: [...site.hazards],
		tools: site.tools,
		note: site.note,
		unit: site.responsible_unit,
		inJurisdiction: site.in_jurisdiction
	};
}

/** A number as a person types it, full-width digits too; `null` for nothing, NaN for what is none. */
function numberIn(text: string): number | null {
	const plain = text.normalize('NFKC').trim();
	return plain === '' ? null : Number(plain);
}

const within = (value: number | null, least: number, most: number) =>
	value === null || (value >= least && value <= most);

/** Where the form says the site is; `undefined` when that is no place. */
export function placeOf({ lng, lat }: Pick<SiteForm, 'lng' | 'lat'>): Point | null | undefined {
	const [x, y] = [numberIn(lng), numberIn(lat)];
	if (x === null && y === null) return null;
	return x !== null && y !== null && Math.abs(x) <= 180 && Math.abs(y) <= 90 ? { lng: x, lat: y } : undefined;
}

/** The fields to store, or what has to be put right, in words. */
export function fieldsOf(form: SiteForm): { fields: SiteFields } | { errors: SiteFormErrors } {
	const errors: SiteFormErrors = {};
	const name = form.name.trim();
	const place = placeOf(form);
	const length = hasLength(form.kind) ? numberIn(form.length) : null;
	const interval = numberIn(form.interval);
	if (name === '' || name.length > 80) errors.name = m.sites_bad_name();
	if (form.areaId === '') errors.area = m.sites_bad_area();
	if (place === undefined) errors.place = m.sites_bad_place();
	if (!within(length, 0.1, 100_000)) errors.length = m.sites_bad_length();
	if (form.crewMax < form.crewMin) errors.crew = m.sites_bad_crew();
	if (!within(interval, 1, 3650) || (interval !== null && !Number.isInteger(interval)))
		errors.interval = m.sites_bad_interval();
	if (Object.keys(errors).length > 0) return { errors };
	return {
		fields: {
			name,
			kind: form.kind,
			area_id: form.areaId,
			address: form.address.trim(),
			lng: place?.lng ?? null,
			lat: place?.lat ?? null,
			path: hasLength(form.kind) && form.path.length > 1 ? form.path.map(({ lng, lat }) => [lng, lat]) : null,
			length_m: length === null ? null : Math.round(length * 10) / 10,
			crew_min: form.crewMin,
			crew_max: form.crewMax,
			minutes: form.minutes,
			interval_days: interval,
			hazards: form.hazards as Hazard[],
			tools: form.tools.trim(),
			note: form.note.trim(),
			responsible_unit: form.unit.trim(),
			in_jurisdiction: form.inJurisdiction
		}
	};
}

type Told = Exclude<keyof SiteFields, 'lng' | 'lat' | 'path'>;

const LABELS: Readonly<Record<Told, () => string>> = {
	name: m.sites_form_name,
	kind: m.sites_form_kind,
	area_id: m.sites_form_area,
	address: m.sites_form_address,
	length_m: m.sites_form_length,
	crew_min: m.sites_form_crew_min,
	crew_max: m.sites_form_crew_max,
	minutes: m.sites_form_minutes,
	interval_days: m.sites_form_interval,
	hazards: m.sites_form_hazards,
	tools: m.sites_form_tools,
	note: m.sites_form_note,
	responsible_unit: m.sites_form_unit,
	in_jurisdiction: m.sites_form_in
};

function told(fields: SiteFields, key: Told, areas: readonly Area[]): string {
	if (key === 'kind') return kindName(fields.kind);
	if (key === 'hazards') return fields.hazards.map(hazardName).join(m.sites_tools_separator());
	if (key === 'in_jurisdiction') return fields.in_jurisdiction ? m.changed_yes() : m.changed_no();
	if (key === 'area_id') {
		const area = areas.find(({ id }) => id === fields.area_id);
		return area ? areaName(area) : '';
	}
	return String(fields[key] ?? '');
}

/** What two people wrote into the same fields, in words; a place on the map is one thing, and so is a measured length. */
export function clashRows({ keys, theirs, mine }: Clash<SiteFields>, areas: readonly Area[]) {
	const place = ({ lng, lat }: SiteFields) => (lng === null || lat === null ? '' : `${lng}, ${lat}`);
	const shown = new Set(keys.map((key) => (key === 'path' ? 'length_m' : key === 'lat' ? 'lng' : key)));
	return [...shown].map((key) =>
		key === 'lng'
			? {
					label: `${m.sites_form_lng()}, ${m.sites_form_lat()}`,
					theirs: place(theirs),
					mine: place(mine)
				}
			: { label: LABELS[key](), theirs: told(theirs, key, areas), mine: told(mine, key, areas) }
	);
}
