/** How a party's size and words are bounded; the database has the same limits. */

export const MAX_NAME = 40;
export const MAX_TOOLS = 100;
/** A larger group is signed up by an organizer. */
export const MAX_PARTY = 20;
