/**
 * What a node adds to the height around it, as a function of its distance r and the spread s.
 *
 * - `cauchy`: 1 / (1 + (r/s)²); its long tail joins clusters into ranges
 * - `gaussian`: exp(−½ (r/s)²); clusters stay apart
 */
export type KernelName = 'cauchy' | 'gaussian';

/** A value for a squared distance in layout units. */
export type Radial = (squaredDistance: number) => number;

/** A radial kernel and its parts, `whole` = `smooth` + `near`; a part that is 0 everywhere is left out. */
export interface Kernel {
  readonly whole: Radial;
  /** What the lattice resolves. */
  readonly smooth: Radial | undefined;
  /** What is missing close to a node where the spread is narrow against the lattice. */
  readonly near: Radial | undefined;
  /** The distance in layout units beyond which `near` may be left out. */
  readonly nearRadius: number;
}

/** The narrowest spread, in knots of a lattice, that splines resolve to far better than 0.1 %. */
export const resolvedKnots = 3.5;
/** The wider spread, in knots, that a narrower kernel's smooth part is made of. */
const wideKnots = 5;
/** The share of a kernel that may be cut off. */
const negligible = 2e-4;

/**
 * The kernel of that spread, in parts suited to a lattice of that spacing (both in layout units).
 *
 * A Cauchy kernel K narrower than 3.5 knots is, with S = 5 knots, K·(1 − t⁴) + K·t⁴ with t = (S² − s²) / (S² + r²). The first part is a
 * sum of powers of Cauchy kernels of spread S with the tail of K; the second falls as r⁻¹⁰ and is cut off where it is
 * 2e-4 of K, which therefore costs at most that share of any sum of kernels, wherever it is taken.
 */
export function createKernel(name: KernelName, spread: number, spacing: number): Kernel {
  const squaredSpread = spread * spread;
  const squaredWide = (wideKnots * spacing) ** 2;
  const gap = squaredWide - squaredSpread;
  const isResolved = spread >= resolvedKnots * spacing;
  if (name === 'gaussian') {
    const whole: Radial = (squaredDistance) => Math.exp((-0.5 * squaredDistance) / squaredSpread);
    if (isResolved) return { whole, smooth: whole, near: undefined, nearRadius: 0 };
    const nearRadius = Math.max(spread * Math.sqrt(-2 * Math.log(negligible / 10)), 2 * spacing);
    return { whole, smooth: undefined, near: whole, nearRadius };
  }
  const whole: Radial = (squaredDistance) => squaredSpread / (squaredSpread + squaredDistance);
  if (isResolved) return { whole, smooth: whole, near: undefined, nearRadius: 0 };
  const nearShare: Radial = (squaredDistance) => {
    const t = gap / (squaredWide + squaredDistance);
    return t * t * (t * t);
  };
  return {
    whole,
    smooth: (squaredDistance) => whole(squaredDistance) * (1 - nearShare(squaredDistance)),
    near: (squaredDistance) => whole(squaredDistance) * nearShare(squaredDistance),
    nearRadius: Math.sqrt(Math.max(0, gap * negligible ** -0.25 - squaredWide)),
  };
}
