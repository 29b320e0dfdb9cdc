/**
 * The parts of one sum in whole steps, cut so that they add up to the sum, which is cut to whole steps itself: what cutting
 * each by itself would lose goes to the parts that lost the most. For parts that stand beside their sum and nowhere else; what
 * is a figure of its own is cut by itself.
 * @param parts none below zero
 */
export function partsInSteps(parts: readonly number[], step: number): number[] {
	const whole = Math.floor(parts.reduce((sum, part) => sum + part, 0) / step);
	const cut = parts.map((part) => Math.floor(part / step));
	const left = whole - cut.reduce((sum, steps) => sum + steps, 0);
	const most = parts
		.map((part, index) => ({ index, rest: part % step }))
		.toSorted((a, b) => b.rest - a.rest)
		.slice(0, left);
	for (const { index } of most) cut[index]! += 1;
	return cut;
}
