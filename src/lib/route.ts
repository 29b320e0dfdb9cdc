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
	/** The running day of one gathering. */
	organizeDayOf: (gathering: string) => `/organize/day/${gathering}`,
	organizeLabourDay: (day: string) => `/organize/days/${day}`,
	organizeGathering: (gathering: string) => `/organize/gatherings/${gathering}`,
	organizeGatheringAdd: (gathering: string) => `/organize/gatherings/${gathering}/add`,
	organizeGatheringTell: (gathering: string) => `/organize/gatherings/${gathering}/tell`,
	organizeBoardOf: (gathering: string) => `/organize/board/${gathering}`,
	organizeBoardTasks: (gathering: string) => `/organize/board/${gathering}/tasks`,
	organizeBoardPrint: (gathering: string) => `/organize/board/${gathering}/print`,
	organizeCampaign: () => '/organize/campaign',
	organizeResults: () => '/organize/results'
} as const;
