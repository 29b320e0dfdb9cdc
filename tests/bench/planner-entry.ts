/** All of the planner that a bench asks for, as one file to build. */
export * from '$lib/domain/planner';
export * from '$lib/domain/planner/families';
export * from '$lib/domain/planner/oracle';
