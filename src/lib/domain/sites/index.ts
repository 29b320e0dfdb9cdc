/** Sites: their kinds and defaults, when they need cleaning, and how long and how far they are. */
export * from './geometry';
export * from './kinds';
export * from './needs-cleaning';
