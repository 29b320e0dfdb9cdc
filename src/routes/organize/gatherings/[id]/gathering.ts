import { createContext } from 'svelte';
import type { BoardData } from '$lib/data/board';
import type { Resource } from '$lib/data/resource.svelte';

/** The gathering that a page and its neighbours show, read once. */
export const [getGathering, setGathering] = createContext<Resource<BoardData>>();
