/** `npm run bench`: measures and prints tables. No verdict: times depend on the machine. */
import { mergeConfig } from 'vitest/config';
import base from '../../vite.config.ts';

const config = mergeConfig(base, {
	test: { testTimeout: 600_000, hookTimeout: 120_000, fileParallelism: false, disableConsoleIntercept: true }
});
config.test.include = ['tests/bench/**/*.bench.ts'];
export default config;
