/*
 * What a plan is worth: one sum, maximised. The goals stand in their order of importance, and their weights are far
 * enough apart that a lesser goal does not buy off a greater one in any plan that people would make by hand.
 *
 *   goal                                             points
 *   1 an urgent task has its minimum of heads        1,000 × (1 + priority) per task
 *     … but nobody to lead it                        −40 % of that
 *   2 nobody is left without a crew                  100 per head
 *   3 wishes                                         12 per head at a kind of work the party asked for
 *   4 short ways                                     8 per head in the own community, 5 in the same street,
 *                                                    else 4 less one per kilometre
 *     … and own tools                              2 per head where the site needs a tool that the party brings
 *   5 balance                                        −0.5 per head above the middle of a crew's minimum and maximum
 *   6 who was told a task keeps it                   0.25 per head; 50, above 3, when the fewest moves are asked for
 *
 * For every head each goal outweighs all that stand below it together.
 * A task that does not reach its minimum stays closed, unless somebody was pinned to it.
 */
import type { PlanTask, Stability } from './model';

export const PLACED = 100;
export const WISH = 12;
export const OWN_COMMUNITY = 8;
export const SAME_STREET = 5;
export const NEAR = 4;
export const TOOLS = 2;
export const UNBALANCED = 0.5;
const STAYED: Readonly<Record<Stability, number>> = { normal: 0.25, 'fewest-moves': 50 };
const LEADERLESS = 0.4;

export const staffedPoints = (task: PlanTask): number => 1000 * (1 + task.priority);
export const leaderlessPoints = (task: PlanTask): number => LEADERLESS * staffedPoints(task);
export const stayedPoints = (stability: Stability): number => STAYED[stability];

/** Heads beyond this are too many for comfort. */
export const middle = (task: PlanTask): number => Math.ceil((task.crewMin + task.crewMax) / 2);
