/** Hands a text, or something ready made, to the person as a file. */
export function saveFile(name: string, content: string | Blob, type: string): void {
	const blob = typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
	const url = URL.createObjectURL(blob);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// Not at once: some browsers begin to read only after the click has been handled.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Hands a file to another app, where the phone can; else saves it. */
export async function shareOrSave(name: string, content: Blob): Promise<void> {
	const files = [new File([content], name, { type: content.type })];
	if (navigator.canShare?.({ files })) await navigator.share({ files }).catch(() => {});
	else saveFile(name, content, content.type);
}
