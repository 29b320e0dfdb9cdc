/** What is wrong with a line of a list of areas, in words. */
import type { AreaProblem, BadArea } from '$lib/domain/areas/read-areas';
import { m } from '$lib/paraglide/messages';

const WORDS: Readonly<Record<AreaProblem, (detail: string) => string>> = {
	'no-column': (detail) => m.setup_bad_no_column({ detail }),
	'no-code': () => m.setup_bad_no_code(),
	'bad-code': (detail) => m.setup_bad_code_form({ detail }),
	'code-repeated': (detail) => m.setup_bad_repeated({ detail }),
	'no-name': () => m.setup_bad_no_name(),
	'name-too-long': (detail) => m.setup_bad_name_long({ detail }),
	'bad-level': (detail) => m.setup_bad_level({ detail }),
	'unknown-parent': (detail) => m.setup_bad_parent({ detail }),
	'other-district': (detail) => m.setup_bad_other_district({ detail }),
	'too-many': (detail) => m.setup_bad_too_many({ detail })
};

/** 第 12 行：… */
export const areaProblem = ({ line, problem, detail }: BadArea): string =>
	m.setup_bad_line({ line, problem: WORDS[problem](detail) });
