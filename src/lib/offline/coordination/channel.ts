/** What tabs and the service worker tell each other about the queues: something changed, or was let go. */
export type QueueName = 'outbox' | 'photos';

export interface News {
	queue: QueueName;
	/** Rows that a person let go: only these may vanish without the server's word. */
	dropped?: readonly string[];
}

export class Channel {
	#channel: BroadcastChannel | undefined;
	#heard = new Set<(news: News) => void>();

	constructor(name = 'last-friday-queues') {
		if (typeof BroadcastChannel === 'undefined') return;
		this.#channel = new BroadcastChannel(name);
		this.#channel.onmessage = ({ data }) => {
			for (const call of this.#heard) call(data as News);
		};
	}

	tell(news: News): void {
		this.#channel?.postMessage(news);
	}

	/** Calls back for news of other tabs; the answer stops that. */
	listen(call: (news: News) => void): () => void {
		this.#heard.add(call);
		return () => this.#heard.delete(call);
	}

	/** Sending that was under way goes on without telling anybody. */
	close(): void {
		this.#channel?.close();
		this.#channel = undefined;
	}
}
