import ImportWorker from './import.worker?worker';
import {
	ImportProblem,
	MOST_MEGABYTES,
	type AnswerMessage,
	type Opened,
	type RequestName,
	type Requests
} from './protocol';

interface Waiting {
	resolve: (answer: never) => void;
	reject: (cause: unknown) => void;
}

/** The page's side of the worker: asks, and hands each answer to who asked. */
export class Reader {
	readonly #worker = new ImportWorker();
	readonly #waiting = new Map<number, Waiting>();
	#next = 1;

	constructor() {
		this.#worker.onmessage = ({ data }: MessageEvent<AnswerMessage>) => {
			const waiting = this.#waiting.get(data.id);
			this.#waiting.delete(data.id);
			if ('problem' in data) waiting?.reject(new ImportProblem(data.problem));
			else waiting?.resolve(data.answer as never);
		};
		this.#worker.onerror = () => {
			for (const { reject } of this.#waiting.values()) reject(new ImportProblem('unreadable'));
			this.#waiting.clear();
		};
	}

	/** @throws ImportProblem */
	async open(file: File): Promise<Opened> {
		if (file.size > MOST_MEGABYTES * 1024 * 1024) throw new ImportProblem('too_large');
		const bytes = await file.arrayBuffer().catch(() => {
			throw new ImportProblem('unreadable');
		});
		return this.ask('open', { name: file.name, bytes }, [bytes]);
	}

	ask<N extends RequestName>(
		name: N,
		ask: Requests[N]['ask'],
		transfer: Transferable[] = []
	): Promise<Requests[N]['answer']> {
		return new Promise((resolve, reject) => {
			const id = this.#next++;
			this.#waiting.set(id, { resolve, reject });
			this.#worker.postMessage({ id, name, ask }, transfer);
		});
	}

	close(): void {
		this.#worker.terminate();
	}
}
