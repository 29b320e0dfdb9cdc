import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { connection } from '$lib/data/client';
import type { Bounds } from '$lib/data/sites';
import { fromWgs84, toWgs84, type Datum } from '$lib/domain/site-import/datum';
import type { Point } from '$lib/domain/sites';

/** A site on the map. */
export interface Dot extends Point {
	id: string;
	/** What the colour says: needs people, is fine, or is not ours. */
	tone: 'need' | 'ok' | 'muted';
}

export interface MapWords {
	zoomIn: string;
	zoomOut: string;
}

const TONES: Readonly<Record<Dot['tone'], string>> = { need: '--amber', ok: '--green', muted: '--edge' };

/**
 * A Leaflet map that speaks WGS-84 and nothing else: what it is given and what it answers is converted to and from the
 * datum of its tiles. Without tiles it draws the same dots on the page's plain ground.
 */
export class LeafletMap {
	/** Whether tiles are configured. */
	readonly hasTiles: boolean;
	readonly #map: L.Map;
	readonly #datum: Datum;
	readonly #dots: L.LayerGroup;
	readonly #drawing: L.LayerGroup;

	/** Makes a map in an element of the page. */
	static async in(element: HTMLElement, words: MapWords, ontilesfail: () => void): Promise<LeafletMap> {
		const { tiles = null } = await connection().catch(() => ({ tiles: null }));
		return new LeafletMap(element, words, tiles, ontilesfail);
	}

	private constructor(
		element: HTMLElement,
		words: MapWords,
		tiles: Awaited<ReturnType<typeof connection>>['tiles'],
		ontilesfail: () => void
	) {
		this.hasTiles = Boolean(tiles);
		this.#datum = tiles?.datum ?? 'wgs84';
		this.#map = L.map(element, {
			preferCanvas: true,
			zoomControl: false,
			attributionControl: Boolean(tiles)
		});
		L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(this.#map);
		L.control.scale({ imperial: false }).addTo(this.#map);
		if (tiles)
			L.tileLayer(tiles.url, { maxZoom: 19, attribution: tiles.attribution })
				.once('tileerror', ontilesfail)
				.addTo(this.#map);
		this.#map.attributionControl?.setPrefix(false);
		this.#dots = L.layerGroup().addTo(this.#map);
		this.#drawing = L.layerGroup().addTo(this.#map);
		this.#map.setView([27.7, 106.92], 12);
	}

	destroy(): void {
		this.#map.remove();
	}

	/** Moves so that all of `bounds` can be seen. */
	fit({ west, south, east, north }: Bounds): void {
		const corners = L.latLngBounds(
			this.#there({ lng: west, lat: south }),
			this.#there({ lng: east, lat: north })
		);
		this.#map.fitBounds(corners, { padding: [24, 24], maxZoom: 16, animate: false });
	}

	/** Moves to a point, as near as one needs to tell houses apart. */
	look({ lng, lat }: Point, zoom = 17): void {
		this.#map.setView(this.#there({ lng, lat }), zoom, { animate: false });
	}

	/** What can be seen, a little more than that at the edges. */
	get bounds(): Bounds {
		const seen = this.#map.getBounds().pad(0.1);
		const low = this.#here(seen.getSouthWest());
		const high = this.#here(seen.getNorthEast());
		return { west: low.lng, south: low.lat, east: high.lng, north: high.lat };
	}

	onmove(run: () => void): void {
		this.#map.on('moveend', run);
	}

	onclick(run: (point: Point) => void): void {
		this.#map.on('click', ({ latlng }) => run(this.#here(latlng)));
	}

	/** Shows these sites instead of the former ones. */
	showDots(dots: readonly Dot[], chosen: string | null, onchoose: (id: string) => void): void {
		this.#dots.clearLayers();
		const last = dots.filter(({ id }) => id === chosen);
		for (const dot of [...dots.filter(({ id }) => id !== chosen), ...last]) {
			L.circleMarker(this.#there(dot), {
				radius: dot.id === chosen ? 12 : 8,
				weight: 2,
				color: this.#colour('--card'),
				fillColor: this.#colour(TONES[dot.tone]),
				fillOpacity: 0.95
			})
				.on('click', (event) => {
					L.DomEvent.stopPropagation(event);
					onchoose(dot.id);
				})
				.addTo(this.#dots);
		}
	}

	/** Shows a line with its corners, or a single point, instead of the former one. */
	showLine(points: readonly Point[]): void {
		this.#drawing.clearLayers();
		const corners = points.map((point) => this.#there(point));
		const color = this.#colour('--green');
		L.polyline(corners, { color, weight: 5 }).addTo(this.#drawing);
		for (const corner of corners)
			L.circleMarker(corner, {
				radius: 8,
				weight: 3,
				color: this.#colour('--card'),
				fillColor: color,
				fillOpacity: 1
			}).addTo(this.#drawing);
	}

	#colour(token: string): string {
		return getComputedStyle(this.#map.getContainer()).getPropertyValue(token).trim();
	}
	#there(point: Point): L.LatLng {
		const { lng, lat } = fromWgs84(point, this.#datum);
		return L.latLng(lat, lng);
	}
	#here({ lng, lat }: L.LatLng): Point {
		return toWgs84({ lng: L.Util.wrapNum(lng, [-180, 180]), lat }, this.#datum);
	}
}
