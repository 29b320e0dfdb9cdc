export * from './code';
export * from './entries';
export * from './records';
export * from './roster';
export * from './view';
