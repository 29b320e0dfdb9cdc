export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
	public: {
		Tables: {
			area_ancestors: {
				Row: {
					ancestor_id: string;
					area_id: string;
					depth: number;
				};
				ComputedFields: never;
				Insert: {
					ancestor_id: string;
					area_id: string;
					depth: number;
				};
				Update: {
					ancestor_id?: string;
					area_id?: string;
					depth?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'area_ancestors_ancestor_id_fkey';
						columns: ['ancestor_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'area_ancestors_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					}
				];
			};
			area_duties: {
				Row: {
					area_id: string;
					phone: string | null;
					responsible_person: string | null;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					phone?: string | null;
					responsible_person?: string | null;
				};
				Update: {
					area_id?: string;
					phone?: string | null;
					responsible_person?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'area_duties_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: true;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					}
				];
			};
			areas: {
				Row: {
					code: string | null;
					created_at: string;
					id: string;
					lat: number | null;
					level: Database['public']['Enums']['area_level'];
					lng: number | null;
					name: string;
					name_en: string | null;
					parent_id: string | null;
					responsible_unit: string | null;
					sort: number;
					time_zone: string | null;
				};
				ComputedFields: never;
				Insert: {
					code?: string | null;
					created_at?: string;
					id?: string;
					lat?: number | null;
					level: Database['public']['Enums']['area_level'];
					lng?: number | null;
					name: string;
					name_en?: string | null;
					parent_id?: string | null;
					responsible_unit?: string | null;
					sort?: number;
					time_zone?: string | null;
				};
				Update: {
					code?: string | null;
					created_at?: string;
					id?: string;
					lat?: number | null;
					level?: Database['public']['Enums']['area_level'];
					lng?: number | null;
					name?: string;
					name_en?: string | null;
					parent_id?: string | null;
					responsible_unit?: string | null;
					sort?: number;
					time_zone?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'areas_parent_id_fkey';
						columns: ['parent_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					}
				];
			};
			assignments: {
				Row: {
					assigned_at: string;
					assigned_by: string | null;
					by_walk_in: boolean;
					leads: boolean;
					overrides: string[];
					pinned: boolean;
					signup_id: string;
					task_id: string;
				};
				ComputedFields: never;
				Insert: {
					assigned_at?: string;
					assigned_by?: string | null;
					by_walk_in?: boolean;
					leads?: boolean;
					overrides?: string[];
					pinned?: boolean;
					signup_id: string;
					task_id: string;
				};
				Update: {
					assigned_at?: string;
					assigned_by?: string | null;
					by_walk_in?: boolean;
					leads?: boolean;
					overrides?: string[];
					pinned?: boolean;
					signup_id?: string;
					task_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'assignments_assigned_by_fkey';
						columns: ['assigned_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'assignments_signup_id_fkey';
						columns: ['signup_id'];
						isOneToOne: true;
						referencedRelation: 'signups';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'assignments_task_id_fkey';
						columns: ['task_id'];
						isOneToOne: false;
						referencedRelation: 'tasks';
						referencedColumns: ['id'];
					}
				];
			};
			attendance_events: {
				Row: {
					accepted_at: string | null;
					accepted_by: string | null;
					area_id: string;
					at: string;
					claimed: boolean;
					clock_offset_ms: number;
					device_id: string;
					device_time: string;
					gathering_id: string;
					handed_in_by: string | null;
					heads: number;
					id: string;
					keyed: boolean;
					kind: Database['public']['Enums']['attendance_kind'];
					knows: string[];
					late: boolean;
					minors: number;
					minors_confirmed: boolean;
					received_at: string;
					recorded_by: string | null;
					seq: number;
					signup_id: string;
					source: Database['public']['Enums']['attendance_source'];
					task_id: string | null;
					voids: string | null;
					walk_in: boolean;
				};
				ComputedFields: never;
				Insert: {
					accepted_at?: string | null;
					accepted_by?: string | null;
					area_id: string;
					at: string;
					claimed?: boolean;
					clock_offset_ms?: number;
					device_id: string;
					device_time: string;
					gathering_id: string;
					handed_in_by?: string | null;
					heads?: number;
					id: string;
					keyed?: boolean;
					kind?: Database['public']['Enums']['attendance_kind'];
					knows?: string[];
					late?: boolean;
					minors?: number;
					minors_confirmed?: boolean;
					received_at?: string;
					recorded_by?: string | null;
					seq: number;
					signup_id: string;
					source: Database['public']['Enums']['attendance_source'];
					task_id?: string | null;
					voids?: string | null;
					walk_in?: boolean;
				};
				Update: {
					accepted_at?: string | null;
					accepted_by?: string | null;
					area_id?: string;
					at?: string;
					claimed?: boolean;
					clock_offset_ms?: number;
					device_id?: string;
					device_time?: string;
					gathering_id?: string;
					handed_in_by?: string | null;
					heads?: number;
					id?: string;
					keyed?: boolean;
					kind?: Database['public']['Enums']['attendance_kind'];
					knows?: string[];
					late?: boolean;
					minors?: number;
					minors_confirmed?: boolean;
					received_at?: string;
					recorded_by?: string | null;
					seq?: number;
					signup_id?: string;
					source?: Database['public']['Enums']['attendance_source'];
					task_id?: string | null;
					voids?: string | null;
					walk_in?: boolean;
				};
				Relationships: [
					{
						foreignKeyName: 'attendance_events_accepted_by_fkey';
						columns: ['accepted_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'attendance_events_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'attendance_events_gathering_id_fkey';
						columns: ['gathering_id'];
						isOneToOne: false;
						referencedRelation: 'gatherings';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'attendance_events_handed_in_by_fkey';
						columns: ['handed_in_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'attendance_events_recorded_by_fkey';
						columns: ['recorded_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'attendance_events_signup_id_fkey';
						columns: ['signup_id'];
						isOneToOne: false;
						referencedRelation: 'signups';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'attendance_events_task_id_fkey';
						columns: ['task_id'];
						isOneToOne: false;
						referencedRelation: 'tasks';
						referencedColumns: ['id'];
					}
				];
			};
			attendance_sums: {
				Row: {
					area_id: string;
					community_id: string | null;
					credited_seconds: number;
					date: string;
					events: number;
					ever_community: number;
					ever_district: number;
					ever_street: number;
					first_at: string | null;
					gathering_id: string;
					last_at: string | null;
					minor_seconds: number;
					minors: number;
					named_seconds: number;
					named_self_seconds: number;
					open_ended: boolean;
					participations: number;
					person_id: string;
					person_seconds: number;
					present_heads: number;
					present_minors: number;
					self_seconds: number;
					signup_id: string;
					street_id: string | null;
					task_id: string | null;
					year_community: number;
					year_district: number;
					year_street: number;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					community_id?: string | null;
					credited_seconds?: number;
					date: string;
					events?: number;
					ever_community?: number;
					ever_district?: number;
					ever_street?: number;
					first_at?: string | null;
					gathering_id: string;
					last_at?: string | null;
					minor_seconds?: number;
					minors?: number;
					named_seconds?: number;
					named_self_seconds?: number;
					open_ended?: boolean;
					participations?: number;
					person_id: string;
					person_seconds?: number;
					present_heads?: number;
					present_minors?: number;
					self_seconds?: number;
					signup_id: string;
					street_id?: string | null;
					task_id?: string | null;
					year_community?: number;
					year_district?: number;
					year_street?: number;
				};
				Update: {
					area_id?: string;
					community_id?: string | null;
					credited_seconds?: number;
					date?: string;
					events?: number;
					ever_community?: number;
					ever_district?: number;
					ever_street?: number;
					first_at?: string | null;
					gathering_id?: string;
					last_at?: string | null;
					minor_seconds?: number;
					minors?: number;
					named_seconds?: number;
					named_self_seconds?: number;
					open_ended?: boolean;
					participations?: number;
					person_id?: string;
					person_seconds?: number;
					present_heads?: number;
					present_minors?: number;
					self_seconds?: number;
					signup_id?: string;
					street_id?: string | null;
					task_id?: string | null;
					year_community?: number;
					year_district?: number;
					year_street?: number;
				};
				Relationships: [];
			};
			audit_log: {
				Row: {
					action: string;
					actor_id: string | null;
					after: Json | null;
					area_id: string | null;
					at: string;
					before: Json | null;
					id: number;
					row_id: string;
					table_name: string;
				};
				ComputedFields: never;
				Insert: {
					action: string;
					actor_id?: string | null;
					after?: Json | null;
					area_id?: string | null;
					at?: string;
					before?: Json | null;
					id?: never;
					row_id: string;
					table_name: string;
				};
				Update: {
					action?: string;
					actor_id?: string | null;
					after?: Json | null;
					area_id?: string | null;
					at?: string;
					before?: Json | null;
					id?: never;
					row_id?: string;
					table_name?: string;
				};
				Relationships: [];
			};
			certificates: {
				Row: {
					credited_seconds: number;
					days: number;
					district: string;
					district_en: string | null;
					from_date: string;
					id: string;
					issued_at: string;
					issued_by: string | null;
					kind: string;
					name: string;
					number: string;
					person_id: string | null;
					recorded_seconds: number;
					revoked_at: string | null;
					revoked_why: string | null;
					seal: string;
					self_seconds: number;
					to_date: string;
				};
				ComputedFields: never;
				Insert: {
					credited_seconds: number;
					days: number;
					district: string;
					district_en?: string | null;
					from_date: string;
					id: string;
					issued_at: string;
					issued_by?: string | null;
					kind: string;
					name: string;
					number: string;
					person_id?: string | null;
					recorded_seconds: number;
					revoked_at?: string | null;
					revoked_why?: string | null;
					seal: string;
					self_seconds: number;
					to_date: string;
				};
				Update: {
					credited_seconds?: number;
					days?: number;
					district?: string;
					district_en?: string | null;
					from_date?: string;
					id?: string;
					issued_at?: string;
					issued_by?: string | null;
					kind?: string;
					name?: string;
					number?: string;
					person_id?: string | null;
					recorded_seconds?: number;
					revoked_at?: string | null;
					revoked_why?: string | null;
					seal?: string;
					self_seconds?: number;
					to_date?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'certificates_issued_by_fkey';
						columns: ['issued_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'certificates_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			contacts: {
				Row: {
					crew_may_call: boolean;
					identifies: boolean;
					person_id: string;
					phone: string;
					phone_hash: string;
				};
				ComputedFields: never;
				Insert: {
					crew_may_call?: boolean;
					identifies?: boolean;
					person_id: string;
					phone: string;
					phone_hash: string;
				};
				Update: {
					crew_may_call?: boolean;
					identifies?: boolean;
					person_id?: string;
					phone?: string;
					phone_hash?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'contacts_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: true;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			day_phones: {
				Row: {
					area_id: string;
					at: string;
					device_id: string;
					gathering_id: string;
					heard_at: string;
					person_id: string;
					photos: number;
					records: number;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					at: string;
					device_id: string;
					gathering_id: string;
					heard_at: string;
					person_id: string;
					photos: number;
					records: number;
				};
				Update: {
					area_id?: string;
					at?: string;
					device_id?: string;
					gathering_id?: string;
					heard_at?: string;
					person_id?: string;
					photos?: number;
					records?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'day_phones_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'day_phones_gathering_id_fkey';
						columns: ['gathering_id'];
						isOneToOne: false;
						referencedRelation: 'gatherings';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'day_phones_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			day_sums: {
				Row: {
					adverts: number;
					area_id: string;
					bags: number;
					corners: number;
					credited_seconds: number;
					date: string;
					entries: number;
					ever_people: number;
					kg_estimated: number;
					kg_weighed: number;
					loads: number;
					metres: number;
					metres_recorded: number;
					minor_seconds: number;
					minors: number;
					open_ended: number;
					participations: number;
					parties: number;
					person_seconds: number;
					self_seconds: number;
					year_people: number;
				};
				ComputedFields: never;
				Insert: {
					adverts: number;
					area_id: string;
					bags: number;
					corners: number;
					credited_seconds: number;
					date: string;
					entries: number;
					ever_people: number;
					kg_estimated: number;
					kg_weighed: number;
					loads: number;
					metres: number;
					metres_recorded: number;
					minor_seconds: number;
					minors: number;
					open_ended: number;
					participations: number;
					parties: number;
					person_seconds: number;
					self_seconds: number;
					year_people: number;
				};
				Update: {
					adverts?: number;
					area_id?: string;
					bags?: number;
					corners?: number;
					credited_seconds?: number;
					date?: string;
					entries?: number;
					ever_people?: number;
					kg_estimated?: number;
					kg_weighed?: number;
					loads?: number;
					metres?: number;
					metres_recorded?: number;
					minor_seconds?: number;
					minors?: number;
					open_ended?: number;
					participations?: number;
					parties?: number;
					person_seconds?: number;
					self_seconds?: number;
					year_people?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'day_sums_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					}
				];
			};
			enrolments: {
				Row: {
					expires_at: string | null;
					generation: number;
					issued_by: string | null;
					person_id: string;
					token_hash: string | null;
					used_at: string | null;
					user_id: string | null;
				};
				ComputedFields: never;
				Insert: {
					expires_at?: string | null;
					generation?: number;
					issued_by?: string | null;
					person_id: string;
					token_hash?: string | null;
					used_at?: string | null;
					user_id?: string | null;
				};
				Update: {
					expires_at?: string | null;
					generation?: number;
					issued_by?: string | null;
					person_id?: string;
					token_hash?: string | null;
					used_at?: string | null;
					user_id?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'enrolments_issued_by_fkey';
						columns: ['issued_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'enrolments_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: true;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			extra_holidays: {
				Row: {
					date: string;
					name: string;
					name_en: string | null;
				};
				ComputedFields: never;
				Insert: {
					date: string;
					name: string;
					name_en?: string | null;
				};
				Update: {
					date?: string;
					name?: string;
					name_en?: string | null;
				};
				Relationships: [];
			};
			gathering_counts: {
				Row: {
					confirmed_heads: number;
					confirmed_parties: number;
					gathering_id: string;
					waiting_heads: number;
					waiting_parties: number;
				};
				ComputedFields: never;
				Insert: {
					confirmed_heads?: number;
					confirmed_parties?: number;
					gathering_id: string;
					waiting_heads?: number;
					waiting_parties?: number;
				};
				Update: {
					confirmed_heads?: number;
					confirmed_parties?: number;
					gathering_id?: string;
					waiting_heads?: number;
					waiting_parties?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'gathering_counts_gathering_id_fkey';
						columns: ['gathering_id'];
						isOneToOne: true;
						referencedRelation: 'gatherings';
						referencedColumns: ['id'];
					}
				];
			};
			gatherings: {
				Row: {
					area_id: string;
					bring: string;
					capacity: number | null;
					changed_at: string | null;
					closed_at: string | null;
					created_at: string;
					edited_at: string;
					ends: string;
					id: string;
					labour_day_id: string;
					lat: number | null;
					lng: number | null;
					place: string;
					plan_published_at: string | null;
					plan_version: number;
					reason: string;
					safety: string;
					sequence: number;
					starts: string;
					status: Database['public']['Enums']['gathering_status'];
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					bring?: string;
					capacity?: number | null;
					changed_at?: string | null;
					closed_at?: string | null;
					created_at?: string;
					edited_at?: string;
					ends?: string;
					id?: string;
					labour_day_id: string;
					lat?: number | null;
					lng?: number | null;
					place: string;
					plan_published_at?: string | null;
					plan_version?: number;
					reason?: string;
					safety?: string;
					sequence?: number;
					starts?: string;
					status?: Database['public']['Enums']['gathering_status'];
				};
				Update: {
					area_id?: string;
					bring?: string;
					capacity?: number | null;
					changed_at?: string | null;
					closed_at?: string | null;
					created_at?: string;
					edited_at?: string;
					ends?: string;
					id?: string;
					labour_day_id?: string;
					lat?: number | null;
					lng?: number | null;
					place?: string;
					plan_published_at?: string | null;
					plan_version?: number;
					reason?: string;
					safety?: string;
					sequence?: number;
					starts?: string;
					status?: Database['public']['Enums']['gathering_status'];
				};
				Relationships: [
					{
						foreignKeyName: 'gatherings_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'gatherings_labour_day_id_fkey';
						columns: ['labour_day_id'];
						isOneToOne: false;
						referencedRelation: 'labour_days';
						referencedColumns: ['id'];
					}
				];
			};
			hour_answers: {
				Row: {
					answered_at: string;
					answered_by: string | null;
					area_id: string;
					granted: boolean;
					reason: string;
					request_id: string;
				};
				ComputedFields: never;
				Insert: {
					answered_at: string;
					answered_by?: string | null;
					area_id: string;
					granted: boolean;
					reason: string;
					request_id: string;
				};
				Update: {
					answered_at?: string;
					answered_by?: string | null;
					area_id?: string;
					granted?: boolean;
					reason?: string;
					request_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'hour_answers_answered_by_fkey';
						columns: ['answered_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hour_answers_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hour_answers_request_id_fkey';
						columns: ['request_id'];
						isOneToOne: true;
						referencedRelation: 'hour_requests';
						referencedColumns: ['id'];
					}
				];
			};
			hour_credits: {
				Row: {
					area_id: string;
					credited_at: string;
					credited_by: string | null;
					id: string;
					reason: string;
					recorded_seconds: number | null;
					request_id: string | null;
					seconds: number;
					signup_id: string;
					takes_back: string | null;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					credited_at: string;
					credited_by?: string | null;
					id: string;
					reason: string;
					recorded_seconds?: number | null;
					request_id?: string | null;
					seconds: number;
					signup_id: string;
					takes_back?: string | null;
				};
				Update: {
					area_id?: string;
					credited_at?: string;
					credited_by?: string | null;
					id?: string;
					reason?: string;
					recorded_seconds?: number | null;
					request_id?: string | null;
					seconds?: number;
					signup_id?: string;
					takes_back?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'hour_credits_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hour_credits_credited_by_fkey';
						columns: ['credited_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hour_credits_request_id_fkey';
						columns: ['request_id'];
						isOneToOne: true;
						referencedRelation: 'hour_requests';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hour_credits_signup_id_fkey';
						columns: ['signup_id'];
						isOneToOne: false;
						referencedRelation: 'signups';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hour_credits_takes_back_fkey';
						columns: ['takes_back'];
						isOneToOne: true;
						referencedRelation: 'hour_credits';
						referencedColumns: ['id'];
					}
				];
			};
			hour_requests: {
				Row: {
					area_id: string;
					asked_at: string;
					id: string;
					minutes: number | null;
					says: string;
					signup_id: string;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					asked_at: string;
					id: string;
					minutes?: number | null;
					says: string;
					signup_id: string;
				};
				Update: {
					area_id?: string;
					asked_at?: string;
					id?: string;
					minutes?: number | null;
					says?: string;
					signup_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'hour_requests_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hour_requests_signup_id_fkey';
						columns: ['signup_id'];
						isOneToOne: false;
						referencedRelation: 'signups';
						referencedColumns: ['id'];
					}
				];
			};
			invitations: {
				Row: {
					area_id: string;
					created_at: string;
					created_by: string | null;
					expires_at: string;
					id: string;
					note: string;
					role: Database['public']['Enums']['member_role'];
					token_hash: string;
					used_at: string | null;
					used_by: string | null;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					created_at?: string;
					created_by?: string | null;
					expires_at: string;
					id?: string;
					note?: string;
					role: Database['public']['Enums']['member_role'];
					token_hash: string;
					used_at?: string | null;
					used_by?: string | null;
				};
				Update: {
					area_id?: string;
					created_at?: string;
					created_by?: string | null;
					expires_at?: string;
					id?: string;
					note?: string;
					role?: Database['public']['Enums']['member_role'];
					token_hash?: string;
					used_at?: string | null;
					used_by?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'invitations_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'invitations_created_by_fkey';
						columns: ['created_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'invitations_used_by_fkey';
						columns: ['used_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			labour_days: {
				Row: {
					area_id: string;
					changed_at: string | null;
					created_at: string;
					date: string;
					id: string;
					month: string;
					move_reason: string;
					reason: string;
					sequence: number;
					status: Database['public']['Enums']['labour_day_status'];
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					changed_at?: string | null;
					created_at?: string;
					date: string;
					id?: string;
					month: string;
					move_reason?: string;
					reason?: string;
					sequence?: number;
					status?: Database['public']['Enums']['labour_day_status'];
				};
				Update: {
					area_id?: string;
					changed_at?: string | null;
					created_at?: string;
					date?: string;
					id?: string;
					month?: string;
					move_reason?: string;
					reason?: string;
					sequence?: number;
					status?: Database['public']['Enums']['labour_day_status'];
				};
				Relationships: [
					{
						foreignKeyName: 'labour_days_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					}
				];
			};
			memberships: {
				Row: {
					area_id: string;
					created_at: string;
					id: string;
					person_id: string;
					role: Database['public']['Enums']['member_role'];
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					created_at?: string;
					id?: string;
					person_id: string;
					role: Database['public']['Enums']['member_role'];
				};
				Update: {
					area_id?: string;
					created_at?: string;
					id?: string;
					person_id?: string;
					role?: Database['public']['Enums']['member_role'];
				};
				Relationships: [
					{
						foreignKeyName: 'memberships_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'memberships_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			people: {
				Row: {
					area_id: string;
					created_at: string;
					created_by: string | null;
					display_name: string;
					id: string;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					created_at?: string;
					created_by?: string | null;
					display_name: string;
					id?: string;
				};
				Update: {
					area_id?: string;
					created_at?: string;
					created_by?: string | null;
					display_name?: string;
					id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'people_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					}
				];
			};
			photos: {
				Row: {
					area_id: string;
					bytes: number;
					height: number;
					id: string;
					kind: Database['public']['Enums']['photo_kind'];
					released_at: string | null;
					released_by: string | null;
					sha256: string;
					site_id: string;
					taken_at: string | null;
					task_id: string | null;
					uploaded_at: string;
					uploaded_by: string | null;
					width: number;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					bytes: number;
					height: number;
					id: string;
					kind: Database['public']['Enums']['photo_kind'];
					released_at?: string | null;
					released_by?: string | null;
					sha256: string;
					site_id: string;
					taken_at?: string | null;
					task_id?: string | null;
					uploaded_at?: string;
					uploaded_by?: string | null;
					width: number;
				};
				Update: {
					area_id?: string;
					bytes?: number;
					height?: number;
					id?: string;
					kind?: Database['public']['Enums']['photo_kind'];
					released_at?: string | null;
					released_by?: string | null;
					sha256?: string;
					site_id?: string;
					taken_at?: string | null;
					task_id?: string | null;
					uploaded_at?: string;
					uploaded_by?: string | null;
					width?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'photos_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'photos_released_by_fkey';
						columns: ['released_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'photos_site_id_fkey';
						columns: ['site_id'];
						isOneToOne: false;
						referencedRelation: 'site_status';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'photos_site_id_fkey';
						columns: ['site_id'];
						isOneToOne: false;
						referencedRelation: 'sites';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'photos_task_id_fkey';
						columns: ['task_id'];
						isOneToOne: false;
						referencedRelation: 'tasks';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'photos_uploaded_by_fkey';
						columns: ['uploaded_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			profiles: {
				Row: {
					consented_at: string;
					language: string;
					large_text: boolean;
					person_id: string;
					user_id: string;
					valid_from: string;
				};
				ComputedFields: never;
				Insert: {
					consented_at?: string;
					language?: string;
					large_text?: boolean;
					person_id: string;
					user_id: string;
					valid_from?: string;
				};
				Update: {
					consented_at?: string;
					language?: string;
					large_text?: boolean;
					person_id?: string;
					user_id?: string;
					valid_from?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'profiles_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: true;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			result_entries: {
				Row: {
					accepted_at: string | null;
					accepted_by: string | null;
					adverts: number | null;
					area_id: string;
					at: string;
					bags: number | null;
					clock_offset_ms: number;
					corners: number | null;
					device_id: string;
					device_time: string;
					gathering_id: string | null;
					handed_in_by: string | null;
					id: string;
					keyed: boolean;
					kg: number | null;
					late: boolean;
					loads: number | null;
					metres: number | null;
					note: string;
					received_at: string;
					recorded_by: string | null;
					root_id: string;
					seq: number;
					site_id: string;
					task_id: string;
					weighed: boolean;
				};
				ComputedFields: never;
				Insert: {
					accepted_at?: string | null;
					accepted_by?: string | null;
					adverts?: number | null;
					area_id: string;
					at: string;
					bags?: number | null;
					clock_offset_ms?: number;
					corners?: number | null;
					device_id: string;
					device_time: string;
					gathering_id?: string | null;
					handed_in_by?: string | null;
					id: string;
					keyed?: boolean;
					kg?: number | null;
					late?: boolean;
					loads?: number | null;
					metres?: number | null;
					note?: string;
					received_at?: string;
					recorded_by?: string | null;
					root_id: string;
					seq: number;
					site_id: string;
					task_id: string;
					weighed?: boolean;
				};
				Update: {
					accepted_at?: string | null;
					accepted_by?: string | null;
					adverts?: number | null;
					area_id?: string;
					at?: string;
					bags?: number | null;
					clock_offset_ms?: number;
					corners?: number | null;
					device_id?: string;
					device_time?: string;
					gathering_id?: string | null;
					handed_in_by?: string | null;
					id?: string;
					keyed?: boolean;
					kg?: number | null;
					late?: boolean;
					loads?: number | null;
					metres?: number | null;
					note?: string;
					received_at?: string;
					recorded_by?: string | null;
					root_id?: string;
					seq?: number;
					site_id?: string;
					task_id?: string;
					weighed?: boolean;
				};
				Relationships: [
					{
						foreignKeyName: 'result_entries_accepted_by_fkey';
						columns: ['accepted_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'result_entries_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'result_entries_gathering_id_fkey';
						columns: ['gathering_id'];
						isOneToOne: false;
						referencedRelation: 'gatherings';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'result_entries_handed_in_by_fkey';
						columns: ['handed_in_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'result_entries_recorded_by_fkey';
						columns: ['recorded_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'result_entries_site_id_fkey';
						columns: ['site_id'];
						isOneToOne: false;
						referencedRelation: 'site_status';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'result_entries_site_id_fkey';
						columns: ['site_id'];
						isOneToOne: false;
						referencedRelation: 'sites';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'result_entries_task_id_fkey';
						columns: ['task_id'];
						isOneToOne: false;
						referencedRelation: 'tasks';
						referencedColumns: ['id'];
					}
				];
			};
			signups: {
				Row: {
					area_id: string;
					can_lead: boolean;
					consented_at: string | null;
					created_at: string;
					created_by: string | null;
					gathering_id: string;
					headcount: number;
					home_area_id: string | null;
					id: string;
					labour_day_id: string;
					minors: number;
					name: string;
					note: string;
					person_id: string;
					promoted_at: string | null;
					queue_no: number;
					seen_at: string | null;
					source: Database['public']['Enums']['signup_source'];
					status: Database['public']['Enums']['signup_status'];
					told_name: string | null;
					tools: string;
					updated_at: string;
					wishes: Database['public']['Enums']['site_kind'][];
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					can_lead?: boolean;
					consented_at?: string | null;
					created_at?: string;
					created_by?: string | null;
					gathering_id: string;
					headcount: number;
					home_area_id?: string | null;
					id: string;
					labour_day_id: string;
					minors?: number;
					name: string;
					note?: string;
					person_id: string;
					promoted_at?: string | null;
					queue_no?: number;
					seen_at?: string | null;
					source: Database['public']['Enums']['signup_source'];
					status: Database['public']['Enums']['signup_status'];
					told_name?: string | null;
					tools?: string;
					updated_at?: string;
					wishes?: Database['public']['Enums']['site_kind'][];
				};
				Update: {
					area_id?: string;
					can_lead?: boolean;
					consented_at?: string | null;
					created_at?: string;
					created_by?: string | null;
					gathering_id?: string;
					headcount?: number;
					home_area_id?: string | null;
					id?: string;
					labour_day_id?: string;
					minors?: number;
					name?: string;
					note?: string;
					person_id?: string;
					promoted_at?: string | null;
					queue_no?: number;
					seen_at?: string | null;
					source?: Database['public']['Enums']['signup_source'];
					status?: Database['public']['Enums']['signup_status'];
					told_name?: string | null;
					tools?: string;
					updated_at?: string;
					wishes?: Database['public']['Enums']['site_kind'][];
				};
				Relationships: [
					{
						foreignKeyName: 'signups_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'signups_created_by_fkey';
						columns: ['created_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'signups_gathering_id_fkey';
						columns: ['gathering_id'];
						isOneToOne: false;
						referencedRelation: 'gatherings';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'signups_home_area_id_fkey';
						columns: ['home_area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'signups_labour_day_id_fkey';
						columns: ['labour_day_id'];
						isOneToOne: false;
						referencedRelation: 'labour_days';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'signups_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			site_days: {
				Row: {
					area_id: string;
					date: string;
					flag: string | null;
					metres: number;
					metres_recorded: number;
					override_at: string | null;
					override_by: string | null;
					override_metres: number | null;
					override_reason: string | null;
					site_id: string;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					date: string;
					flag?: string | null;
					metres?: number;
					metres_recorded?: number;
					override_at?: string | null;
					override_by?: string | null;
					override_metres?: number | null;
					override_reason?: string | null;
					site_id: string;
				};
				Update: {
					area_id?: string;
					date?: string;
					flag?: string | null;
					metres?: number;
					metres_recorded?: number;
					override_at?: string | null;
					override_by?: string | null;
					override_metres?: number | null;
					override_reason?: string | null;
					site_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'site_days_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'site_days_override_by_fkey';
						columns: ['override_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'site_days_site_id_fkey';
						columns: ['site_id'];
						isOneToOne: false;
						referencedRelation: 'site_status';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'site_days_site_id_fkey';
						columns: ['site_id'];
						isOneToOne: false;
						referencedRelation: 'sites';
						referencedColumns: ['id'];
					}
				];
			};
			site_extras: {
				Row: {
					site_id: string;
					source: NonNullable<Json>;
				};
				ComputedFields: never;
				Insert: {
					site_id: string;
					source: NonNullable<Json>;
				};
				Update: {
					site_id?: string;
					source?: NonNullable<Json>;
				};
				Relationships: [
					{
						foreignKeyName: 'site_extras_site_id_fkey';
						columns: ['site_id'];
						isOneToOne: true;
						referencedRelation: 'site_status';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'site_extras_site_id_fkey';
						columns: ['site_id'];
						isOneToOne: true;
						referencedRelation: 'sites';
						referencedColumns: ['id'];
					}
				];
			};
			site_imports: {
				Row: {
					area_id: string;
					columns: NonNullable<Json>;
					committed_at: string | null;
					created_at: string;
					created_by: string | null;
					dataset: string;
					id: string;
					inserted: number | null;
					unchanged: number | null;
					updated: number | null;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					columns?: NonNullable<Json>;
					committed_at?: string | null;
					created_at?: string;
					created_by?: string | null;
					dataset: string;
					id: string;
					inserted?: number | null;
					unchanged?: number | null;
					updated?: number | null;
				};
				Update: {
					area_id?: string;
					columns?: NonNullable<Json>;
					committed_at?: string | null;
					created_at?: string;
					created_by?: string | null;
					dataset?: string;
					id?: string;
					inserted?: number | null;
					unchanged?: number | null;
					updated?: number | null;
				};
				Relationships: [
					{
						foreignKeyName: 'site_imports_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'site_imports_created_by_fkey';
						columns: ['created_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			sites: {
				Row: {
					address: string;
					area_id: string;
					created_at: string;
					crew_max: number;
					crew_min: number;
					dataset: string | null;
					edited_fields: string[];
					external_id: string | null;
					hazards: Database['public']['Enums']['hazard'][];
					id: string;
					import_area_id: string | null;
					in_jurisdiction: boolean;
					interval_days: number | null;
					kind: Database['public']['Enums']['site_kind'];
					last_cleaned_on: string | null;
					lat: number | null;
					length_m: number | null;
					lng: number | null;
					minutes: number;
					name: string;
					note: string;
					path: Json | null;
					responsible_unit: string;
					retired_at: string | null;
					search_text: string;
					tools: string;
					updated_at: string;
				};
				ComputedFields: never;
				Insert: {
					address?: string;
					area_id: string;
					created_at?: string;
					crew_max?: number;
					crew_min?: number;
					dataset?: string | null;
					edited_fields?: string[];
					external_id?: string | null;
					hazards?: Database['public']['Enums']['hazard'][];
					id?: string;
					import_area_id?: string | null;
					in_jurisdiction?: boolean;
					interval_days?: number | null;
					kind: Database['public']['Enums']['site_kind'];
					last_cleaned_on?: string | null;
					lat?: number | null;
					length_m?: number | null;
					lng?: number | null;
					minutes?: number;
					name: string;
					note?: string;
					path?: Json | null;
					responsible_unit?: string;
					retired_at?: string | null;
					search_text?: never;
					tools?: string;
					updated_at?: string;
				};
				Update: {
					address?: string;
					area_id?: string;
					created_at?: string;
					crew_max?: number;
					crew_min?: number;
					dataset?: string | null;
					edited_fields?: string[];
					external_id?: string | null;
					hazards?: Database['public']['Enums']['hazard'][];
					id?: string;
					import_area_id?: string | null;
					in_jurisdiction?: boolean;
					interval_days?: number | null;
					kind?: Database['public']['Enums']['site_kind'];
					last_cleaned_on?: string | null;
					lat?: number | null;
					length_m?: number | null;
					lng?: number | null;
					minutes?: number;
					name?: string;
					note?: string;
					path?: Json | null;
					responsible_unit?: string;
					retired_at?: string | null;
					search_text?: never;
					tools?: string;
					updated_at?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'sites_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					}
				];
			};
			summary_texts: {
				Row: {
					area_id: string;
					block: string;
					body: string;
					from_date: string;
					language: string;
					to_date: string;
					updated_at: string;
					updated_by: string | null;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					block: string;
					body: string;
					from_date: string;
					language: string;
					to_date: string;
					updated_at?: string;
					updated_by?: string | null;
				};
				Update: {
					area_id?: string;
					block?: string;
					body?: string;
					from_date?: string;
					language?: string;
					to_date?: string;
					updated_at?: string;
					updated_by?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'summary_texts_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'summary_texts_updated_by_fkey';
						columns: ['updated_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			task_leaders: {
				Row: {
					person_id: string;
					since: string;
					task_id: string;
					until: string | null;
				};
				ComputedFields: never;
				Insert: {
					person_id: string;
					since: string;
					task_id: string;
					until?: string | null;
				};
				Update: {
					person_id?: string;
					since?: string;
					task_id?: string;
					until?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'task_leaders_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'task_leaders_task_id_fkey';
						columns: ['task_id'];
						isOneToOne: false;
						referencedRelation: 'tasks';
						referencedColumns: ['id'];
					}
				];
			};
			task_notes: {
				Row: {
					note: string;
					task_id: string;
				};
				ComputedFields: never;
				Insert: {
					note: string;
					task_id: string;
				};
				Update: {
					note?: string;
					task_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'task_notes_task_id_fkey';
						columns: ['task_id'];
						isOneToOne: true;
						referencedRelation: 'tasks';
						referencedColumns: ['id'];
					}
				];
			};
			tasks: {
				Row: {
					area_id: string;
					created_at: string;
					crew_max: number;
					crew_min: number;
					date: string;
					gathering_id: string | null;
					id: string;
					no: number;
					site_id: string;
				};
				ComputedFields: never;
				Insert: {
					area_id: string;
					created_at?: string;
					crew_max: number;
					crew_min: number;
					date: string;
					gathering_id?: string | null;
					id?: string;
					no?: number;
					site_id: string;
				};
				Update: {
					area_id?: string;
					created_at?: string;
					crew_max?: number;
					crew_min?: number;
					date?: string;
					gathering_id?: string | null;
					id?: string;
					no?: number;
					site_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'tasks_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'tasks_gathering_id_fkey';
						columns: ['gathering_id'];
						isOneToOne: false;
						referencedRelation: 'gatherings';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'tasks_site_id_fkey';
						columns: ['site_id'];
						isOneToOne: false;
						referencedRelation: 'site_status';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'tasks_site_id_fkey';
						columns: ['site_id'];
						isOneToOne: false;
						referencedRelation: 'sites';
						referencedColumns: ['id'];
					}
				];
			};
			totals: {
				Row: {
					adverts: number;
					area_id: string;
					bags: number;
					community_id: string | null;
					corners: number;
					credited_seconds: number;
					date: string;
					entries: number;
					ever_community: number;
					ever_district: number;
					ever_street: number;
					gathering_id: string | null;
					held: unknown;
					id: string;
					kg_estimated: number;
					kg_weighed: number;
					loads: number;
					metres: number;
					metres_recorded: number;
					minor_seconds: number;
					minors: number;
					open_ended: number;
					pairs: number;
					participations: number;
					parties: number;
					person_seconds: number;
					rolled: boolean;
					self_seconds: number;
					street_id: string | null;
					task_id: string | null;
					year_community: number;
					year_district: number;
					year_street: number;
				};
				ComputedFields: never;
				Insert: {
					adverts?: number;
					area_id: string;
					bags?: number;
					community_id?: string | null;
					corners?: number;
					credited_seconds?: number;
					date: string;
					entries?: number;
					ever_community?: number;
					ever_district?: number;
					ever_street?: number;
					gathering_id?: string | null;
					held?: unknown;
					id?: string;
					kg_estimated?: number;
					kg_weighed?: number;
					loads?: number;
					metres?: number;
					metres_recorded?: number;
					minor_seconds?: number;
					minors?: number;
					open_ended?: number;
					pairs?: number;
					participations?: number;
					parties?: number;
					person_seconds?: number;
					rolled?: boolean;
					self_seconds?: number;
					street_id?: string | null;
					task_id?: string | null;
					year_community?: number;
					year_district?: number;
					year_street?: number;
				};
				Update: {
					adverts?: number;
					area_id?: string;
					bags?: number;
					community_id?: string | null;
					corners?: number;
					credited_seconds?: number;
					date?: string;
					entries?: number;
					ever_community?: number;
					ever_district?: number;
					ever_street?: number;
					gathering_id?: string | null;
					held?: unknown;
					id?: string;
					kg_estimated?: number;
					kg_weighed?: number;
					loads?: number;
					metres?: number;
					metres_recorded?: number;
					minor_seconds?: number;
					minors?: number;
					open_ended?: number;
					pairs?: number;
					participations?: number;
					parties?: number;
					person_seconds?: number;
					rolled?: boolean;
					self_seconds?: number;
					street_id?: string | null;
					task_id?: string | null;
					year_community?: number;
					year_district?: number;
					year_street?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'totals_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'totals_gathering_id_fkey';
						columns: ['gathering_id'];
						isOneToOne: false;
						referencedRelation: 'gatherings';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'totals_task_id_fkey';
						columns: ['task_id'];
						isOneToOne: true;
						referencedRelation: 'tasks';
						referencedColumns: ['id'];
					}
				];
			};
		};
		Views: {
			site_status: {
				Row: {
					address: string;
					area_id: string;
					created_at: string;
					crew_max: number;
					crew_min: number;
					dataset: string | null;
					days_since: number | null;
					edited_fields: string[];
					external_id: string | null;
					hazards: Database['public']['Enums']['hazard'][];
					id: string;
					import_area_id: string | null;
					in_jurisdiction: boolean;
					interval_days: number | null;
					kind: Database['public']['Enums']['site_kind'];
					last_cleaned_on: string | null;
					lat: number | null;
					length_m: number | null;
					lng: number | null;
					minutes: number;
					name: string;
					note: string;
					overdue_days: number | null;
					path: Json | null;
					responsible_unit: string;
					retired_at: string | null;
					search_text: string;
					tools: string;
					updated_at: string;
				};
				ComputedFields: never;
				Relationships: [
					{
						foreignKeyName: 'sites_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					}
				];
			};
		};
		Functions: {
			accept_invitation: { Args: { p_token: string }; Returns: string };
			accept_late: { Args: { p_gathering: string; p_records: string[] }; Returns: number };
			add_areas: { Args: { p_areas: Json }; Returns: number };
			add_campaign_task: { Args: { p_date: string; p_id: string; p_site: string }; Returns: string };
			add_person: {
				Args: { p_area: string; p_id: string; p_name: string; p_phone?: string };
				Returns: string;
			};
			add_photo: {
				Args: {
					p_by: string;
					p_bytes: number;
					p_height: number;
					p_id: string;
					p_kind: Database['public']['Enums']['photo_kind'];
					p_sha256: string;
					p_taken_at?: string;
					p_task: string;
					p_width: number;
				};
				Returns: string;
			};
			add_tasks: { Args: { p_gathering: string; p_sites: string[] }; Returns: number };
			answer_hours: { Args: { p_minutes: number; p_reason: string; p_request: string }; Returns: undefined };
			ask_for_hours: {
				Args: { p_id: string; p_minutes?: number; p_says: string; p_signup: string };
				Returns: string;
			};
			begin_site_import: {
				Args: { p_area: string; p_columns: Json; p_dataset: string; p_id: string };
				Returns: undefined;
			};
			bind_enrolment: { Args: { p_language?: string; p_token: string; p_user: string }; Returns: string };
			cancel_gathering: { Args: { p_gathering: string; p_reason: string }; Returns: undefined };
			cancel_labour_day: { Args: { p_day: string; p_reason: string }; Returns: undefined };
			cancel_signup: { Args: { p_signup: string }; Returns: Json };
			cancel_site_import: { Args: { p_import: string }; Returns: undefined };
			change_area: { Args: { p_area: string; p_expected?: Json; p_fields: Json }; Returns: undefined };
			change_person: { Args: { p_expected?: Json; p_fields: Json; p_person: string }; Returns: undefined };
			change_signup: { Args: { p_expected?: Json; p_party: Json; p_signup: string }; Returns: Json };
			change_site: { Args: { p_expected?: Json; p_fields: Json; p_site: string }; Returns: undefined };
			check_in_myself: {
				Args: { p_age?: number; p_code: string; p_heads?: number; p_minors?: number; p_signup: string };
				Returns: Json;
			};
			claim_signup: { Args: { p_token: string }; Returns: string };
			close_gathering: { Args: { p_gathering: string }; Returns: undefined };
			closing_check: { Args: { p_gathering: string }; Returns: Json };
			commit_site_import: { Args: { p_import: string }; Returns: Json };
			create_district: {
				Args: { p_areas: Json; p_code: string; p_name: string; p_name_en: string; p_time_zone: string };
				Returns: string;
			};
			credit_hours: {
				Args: { p_id: string; p_minutes: number; p_reason: string; p_signup: string };
				Returns: string;
			};
			forget_person: { Args: { p_person: string }; Returns: undefined };
			guest_ask_for_hours: { Args: { p_id: string; p_says: string; p_token: string }; Returns: string };
			guest_cancel: { Args: { p_token: string }; Returns: Json };
			guest_change: { Args: { p_party: Json; p_token: string }; Returns: Json };
			guest_check_in: {
				Args: { p_age?: number; p_code: string; p_heads?: number; p_minors?: number; p_token: string };
				Returns: Json;
			};
			guest_page: { Args: { p_seen?: boolean; p_token: string }; Returns: Json };
			invite: {
				Args: {
					p_area: string;
					p_note?: string;
					p_role: Database['public']['Enums']['member_role'];
					p_token: string;
				};
				Returns: string;
			};
			issue_certificate: {
				Args: { p_date: string; p_id: string; p_kind: string; p_person?: string };
				Returns: Json;
			};
			issue_enrolment: { Args: { p_person: string; p_token: string }; Returns: undefined };
			keep_house: { Args: Record<PropertyKey, never>; Returns: Json };
			lists_with: { Args: { p_ids: Json }; Returns: Json };
			make_first_admin: { Args: { p_code: string; p_display_name: string; p_user: string }; Returns: string };
			mark_seen: { Args: { p_as_of: string; p_signup: string }; Returns: undefined };
			may_add_photo: { Args: { p_photo: string; p_task: string }; Returns: string };
			move_labour_day: { Args: { p_date: string; p_day: string; p_reason?: string }; Returns: undefined };
			my_certificates: { Args: Record<PropertyKey, never>; Returns: Json };
			my_gatherings: { Args: Record<PropertyKey, never>; Returns: Json };
			my_hours: { Args: Record<PropertyKey, never>; Returns: Json };
			my_self: { Args: Record<PropertyKey, never>; Returns: Json };
			my_signups: { Args: Record<PropertyKey, never>; Returns: Json };
			open_areas: { Args: { p_year: number }; Returns: Json };
			open_days: { Args: { p_year: number }; Returns: Json };
			override_metres: {
				Args: { p_date: string; p_metres?: number; p_reason?: string; p_site: string };
				Returns: undefined;
			};
			promote_signup: { Args: { p_over?: boolean; p_signup: string }; Returns: Json };
			publish_plan: { Args: { p_gathering: string; p_minors?: string[] }; Returns: number };
			read_area_history: { Args: { p_area: string; p_before?: number; p_limit?: number }; Returns: Json };
			read_area_tasks: {
				Args: { p_area?: string; p_from: string; p_limit?: number; p_to: string };
				Returns: Json;
			};
			read_board: { Args: { p_gathering: string }; Returns: Json };
			read_board_mark: { Args: { p_gathering: string }; Returns: string };
			read_calendar: { Args: Record<PropertyKey, never>; Returns: Json };
			read_call_list: { Args: { p_gathering: string }; Returns: Json };
			read_dashboard: { Args: { p_area: string; p_from: string; p_to: string }; Returns: Json };
			read_day: { Args: { p_day?: string }; Returns: Json };
			read_day_package: { Args: { p_gathering: string }; Returns: Json };
			read_export: { Args: { p_area: string; p_from: string; p_to: string; p_what: string }; Returns: Json };
			read_hour_requests: { Args: { p_limit?: number }; Returns: Json };
			read_invitation: { Args: { p_token: string }; Returns: Json };
			read_live: { Args: { p_area: string; p_date?: string }; Returns: Json };
			read_people: {
				Args: { p_area?: string; p_limit?: number; p_offset?: number; p_query: string; p_staff?: boolean };
				Returns: Json;
			};
			read_person: { Args: { p_person: string }; Returns: Json };
			read_planning: { Args: { p_day: string }; Returns: Json };
			read_records: {
				Args: {
					p_area: string;
					p_below?: boolean;
					p_figure: string;
					p_from: string;
					p_kind?: string;
					p_labour?: boolean;
					p_limit?: number;
					p_offset?: number;
					p_to: string;
				};
				Returns: Json;
			};
			read_results: { Args: { p_area?: string; p_from?: string; p_to?: string }; Returns: Json };
			read_roster: { Args: { p_gathering: string; p_task?: string }; Returns: Json };
			read_summary: { Args: { p_area: string; p_from: string; p_to: string }; Returns: Json };
			read_task: { Args: { p_task: string }; Returns: Json };
			read_task_records: { Args: { p_task: string }; Returns: Json };
			recompute_totals: { Args: Record<PropertyKey, never>; Returns: number };
			record_attendance: { Args: { p_events: Json }; Returns: Json };
			record_results: { Args: { p_entries: Json }; Returns: Json };
			record_walk_in: { Args: { p: Json }; Returns: Json };
			redeem_enrolment: { Args: { p_token: string }; Returns: string };
			release_photo: { Args: { p_photo: string; p_release: boolean }; Returns: undefined };
			remove_task: { Args: { p_task: string }; Returns: undefined };
			report_phone: {
				Args: { p_at: string; p_device: string; p_gathering: string; p_photos: number; p_records: number };
				Returns: undefined;
			};
			restore_gathering: { Args: { p_gathering: string }; Returns: undefined };
			restore_labour_day: { Args: { p_day: string }; Returns: undefined };
			roll_up_sums: { Args: Record<PropertyKey, never>; Returns: number };
			save_gathering: {
				Args: { p_area: string; p_day: string; p_expected?: Json; p_fields: Json; p_id: string };
				Returns: string;
			};
			save_plan: { Args: { p_changes: Json; p_gathering: string }; Returns: Json };
			save_summary_text: {
				Args: {
					p_area: string;
					p_block: string;
					p_body: string;
					p_from: string;
					p_language: string;
					p_seen?: string;
					p_to: string;
				};
				Returns: string;
			};
			set_my_phone: { Args: { p_crew_may_call?: boolean; p_phone: string }; Returns: undefined };
			set_preferences: { Args: { p_language?: string; p_large_text?: boolean }; Returns: undefined };
			set_role: {
				Args: { p_area: string; p_person: string; p_role?: Database['public']['Enums']['member_role'] };
				Returns: undefined;
			};
			set_setting: { Args: { p_key: string; p_value: string }; Returns: undefined };
			set_task_crew: {
				Args: { p_expected?: Json; p_max?: number; p_min?: number; p_note?: string; p_task: string };
				Returns: undefined;
			};
			setup_needed: { Args: Record<PropertyKey, never>; Returns: boolean };
			sign_up: { Args: { p_gathering: string; p_id: string; p_party: Json }; Returns: Json };
			sign_up_for: { Args: { p_gathering: string; p_parties: Json }; Returns: Json };
			sign_up_guest: {
				Args: {
					p_address: string;
					p_gathering: string;
					p_id: string;
					p_name: string;
					p_party: Json;
					p_phone: string;
					p_token_hash: string;
				};
				Returns: Json;
			};
			signup_by_code: { Args: { p_code: string; p_gathering: string }; Returns: string };
			stage_site_rows: { Args: { p_import: string; p_rows: Json }; Returns: number };
			start_account: {
				Args: { p_area?: string; p_display_name: string; p_language?: string };
				Returns: string;
			};
			take_attempt: {
				Args: { p_bucket: string; p_limit: number; p_window_seconds: number };
				Returns: boolean;
			};
			take_back_credit: { Args: { p_credit: string; p_id: string; p_reason: string }; Returns: string };
			verify_certificate: { Args: { p_address: string; p_number: string }; Returns: Json };
		};
		Enums: {
			area_level: 'district' | 'street' | 'community';
			attendance_kind: 'present' | 'void';
			attendance_source: 'leader' | 'organizer' | 'self';
			gathering_status: 'open' | 'cancelled' | 'closed';
			hazard: 'deep_water' | 'traffic' | 'heavy_lifting';
			labour_day_status: 'planned' | 'moved' | 'cancelled';
			member_role: 'leader' | 'organizer' | 'admin';
			photo_kind: 'before' | 'after' | 'other';
			signup_source: 'account' | 'guest' | 'organizer' | 'walk_in';
			signup_status: 'confirmed' | 'waitlisted' | 'cancelled';
			site_kind:
				'drain' | 'dead_corner' | 'adverts' | 'roadside' | 'market' | 'toilet' | 'river_bank' | 'other';
		};
		CompositeTypes: {
			[_ in never]: never;
		};
	};
};

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>];

export type Tables<
	DefaultSchemaTableNameOrOptions extends
		keyof (DefaultSchema['Tables'] & DefaultSchema['Views']) | { schema: keyof DatabaseWithoutInternals },
	TableName extends (DefaultSchemaTableNameOrOptions extends {
		schema: keyof DatabaseWithoutInternals;
	}
		? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
				DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
		: never) = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
	? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
			DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
			Row: infer R;
		}
		? R
		: never
	: DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
		? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
				Row: infer R;
			}
			? R
			: never
		: never;

export type TablesInsert<
	DefaultSchemaTableNameOrOptions extends
		keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
	TableName extends (DefaultSchemaTableNameOrOptions extends {
		schema: keyof DatabaseWithoutInternals;
	}
		? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
		: never) = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
	? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
			Insert: infer I;
		}
		? I
		: never
	: DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
		? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
				Insert: infer I;
			}
			? I
			: never
		: never;

export type TablesUpdate<
	DefaultSchemaTableNameOrOptions extends
		keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
	TableName extends (DefaultSchemaTableNameOrOptions extends {
		schema: keyof DatabaseWithoutInternals;
	}
		? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
		: never) = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
	? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
			Update: infer U;
		}
		? U
		: never
	: DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
		? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
				Update: infer U;
			}
			? U
			: never
		: never;

export type Enums<
	DefaultSchemaEnumNameOrOptions extends
		keyof DefaultSchema['Enums'] | { schema: keyof DatabaseWithoutInternals },
	EnumName extends (DefaultSchemaEnumNameOrOptions extends {
		schema: keyof DatabaseWithoutInternals;
	}
		? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
		: never) = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
	? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
	: DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
		? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
		: never;

export type CompositeTypes<
	PublicCompositeTypeNameOrOptions extends
		keyof DefaultSchema['CompositeTypes'] | { schema: keyof DatabaseWithoutInternals },
	CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
		schema: keyof DatabaseWithoutInternals;
	}
		? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
		: never) = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
	? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
	: PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
		? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
		: never;

export const Constants = {
	public: {
		Enums: {
			area_level: ['district', 'street', 'community'],
			attendance_kind: ['present', 'void'],
			attendance_source: ['leader', 'organizer', 'self'],
			gathering_status: ['open', 'cancelled', 'closed'],
			hazard: ['deep_water', 'traffic', 'heavy_lifting'],
			labour_day_status: ['planned', 'moved', 'cancelled'],
			member_role: ['leader', 'organizer', 'admin'],
			photo_kind: ['before', 'after', 'other'],
			signup_source: ['account', 'guest', 'organizer', 'walk_in'],
			signup_status: ['confirmed', 'waitlisted', 'cancelled'],
			site_kind: ['drain', 'dead_corner', 'adverts', 'roadside', 'market', 'toilet', 'river_bank', 'other']
		}
	}
} as const;
