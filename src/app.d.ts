declare global {
	namespace App {
		interface Error {
			message: string;
			/** Names the failure in the server's log. */
			id?: string;
		}
	}
}
export {};
