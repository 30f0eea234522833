/**
 * −log₁₀ of the probability that a Poisson variable of this mean is at least `count`; Infinity where that is impossible.
 * The tail is summed from its largest term on, in logarithms, so that no size under- or overflows.
 */
export function surpriseOf(count: number, mean: number): number {
  if (count <= 0) return 0;
  if (mean <= 0) return Infinity;
  if (count <= mean) return -Math.log10(1 - sumBelow(count, mean));
  let logTerm = -mean + count * Math.log(mean);
  for (let i = 2; i <= count; i++) logTerm -= Math.log(i);
  let sum = 1;
  for (let term = 1, k = count + 1; term > 1e-12 * sum; k++) {
    term *= mean / k;
    sum += term;
  }
  return Math.max(0, -(logTerm + Math.log(sum)) / Math.LN10);
}

/** The probability that a Poisson variable of this mean is below `count` ≤ mean. */
function sumBelow(count: number, mean: number): number {
  let logTerm = -mean;
  let sum = 0;
  for (let k = 0; k < count; k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(mean) - Math.log(k + 1);
  }
  return Math.min(sum, 1 - Number.EPSILON);
}

/**
 * The least surprise that passes among so many tests when no more than a share `rate` of what passes may be chance
 * (Benjamini and Hochberg 1995); Infinity if none does. Tests that are not listed count as failed.
 */
export function surpriseThreshold(surprises: readonly number[], tests: number, rate: number): number {
  const falling = [...surprises].sort((a, b) => b - a);
  for (let rank = falling.length; rank > 0; rank--) {
    const surprise = falling[rank - 1];
    if (surprise >= -Math.log10((rate * rank) / tests)) return surprise;
  }
  return Infinity;
}
