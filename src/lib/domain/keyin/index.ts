export * from './row';
export * from './row-code';
