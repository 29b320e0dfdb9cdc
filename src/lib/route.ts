/** The addresses of the product's pages, so that no link is typed twice. */
export const Route = {
	home: () => '/',
	sites: () => '/sites',
	results: () => '/results',
	about: () => '/about',
	me: () => '/me',
	lead: () => '/lead',
	organize: () => '/organize',
	organizePeople: () => '/organize/people',
	organizeSites: () => '/organize/sites',
	organizeBoard: () => '/organize/board',
	organizeDay: () => '/organize/day',
	organizeResults: () => '/organize/results'
} as const;
