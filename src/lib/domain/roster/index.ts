export * from './code';
export * from './conflict';
export * from './entries';
export * from './figures-input';
export * from './records';
export * from './roster';
export * from './view';
