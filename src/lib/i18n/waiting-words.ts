import { m } from '$lib/paraglide/messages';

/** '12 条记录、5 张照片待传': what a phone has still to send. */
export function waitingWords(records: number, photos: number): string {
	if (records > 0 && photos > 0) return m.roster_sync_both({ records, photos });
	return records > 0 ? m.roster_sync_waiting({ count: records }) : m.roster_sync_photos({ count: photos });
}

/** '2 条没收下，请看': what the server did not take. */
export function refusedWords(records: number, photos: number): string {
	if (records > 0 && photos > 0) return m.roster_sync_refused_both({ records, photos });
	return records > 0
		? m.roster_sync_refused({ count: records })
		: m.roster_sync_refused_photos({ count: photos });
}

/** '另有别人记的 1 条，等本人登录再传': what somebody else left on a phone that several people use; never whose. */
export function othersWords(records: number, photos: number): string {
	if (records > 0 && photos > 0) return m.roster_sync_others_both({ records, photos });
	return records > 0
		? m.roster_sync_others({ count: records })
		: m.roster_sync_others_photos({ count: photos });
}
