/** The pictures that chats show of a link: drawn here, kept for a while, the same for everybody. */
import sharp from 'sharp';
import type { DayPage, Gathering } from '$lib/data/days';
import type { Language } from '$lib/i18n/prefs';
import { posterWords } from '$lib/i18n/share-words';
import { linkPreview } from '$lib/sharing/poster';
import { PageCache } from '../page-cache';
import { scriptHere, type Script } from './fonts';

const MINUTE = 60_000;
/** A day rarely changes, and drawing costs more than sending: a crowd of robots must not keep the server busy. */
const pictures = new PageCache({
	fresh: 5 * MINUTE,
	stale: 5 * MINUTE,
	maxPages: 100,
	maxBytes: 16 * 1024 * 1024
});

let script: Promise<Script> | undefined;

interface Subject {
	page: Pick<DayPage, 'district' | 'gatherings'> & { day: NonNullable<DayPage['day']> };
	gathering?: Gathering | undefined;
}

/**
 * The preview as an answer. `load` is asked only when the picture must be drawn. Without Chinese fonts on this machine it
 * speaks English whatever was asked; without any, it is the app's icon.
 */
export function previewResponse(
	key: string,
	language: Language,
	icon: string,
	load: () => Promise<Subject>
): Promise<Response> {
	return pictures.get(`${language} ${key}`, 'identity', async () => {
		script ??= scriptHere();
		const drawn = await script;
		const { page, gathering } = await load();
		if (drawn === 'none') return new Response(null, { status: 302, headers: { location: icon } });
		const words = posterWords(page, gathering, '', drawn === 'chinese' ? language : 'en');
		const png = await sharp(Buffer.from(linkPreview(drawn === 'chinese' ? words : readable(words, page))))
			.png({ palette: true })
			.toBuffer();
		return new Response(new Uint8Array(png), {
			headers: {
				'content-type': 'image/png',
				'cache-control': 'public, max-age=600',
				// Another site shows it beside its link.
				'cross-origin-resource-policy': 'cross-origin'
			}
		});
	});
}

/** Without Chinese names, of which only boxes would be seen. */
function readable(words: ReturnType<typeof posterWords>, { district }: Subject['page']): typeof words {
	const latin = /^[\u0020-\u024F\u2000-\u206F]*$/;
	const name = district.name_en && latin.test(district.name_en) ? district.name_en : 'Last Friday';
	return { ...words, district: name, places: [] };
}
