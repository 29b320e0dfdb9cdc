/** The list of gatherings, filtered while one types and sorted by where one stands. */
import type { FindableArea } from '$lib/domain/gatherings/find';
import { byDistance, findGatherings, type Findable } from '$lib/domain/gatherings/find';
import { Route } from '$lib/route';

export interface Row extends Findable {
	element: HTMLElement;
	/** The street's own name, where the gathering is a street's; else empty. */
	street: string;
	/** Whether one can sign up there. */
	open: boolean;
}

const PAUSE = 150;
const LOCATE = { timeout: 10_000, maximumAge: 300_000 };

/** A row as the server wrote it: see GatheringRow.svelte. */
function readRow(mark: HTMLElement): Row {
	const { gathering = '', area = '', street = '', place = '', lng, lat } = mark.dataset;
	return {
		id: gathering,
		areaId: area,
		street,
		place,
		lng: lng ? Number(lng) : null,
		lat: lat ? Number(lat) : null,
		open: 'open' in mark.dataset,
		element: mark.closest('li')!
	};
}

/** Makes the list answer at once; returns its rows. */
export function enhanceFinder(finder: HTMLElement): Row[] {
	const find = <E extends HTMLElement>(name: string) => finder.querySelector<E>(`[data-${name}]`);
	const rows = [...finder.querySelectorAll<HTMLElement>('[data-gathering]')].map(readRow);
	const list = rows[0]?.element.parentElement;
	const input = finder.querySelector<HTMLInputElement>('input[type=search]');
	const [none, near, failed] = [find('none'), find<HTMLButtonElement>('near'), find('failed')];
	if (!list || !input || !none || !near || !failed) return rows;

	let areas: FindableArea[] | undefined;
	let here: { lng: number; lat: number } | undefined;

	/** Before the whole tree is here, and without a signal, a gathering's own words must do. */
	const ownWords = (): FindableArea[] =>
		rows.map(({ areaId: id, element }) => ({
			id,
			parent_id: '',
			code: null,
			name: element.querySelector('a')?.textContent ?? '',
			name_en: null
		}));

	function show() {
		const found = findGatherings(rows, areas ?? ownWords(), input!.value);
		none!.hidden = found.length > 0;
		const shown = found.length > 0 ? found : rows;
		const order = here ? byDistance(shown, here) : shown.map((gathering) => ({ gathering, metres: null }));
		for (const { element } of rows) element.hidden = true;
		for (const { gathering, metres } of order) {
			gathering.element.hidden = false;
			list!.append(gathering.element);
			tellDistance(gathering.element, metres);
		}
	}

	function tellDistance(element: HTMLElement, metres: number | null) {
		const told = element.querySelector<HTMLElement>('[data-far]');
		if (!told || metres === null) return;
		const kilometres = metres >= 1000;
		const number = kilometres ? metres / 1000 : Math.round(metres / 10) * 10;
		const text = new Intl.NumberFormat(document.documentElement.lang, {
			maximumFractionDigits: kilometres ? 1 : 0
		}).format(number);
		const words = kilometres ? finder.dataset.kilometres : finder.dataset.metres;
		told.textContent = (words ?? '').replace('{number}', text);
	}

	async function loadAreas() {
		if (areas) return;
		const response = await fetch(Route.areas()).catch(() => null);
		if (!response?.ok) return;
		areas = (await response.json()) as FindableArea[];
		if (input!.value) show();
	}

	let pause: ReturnType<typeof setTimeout> | undefined;
	input.addEventListener('focus', loadAreas, { once: true });
	input.addEventListener('input', () => {
		clearTimeout(pause);
		pause = setTimeout(show, PAUSE);
	});
	near.addEventListener('click', () => {
		near.setAttribute('aria-busy', 'true');
		failed.hidden = true;
		const done = () => near.removeAttribute('aria-busy');
		const fail = () => {
			done();
			failed.hidden = false;
		};
		// Browsers have it only where the page came by HTTPS.
		if (!('geolocation' in navigator)) return fail();
		navigator.geolocation.getCurrentPosition(
			({ coords }) => {
				here = { lng: coords.longitude, lat: coords.latitude };
				done();
				show();
			},
			fail,
			LOCATE
		);
	});
	return rows;
}
