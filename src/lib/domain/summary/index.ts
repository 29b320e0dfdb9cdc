export * from './compare';
export * from './data';
export * from './outline';
export * from './period';
export * from './rank';
