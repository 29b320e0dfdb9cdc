/** `npm run bench:db`: a city's ten years of records in a PostgreSQL of its own. Needs about 15 GB of disk for a while. */
import { mergeConfig } from 'vitest/config';
import base from '../../../vite.config.ts';

const config = mergeConfig(base, {
	test: {
		testTimeout: 3_600_000,
		hookTimeout: 3_600_000,
		fileParallelism: false,
		disableConsoleIntercept: true
	}
});
config.test.include = ['tests/bench/scale/*.scale.ts'];
export default config;
