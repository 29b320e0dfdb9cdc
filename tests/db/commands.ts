/** Every command and page of the API: arguments aimed at the first street of the fixture, and who may use them so. */
import { randomUUID } from 'node:crypto';
import { PERSONAS, type District, type Json, type Persona } from './district';

type Id = (subject: string) => Promise<string>;

export interface Command {
	given: (id: Id, district: District) => Promise<Json> | Json;
	may: readonly Persona[];
	/** For commands that answer row by row: whether this answer refuses. */
	refuses?: (answer: unknown) => boolean;
}

const everybody = PERSONAS;
const accounts = PERSONAS.filter((persona) => persona !== 'visitor');
const office: Persona[] = ['organizer', 'admin'];
const admins: Persona[] = ['admin'];
const crew: Persona[] = ['leader', ...office];

const token = 'a'.repeat(32);
const party = { headcount: 1 };
const record = (more: Json) => ({
	id: randomUUID(),
	device_id: randomUUID(),
	seq: 1,
	at: new Date().toISOString(),
	...more
});
const everyRow = (key: string) => (answer: unknown) =>
	Array.isArray(answer) && answer.length > 0 && answer.every((row: Json) => row[key] !== undefined);

export const COMMANDS: Record<string, Command> = {
	// Pages for everybody.
	read_invitation: { given: () => ({ p_token: 'invitation' }), may: everybody },
	read_day: { given: async (id) => ({ p_day: await id('day') }), may: everybody },
	read_calendar: { given: () => ({}), may: everybody },
	read_results: { given: () => ({ p_from: '2026-01-01', p_to: '2036-01-01' }), may: everybody },
	read_area_tasks: { given: () => ({ p_from: '2026-01-01', p_to: '2036-01-01' }), may: everybody },
	read_task: { given: async (id) => ({ p_task: await id('task') }), may: everybody },

	open_days: { given: () => ({ p_year: 2026 }), may: everybody },
	open_areas: { given: () => ({ p_year: 2026 }), may: everybody },

	// One's own.
	start_account: { given: () => ({ p_display_name: '王' }), may: accounts },
	set_my_phone: { given: () => ({ p_phone: '13711112222' }), may: accounts },
	set_preferences: { given: () => ({ p_language: 'en' }), may: accounts },
	my_self: { given: () => ({}), may: accounts },
	my_gatherings: { given: () => ({}), may: accounts },
	my_signups: { given: () => ({}), may: accounts },
	accept_invitation: { given: () => ({ p_token: 'invitation' }), may: accounts },
	sign_up: {
		given: async (id) => ({ p_id: randomUUID(), p_gathering: await id('later gathering'), p_party: party }),
		may: accounts
	},
	claim_signup: { given: () => ({ p_token: 'link of later guest' }), may: accounts },
	// To others it answers nothing and does nothing.
	mark_seen: {
		given: async (id) => ({
			p_signup: await id('signup of resident'),
			p_as_of: new Date().toISOString()
		}),
		may: ['resident'],
		refuses: () => true
	},
	change_signup: {
		given: async (id) => ({ p_signup: await id('signup of guest'), p_party: { headcount: 3 } }),
		may: office
	},
	cancel_signup: { given: async (id) => ({ p_signup: await id('signup of guest') }), may: office },

	// People and roles.
	change_person: {
		given: async (id) => ({ p_person: await id('guest'), p_fields: { phone: '13711112222' } }),
		may: office
	},
	change_area: {
		given: async (id) => ({ p_area: await id('own street'), p_fields: { responsible_person: '周师傅' } }),
		may: office
	},
	forget_person: { given: async (id) => ({ p_person: await id('guest') }), may: office },
	read_people: { given: async (id) => ({ p_query: '', p_area: await id('own street') }), may: office },
	read_person: { given: async (id) => ({ p_person: await id('guest') }), may: office },
	read_area_history: { given: async (id) => ({ p_area: await id('own street') }), may: office },
	invite: {
		given: async (id) => ({ p_area: await id('own street'), p_role: 'organizer', p_token: token }),
		may: office
	},
	set_role: {
		given: async (id) => ({
			p_person: await id('resident'),
			p_area: await id('own street'),
			p_role: 'organizer'
		}),
		may: office
	},
	issue_enrolment: {
		given: async (id) => ({ p_person: await id('spare person'), p_token: token }),
		may: office
	},
	add_person: {
		given: async (id) => ({ p_id: randomUUID(), p_name: '新人', p_area: await id('own street') }),
		may: office
	},
	add_areas: {
		given: () => ({ p_areas: [{ code: '520302009', level: 'street', name: '新街道' }] }),
		may: admins
	},

	// The calendar.
	move_labour_day: {
		given: async (id, { later }) => ({ p_day: await id('next day'), p_date: later, p_reason: '雨' }),
		may: admins
	},
	cancel_labour_day: { given: async (id) => ({ p_day: await id('day'), p_reason: '雨' }), may: admins },
	restore_labour_day: { given: async (id) => ({ p_day: await id('day') }), may: admins },
	save_gathering: {
		given: async (id) => ({
			p_id: await id('gathering'),
			p_day: await id('day'),
			p_area: await id('other street'),
			p_fields: { capacity: 1 }
		}),
		may: office
	},
	cancel_gathering: {
		given: async (id) => ({ p_gathering: await id('gathering'), p_reason: '雨' }),
		may: office
	},
	restore_gathering: { given: async (id) => ({ p_gathering: await id('gathering') }), may: office },
	close_gathering: { given: async (id) => ({ p_gathering: await id('gathering') }), may: office },

	// Sites.
	// Of lists in areas that one does not organize it says nothing.
	lists_with: { given: () => ({ p_ids: [7] }), may: accounts },
	begin_site_import: {
		given: async (id) => ({
			p_id: randomUUID(),
			p_area: await id('own street'),
			p_dataset: 'x',
			p_columns: []
		}),
		may: office
	},
	stage_site_rows: {
		given: async (id) => ({
			p_import: await id('import'),
			p_rows: [{ external_id: '9', name: '沟', kind: 'drain' }]
		}),
		may: ['organizer']
	},
	commit_site_import: { given: async (id) => ({ p_import: await id('import') }), may: ['organizer'] },
	cancel_site_import: { given: async (id) => ({ p_import: await id('import') }), may: ['organizer'] },

	// Planning.
	sign_up_for: {
		given: async (id) => ({
			p_gathering: await id('gathering'),
			p_parties: [{ id: randomUUID(), name: '赵', headcount: 1 }]
		}),
		may: crew
	},
	promote_signup: { given: async (id) => ({ p_signup: await id('signup of guest') }), may: office },
	add_tasks: {
		given: async (id) => ({ p_gathering: await id('gathering'), p_sites: [await id('spare site 2')] }),
		may: office
	},
	add_campaign_task: {
		given: async (id, { today }) => ({ p_id: randomUUID(), p_site: await id('site'), p_date: today }),
		may: office
	},
	remove_task: { given: async (id) => ({ p_task: await id('spare task') }), may: office },
	change_site: {
		given: async (id) => ({ p_site: await id('site'), p_fields: { note: '从桥头下去' } }),
		may: office
	},
	set_task_crew: { given: async (id) => ({ p_task: await id('task'), p_min: 1, p_max: 9 }), may: office },
	save_plan: {
		given: async (id) => ({
			p_gathering: await id('gathering'),
			p_changes: [{ signup_id: await id('signup of guest'), task_id: await id('task'), was: null }]
		}),
		may: office
	},
	publish_plan: { given: async (id) => ({ p_gathering: await id('gathering') }), may: office },
	read_planning: { given: async (id) => ({ p_day: await id('day') }), may: accounts },
	read_board: { given: async (id) => ({ p_gathering: await id('gathering') }), may: office },
	read_board_mark: { given: async (id) => ({ p_gathering: await id('gathering') }), may: office },
	read_call_list: { given: async (id) => ({ p_gathering: await id('gathering') }), may: office },
	closing_check: { given: async (id) => ({ p_gathering: await id('gathering') }), may: office },

	// The day.
	read_roster: { given: async (id) => ({ p_gathering: await id('gathering') }), may: crew },
	read_day_package: { given: async (id) => ({ p_gathering: await id('gathering') }), may: crew },
	read_task_records: { given: async (id) => ({ p_task: await id('task') }), may: crew },
	signup_by_code: {
		given: async (_, district) => ({
			p_gathering: await district.id('gathering'),
			p_code: (
				await district.row<{ checkin_code: string }>(
					'select checkin_code from private.signup_secrets where signup_id = $1',
					[await district.id('signup of resident')]
				)
			).checkin_code
		}),
		may: crew
	},
	record_attendance: {
		given: async (id) => ({ p_events: [record({ signup_id: await id('signup of resident'), heads: 2 })] }),
		may: crew,
		refuses: everyRow('code')
	},
	record_walk_in: {
		given: async (id) => ({
			p: record({
				gathering_id: await id('gathering'),
				task_id: await id('task'),
				name: '路人',
				headcount: 1,
				event_id: randomUUID()
			})
		}),
		may: crew
	},
	record_results: {
		given: async (id) => ({ p_entries: [record({ task_id: await id('task'), bags: 1 })] }),
		may: crew,
		refuses: everyRow('code')
	},
	// One's own party, with the code that the venue shows now.
	check_in_myself: {
		given: async (_, district) => ({
			p_signup: await district.id('signup of resident'),
			p_code: (
				await district.row<{ digits: string }>(
					`select c.digits from private.venue_secrets v, private.venue_code(v.secret, floor(extract(epoch from now()) / 30)::bigint) c
					 where v.gathering_id = $1`,
					[await district.id('gathering')]
				)
			).digits
		}),
		may: ['resident'],
		refuses: (answer) => (answer as Json).outcome === 'refused'
	},
	report_phone: {
		given: async (id) => ({
			p_gathering: await id('gathering'),
			p_device: await id('phone'),
			p_records: 2,
			p_photos: 0,
			p_at: new Date().toISOString()
		}),
		may: crew
	},
	accept_late: {
		given: async (id) => ({ p_gathering: await id('gathering'), p_records: [await id('event')] }),
		may: office
	},
	override_metres: {
		given: async (id, { today }) => ({ p_site: await id('site'), p_date: today, p_reason: '量过' }),
		may: office
	},
	may_add_photo: { given: async (id) => ({ p_task: await id('task'), p_photo: randomUUID() }), may: crew },
	// Hours.
	my_hours: { given: () => ({}), may: accounts },
	ask_for_hours: {
		given: async (id, district) => ({
			p_id: randomUUID(),
			p_signup: (await district.pastSignup()).id,
			p_says: '我十一点才走'
		}),
		may: ['resident']
	},
	read_hour_requests: { given: () => ({}), may: ['other_organizer', ...office] },
	answer_hours: {
		given: async (id) => ({ p_request: await id('open request'), p_minutes: null, p_reason: '没来' }),
		may: office
	},
	credit_hours: {
		given: async (_, district) => ({
			p_id: randomUUID(),
			p_signup: (await district.pastSignup()).id,
			p_minutes: 30,
			p_reason: '忘了签退'
		}),
		may: office
	},
	take_back_credit: {
		given: async (id) => ({ p_id: randomUUID(), p_credit: await id('credit'), p_reason: '记错人' }),
		may: office
	},
	issue_certificate: {
		given: async (id, district) => ({
			p_id: randomUUID(),
			p_kind: 'day',
			p_date: (await district.pastSignup()).date,
			p_person: await id('resident')
		}),
		may: ['resident', ...office]
	},
	read_export: {
		given: async (id) => ({
			p_what: 'signups',
			p_from: '2026-01-01',
			p_to: '2036-01-01',
			p_area: await id('own street')
		}),
		may: office
	},
	my_certificates: { given: () => ({}), may: accounts },

	read_summary: {
		given: async (id) => ({ p_from: '2026-01-01', p_to: '2026-12-31', p_area: await id('own street') }),
		may: office
	},
	save_summary_text: {
		given: async (id) => ({
			p_area: await id('own street'),
			p_from: '2026-01-01',
			p_to: '2026-12-31',
			p_block: 'plan',
			p_language: 'zh',
			p_body: '明年接着干。'
		}),
		may: office
	},
	read_records: {
		given: async (id) => ({
			p_from: '2026-01-01',
			p_to: '2036-12-31',
			p_area: await id('own street'),
			p_figure: 'metres'
		}),
		may: office
	},
	read_live: { given: async (id) => ({ p_area: await id('own street') }), may: office },
	read_dashboard: {
		given: async (id) => ({ p_from: '2026-01-01', p_to: '2026-12-31', p_area: await id('own street') }),
		may: office
	},
	release_photo: { given: async (id) => ({ p_photo: await id('photo'), p_release: true }), may: office }
};

