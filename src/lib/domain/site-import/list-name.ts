const COPY = /(\s*[(（]\d{1,3}[)）]|\s+-\s+(副本|copy)|\s+copy)+$/i;

/** What a list is called after its file. One fetched again ("drains (1).csv", "排水 - 副本.csv") is the same list. */
export function listName(file: string): string {
	const name = file.replace(/\.[^.]*$/, '');
	return (name.replace(COPY, '').trim() || name).slice(0, 60);
}
