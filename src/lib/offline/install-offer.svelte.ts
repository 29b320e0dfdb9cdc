import { createContext } from 'svelte';

/** The browser's own install dialog, as Chrome hands it out. */
interface InstallEvent extends Event {
	prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

export type InstallWay = 'none' | 'button' | 'ios' | 'wechat';

/** How this browser could put the app on the home screen. */
export function installWay(agent: string, standalone: boolean, offered: boolean): InstallWay {
	if (standalone) return 'none';
	if (/MicroMessenger/i.test(agent)) return 'wechat';
	if (offered) return 'button';
	return /iPhone|iPad/.test(agent) && /Safari/.test(agent) ? 'ios' : 'none';
}

/** Holds the browser's offer to install until the person is asked on a page where it makes sense. */
export class InstallOffer {
	#event = $state.raw<InstallEvent>();

	get open(): boolean {
		return this.#event !== undefined;
	}

	/** For `onbeforeinstallprompt`: no banner by the browser, the offer is made by InstallHint. */
	hold = (event: Event): void => {
		event.preventDefault();
		this.#event = event as InstallEvent;
	};

	/** Opens the browser's dialog; an offer can be used once. */
	async accept(): Promise<void> {
		await this.#event?.prompt();
		this.#event = undefined;
	}
}

export const [getInstallOffer, setInstallOffer] = createContext<InstallOffer>();
