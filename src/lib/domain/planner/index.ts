export * from './explain';
export * from './model';
export * from './neighbours';
export * from './plan';
export * from './problems';
export type { Progress } from './search';
