import type { Area } from '$lib/data/areas';
import type { SiteFilter } from '$lib/data/sites';
import { areaIds } from './area-options';
import { KINDS, type Kind } from '$lib/domain/sites';

/** What the address says is wanted; '' and false mean any. */
export interface Wanted {
	area: string;
	kind: Kind | '';
	needs: boolean;
	search: string;
	view: 'list' | 'map';
}

/** Reads the wishes from an address. */
export function wantedOf(params: URLSearchParams): Wanted {
	return {
		area: params.get('area') ?? '',
		kind: KINDS.find((kind) => kind === params.get('kind')) ?? '',
		needs: params.has('needs'),
		search: params.get('q') ?? '',
		view: params.get('view') === 'map' ? 'map' : 'list'
	};
}

/** The address of the wishes; what is not wished for is left out. */
export function queryOf({ area, kind, needs, search, view }: Wanted): string {
	const params = new URLSearchParams();
	if (area) params.set('area', area);
	if (kind) params.set('kind', kind);
	if (needs) params.set('needs', '');
	if (search) params.set('q', search);
	if (view === 'map') params.set('view', 'map');
	return params.size > 0 ? `?${params}` : '';
}

/** Whether anything narrows the list. */
export const isFiltered = ({ area, kind, needs, search }: Wanted): boolean =>
	Boolean(area || kind || needs || search);

/** The wishes as the data wants them, within some areas: those one organizes, or the district. */
export function filterOf(wanted: Wanted, areas: readonly Area[], roots: readonly string[]): SiteFilter {
	return {
		areaIds: areaIds(areas, wanted.area ? [wanted.area] : roots),
		kind: wanted.kind || undefined,
		needsCleaning: wanted.needs,
		search: wanted.search
	};
}
