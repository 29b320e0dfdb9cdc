export * from './explain';
export * from './model';
export * from './plan';
export * from './problems';
export type { Progress } from './search';
