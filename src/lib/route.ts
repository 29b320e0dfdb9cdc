/** A path with those parameters that have a value. */
function withQuery(path: string, values: Record<string, string | number | undefined>): string {
	const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
	return given.length
		? `${path}?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`
		: path;
}

/** The addresses of the product's pages, so that no link is typed twice. */
export const Route = {
	home: () => '/',
	days: () => '/days',
	day: (id: string) => `/days/${id}`,
	/** Posters and cards of a day, or of one gathering on it. */
	share: (day: string, gathering?: string) => withQuery(`/days/${day}/share`, { gathering }),
	/** What chats show of a link to a day or a gathering. */
	dayPreview: (id: string, lang: string) => withQuery(`/days/${id}/preview.png`, { lang }),
	gatheringPreview: (id: string, lang: string) => withQuery(`/gatherings/${id}/preview.png`, { lang }),
	gathering: (id: string) => `/gatherings/${id}`,
	gatheringEvent: (id: string) => `/gatherings/${id}/calendar.ics`,
	signup: (gatheringId: string) => `/gatherings/${gatheringId}/signup`,
	/** What this phone signed up for. */
	bookings: () => '/s',
	/** The page behind a guest's secret link. */
	booking: (token: string) => `/s/${token}`,
	/** The same with the code of the venue that was scanned. */
	bookingWith: (token: string, code: string) => withQuery(`/s/${token}`, { code }),
	meWith: (code: string) => withQuery('/me', { code }),
	/** Where the QR shown at the venue leads: to one's own page, with the code. */
	venue: (gathering: string, code: string) => `/v/${gathering}/${code}`,
	areas: () => '/areas.json',
	calendarFeed: () => '/calendar.ics',
	areaCalendarFeed: (area: string) => `/areas/${area}/calendar.ics`,
	sites: () => '/sites',
	sitesMap: () => '/sites/map',
	/** `from`: the part of its history that begins with this many newer days left out. */
	site: (id: string, from = 0) => withQuery(`/sites/${id}`, { from: from || undefined }),
	/** Public sums; `year`: a number or 'all'. */
	results: (
		at: { year?: number | 'all' | undefined; day?: string | undefined; area?: string | undefined } = {}
	) => withQuery('/results', at),
	/** A photo by its hash; small: 400 pixels wide. */
	photo: (sha256: string, size?: 'small') => withQuery(`/photos/${sha256}`, { w: size && 400 }),
	photoUpload: ({ id, task, kind, taken_at }: Record<'id' | 'task' | 'kind' | 'taken_at', string>) =>
		withQuery('/photos', { id, task, kind, taken_at }),
	/** Open data: the page that explains them, or one of its files. */
	openData: (file?: 'days.csv' | 'days.json' | 'areas.csv' | 'areas.json' | 'sites.geojson') =>
		file ? `/open-data/${file}` : '/open-data',
	resultTask: (task: string) => `/results/tasks/${task}`,
	about: () => '/about',
	signIn: (next?: string, { ended = false } = {}) => {
		const to = withNext('/sign-in', next);
		return ended ? `${to}${to.includes('?') ? '&' : '?'}ended` : to;
	},
	signUp: (next?: string) => withNext('/sign-up', next),
	enrol: () => '/enrol',
	invite: () => '/invite',
	setup: () => '/setup',
	/** Where the app on the home screen begins. */
	start: () => '/start',
	me: () => '/me',
	meStart: (next?: string) => withNext('/me/start', next),
	meProfile: () => '/me/profile',
	meSignup: (id: string) => `/me/signups/${id}`,
	meHours: () => '/me/hours',
	meCertificate: (number: string) => `/me/certificates/${number}`,
	/** Where a stranger checks a certificate. */
	verify: (number?: string) => (number ? `/verify/${number}` : '/verify'),
	lead: () => '/lead',
	/** The gatherings for which a leader may sign others up, and the form of one. */
	leadAdd: () => '/lead/add',
	leadAddTo: (gathering: string) => `/lead/add/${gathering}`,
	/** The roster of one crew. */
	leadCrew: (task: string) => `/lead/${task}`,
	/** What a crew got done; leadTask: of campaign work. */
	leadResults: (task: string) => `/lead/${task}/results`,
	leadTask: (task: string) => `/lead/tasks/${task}`,
	organize: () => '/organize',
	organizePeople: () => '/organize/people',
	organizePerson: (id: string) => `/organize/people/${id}`,
	/** A certificate that an organizer made for somebody. */
	organizeCertificate: (person: string, number: string) =>
		`/organize/people/${person}/certificates/${number}`,
	organizeInvitations: () => '/organize/people/invitations',
	organizeHours: () => '/organize/people/hours',
	organizeAreas: () => '/organize/areas',
	organizeArea: (id: string) => `/organize/areas/${id}`,
	organizeSites: () => '/organize/sites',
	organizeSite: (id: string) => `/organize/sites/${id}`,
	organizeSiteNew: () => '/organize/sites/new',
	organizeSiteEdit: (id: string) => `/organize/sites/${id}/edit`,
	organizeSiteImport: () => '/organize/sites/import',
	organizeBoard: () => '/organize/board',
	organizeDay: () => '/organize/day',
	/** The day of one gathering; `crew`: a task's parties, or 'none': those in no crew; `back`: the number one comes from. */
	organizeDayOf: (gathering: string, at: { crew?: string | undefined; back?: string | undefined } = {}) =>
		withQuery(`/organize/day/${gathering}`, at),
	organizeDayCrews: (gathering: string) => `/organize/day/${gathering}/crews`,
	organizeDayClose: (gathering: string) => `/organize/day/${gathering}/close`,
	/** Filled paper rosters, keyed in. */
	organizeDayKeyIn: (gathering: string) => `/organize/day/${gathering}/paper`,
	organizeLabourDay: (day: string) => `/organize/days/${day}`,
	organizeGathering: (gathering: string) => `/organize/gatherings/${gathering}`,
	organizeGatheringAdd: (gathering: string) => `/organize/gatherings/${gathering}/add`,
	organizeGatheringTell: (gathering: string) => `/organize/gatherings/${gathering}/tell`,
	/** All gatherings of a day planned at once. */
	organizeBoardAll: (day: string) => withQuery('/organize/board/all', { day }),
	organizeBoardOf: (gathering: string) => `/organize/board/${gathering}`,
	organizeBoardTasks: (gathering: string) => `/organize/board/${gathering}/tasks`,
	organizeBoardPrint: (gathering: string) => `/organize/board/${gathering}/print`,
	organizeCampaign: () => '/organize/campaign',
	organizeResults: (
		at: { year?: number | 'all' | undefined; day?: string | undefined; area?: string | undefined } = {}
	) => withQuery('/organize/results', at),
	/** Year, month ('2026-10') or day of an area in words. */
	organizeSummary: (
		at: {
			area?: string | undefined;
			year?: number | undefined;
			month?: string | undefined;
			day?: string | undefined;
			lang?: string | undefined;
		} = {}
	) => withQuery('/organize/results/summary', at),
	/** A year, or the dates that a summary is about. */
	organizeCharts: (
		at: {
			area?: string | undefined;
			year?: number | undefined;
			from?: string | undefined;
			to?: string | undefined;
		} = {}
	) => withQuery('/organize/results/charts', at),
	/** A labour day as it runs. */
	organizeLive: (at: { area?: string | undefined; day?: string | undefined } = {}) =>
		withQuery('/organize/results/live', at),
	/** What one figure is the sum of; `labour`: '1' only on labour days, '0' only on others. */
	organizeRecords: (at: {
		area: string;
		from: string;
		to: string;
		figure: string;
		labour?: '0' | '1' | undefined;
		/** Of the area alone. */
		alone?: '1' | undefined;
		/** Of sites of this kind. */
		sites?: string | undefined;
		/** The summary or the charts one comes from. */
		back?: string | undefined;
	}) => withQuery('/organize/results/records', at),
	organizeExport: (at: { area?: string | undefined } = {}) => withQuery('/organize/results/export', at),
	/** `back`: the number one comes from. */
	organizeResultTask: (task: string, back?: string) => withQuery(`/organize/results/tasks/${task}`, { back })
} as const;

/** The page about numbers that one came from to see what they are made of, as its address says. */
export function numberBehind(url: URL): string | undefined {
	const from = url.searchParams.get('back') ?? '';
	return /^\/organize\/results(?=[/?]|$)/.test(from) ? from : undefined;
}

/** A page that leads on to `next` (a path on this site) when it is done. */
function withNext(path: string, next?: string): string {
	return next && next !== '/' ? `${path}?${new URLSearchParams({ next })}` : path;
}
