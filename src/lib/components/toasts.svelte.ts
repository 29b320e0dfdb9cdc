import { createContext } from 'svelte';

export interface Toast {
	id: number;
	text: string;
	tone: 'ok' | 'danger';
	/** One thing the reader may do about it, e.g. undo. */
	action?: { label: string; run: () => void };
}

/** Short messages about what was just done. One per page tree, delivered by context; ToastRegion shows them. */
export class Toasts {
	#items = $state.raw<Toast[]>([]);
	#next = 1;

	get items(): readonly Toast[] {
		return this.#items;
	}

	/** Shows a text; it goes by itself after `ms`, a failure or one with an action stays longer. */
	show(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> & { ms?: number } = {}): number {
		const { tone = 'ok', action, ms = tone === 'danger' || action ? 8000 : 4000 } = options;
		const id = this.#next++;
		this.#items = [...this.#items.slice(-2), { id, text, tone, action }];
		setTimeout(() => this.dismiss(id), ms);
		return id;
	}

	/** Shows a failure. */
	fail(text: string): number {
		return this.show(text, { tone: 'danger' });
	}

	dismiss(id: number): void {
		this.#items = this.#items.filter((toast) => toast.id !== id);
	}
}

export const [getToasts, setToasts] = createContext<Toasts>();
