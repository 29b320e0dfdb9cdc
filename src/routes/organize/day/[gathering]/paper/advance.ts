/**
 * Keys of a form that is filled by the keyboard alone: Enter goes to the next field and, on the last, sends; + sends from
 * anywhere. Returns what to do, having moved the focus.
 */
export function advance(event: KeyboardEvent & { currentTarget: HTMLFormElement }): 'send' | 'moved' | null {
	const { key, currentTarget, target } = event;
	if (key === '+' && target instanceof HTMLInputElement && target.inputMode !== 'text') {
		event.preventDefault();
		return 'send';
	}
	if (key !== 'Enter' || !(target instanceof HTMLElement) || target.closest('button')) return null;
	event.preventDefault();
	const fields = [...currentTarget.querySelectorAll<HTMLElement>('input, select')];
	const next = fields[fields.indexOf(target) + 1];
	if (!next) return 'send';
	next.focus();
	if (next instanceof HTMLInputElement) next.select();
	return 'moved';
}
