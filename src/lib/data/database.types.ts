export type Database = {
	public: {
		Tables: Record<never, never>;
		Views: Record<never, never>;
		Functions: {
			setup_needed: { Args: never; Returns: boolean };
			take_attempt: {
				Args: { p_bucket: string; p_limit: number; p_window_seconds: number };
				Returns: boolean;
			};
		};
		Enums: Record<never, never>;
		CompositeTypes: Record<never, never>;
	};
};
