/*
 * Cutting numbers short. A figure never claims more than was done, so nothing here rounds up; and it works on the
 * decimal digits, because 0.1 + 0.2 and 4.35 × 100 are not what they look like in binary.
 */

export interface Cut {
	/** What is left; never more than the number cut. */
	value: number;
	/** Whether anything was lost. */
	cut: boolean;
	/** The power of ten of the first digit: 4 for 20,345, -1 for 0.25. */
	exponent: number;
}

/** Keeps so many significant digits: (20345, 2) → 20000. */
export function cutToDigits(value: number, digits: number): Cut {
	return cutAfter(value, () => digits);
}

/** Keeps so many digits after the point: (203.68, 1) → 203.6. */
export function cutToDecimals(value: number, decimals: number): Cut {
	return cutAfter(value, (exponent) => exponent + 1 + decimals);
}

function cutAfter(value: number, keep: (exponent: number) => number): Cut {
	if (!Number.isFinite(value) || value < 0) throw new RangeError(`not a figure: ${value}`);
	const [mantissa = '0', power = '0'] = withoutNoise(value).toExponential().split('e');
	const all = mantissa.replace('.', '');
	const exponent = Number(power);
	const kept = all.slice(0, Math.max(0, keep(exponent)));
	return {
		value: kept === '' ? 0 : Number(`${kept[0]}.${kept.slice(1)}e${exponent}`),
		cut: /[1-9]/.test(all.slice(kept.length)),
		exponent
	};
}

/** Sums of decimals carry noise in the 16th digit; nothing that is weighed here has more than twelve. */
function withoutNoise(value: number): number {
	return Number.isInteger(value) ? value : Number(value.toPrecision(12));
}
