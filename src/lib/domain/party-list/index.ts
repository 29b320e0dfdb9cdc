/** A list of sign-ups pasted from a spreadsheet or typed line by line. */
export { LineIds } from './line-ids';
export {
	keepLines,
	parsePartyList,
	PARTY_PROBLEMS,
	type ListedParty,
	type PartyProblem,
	type PartyRow
} from './party-list';
