/** A phone's word on what it still holds, as the service worker says it: without the client library. */
import { callRpc, type Connection } from './rpc';

export interface PhoneWord {
	device: string;
	records: number;
	photos: number;
	/** The instant by the server's clock: the latest word stands. */
	at: string;
}

export const phoneWord = (gathering: string, { device, records, photos, at }: PhoneWord) => ({
	p_gathering: gathering,
	p_device: device,
	p_records: records,
	p_photos: photos,
	p_at: at
});

/** @throws DataError not_yours, gone */
export const reportPhoneQuietly = (to: Connection, gathering: string, word: PhoneWord) =>
	callRpc<null>(to, 'report_phone', phoneWord(gathering, word));
