/** Names of areas in the reader's language. */
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import type { Language } from './prefs';

interface Named {
	name: string;
	name_en?: string | null;
}

/** 老城街道 | Laocheng Street; the Chinese name where no English one is known. */
export const areaName = ({ name, name_en }: Named, language: Language = getLocale()): string =>
	(language === 'en' && name_en) || name;

/** 老城街道 · 府后山社区: with the street that the community lies in. */
export function areaPath(
	area: Named & { parent?: string | null; parent_en?: string | null },
	language: Language = getLocale()
): string {
	const own = areaName(area, language);
	if (!area.parent) return own;
	return areaName({ name: area.parent, name_en: area.parent_en }, language) + m.common_separator() + own;
}
