/** The assigning board: crews and their flaws, moves and their rules, what another organizer changed. */
export * from './crews';
export * from './differences';
export * from './moves';
