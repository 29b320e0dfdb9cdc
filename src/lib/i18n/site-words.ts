/** Words for what sites are, may do to you, and need; one place, so that every page says the same. */
import { KIND_DEFAULTS, type Hazard, type Kind, type Tool } from '$lib/domain/sites';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import type { Language } from './prefs';

const KINDS: Readonly<Record<Kind, (inputs: object, options: { locale: Language }) => string>> = {
	drain: m.sites_kind_drain,
	dead_corner: m.sites_kind_dead_corner,
	adverts: m.sites_kind_adverts,
	roadside: m.sites_kind_roadside,
	market: m.sites_kind_market,
	toilet: m.sites_kind_toilet,
	river_bank: m.sites_kind_river_bank,
	other: m.sites_kind_other
};

const HAZARDS: Readonly<Record<Hazard, () => string>> = {
	deep_water: m.sites_hazard_deep_water,
	traffic: m.sites_hazard_traffic,
	heavy_lifting: m.sites_hazard_heavy_lifting
};

const TOOLS: Readonly<Record<Tool, () => string>> = {
	shovel: m.sites_tool_shovel,
	broom: m.sites_tool_broom,
	tongs: m.sites_tool_tongs,
	scraper: m.sites_tool_scraper,
	brush: m.sites_tool_brush,
	bucket: m.sites_tool_bucket,
	gloves: m.sites_tool_gloves,
	boots: m.sites_tool_boots,
	vest: m.sites_tool_vest,
	bags: m.sites_tool_bags
};

export const kindName = (kind: Kind, locale: Language = getLocale()): string => KINDS[kind]({}, { locale });

export const hazardName = (hazard: Hazard): string => HAZARDS[hazard]();

/** The tools a kind of site usually takes, as a sentence's part. */
export const usualTools = (kind: Kind): string =>
	KIND_DEFAULTS[kind].tools.map((tool) => TOOLS[tool]()).join(m.sites_tools_separator());

const toolName = (tool: string): string => (tool in TOOLS ? TOOLS[tool as Tool]() : tool);

/** What to bring to a site: as somebody wrote it (tools we know in the reader's language), else what its kind usually takes. */
export function toolsOf({ kind, tools }: { kind: Kind; tools: string }): string {
	const items = tools.split(/[、,，;；]/).map((tool) => tool.trim());
	const known = items.filter(Boolean).map(toolName);
	return known.length > 0 ? known.join(m.sites_tools_separator()) : usualTools(kind);
}