/** What only the app's server may call, with arguments that would do harm. */
export const SERVER_ONLY: Record<string, Json> = {
	set_setting: { p_key: 'phone_pepper', p_value: 'known' },
	take_attempt: { p_bucket: 'x', p_limit: 1, p_window_seconds: 60 },
	redeem_enrolment: { p_token: 'enrolment' },
	bind_enrolment: { p_token: 'enrolment', p_user: randomUUID() },
	setup_needed: {},
	create_district: { p_code: '1', p_name: 'x', p_name_en: 'x', p_time_zone: 'UTC', p_areas: [] },
	make_first_admin: { p_code: '1', p_user: randomUUID(), p_display_name: 'x' },
	sign_up_guest: {
		p_id: randomUUID(),
		p_gathering: randomUUID(),
		p_name: 'x',
		p_phone: '13711112222',
		p_party: party,
		p_token_hash: 'a'.repeat(64),
		p_address: ''
	},
	add_photo: {
		p_by: randomUUID(),
		p_id: randomUUID(),
		p_task: randomUUID(),
		p_kind: 'after',
		p_sha256: 'b'.repeat(64),
		p_width: 1,
		p_height: 1,
		p_bytes: 1
	},
	guest_change: { p_token: 'link of guest', p_party: party },
	guest_cancel: { p_token: 'link of guest' },
	guest_page: { p_token: 'link of guest' },
	guest_ask_for_hours: { p_token: 'link of guest', p_id: randomUUID(), p_says: 'x' },
	verify_certificate: { p_number: '23456789abcdefgh', p_address: '' },
	guest_check_in: { p_token: 'link of guest', p_code: '123456' },
	recompute_totals: {},
	keep_house: {},
	roll_up_sums: {}
};
