/** Hands a text to the person as a file. */
export function saveFile(name: string, text: string, type: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// Not at once: some browsers begin to read only after the click has been handled.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
