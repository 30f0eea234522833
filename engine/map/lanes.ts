/** Where along it a gathered stroke has come into its lane, as a share of its length from either end. */
export const swing = 0.25;
/** How far aside a gathered stroke swings at most, as a share of its lane's length: wide places keep the way they face. */
const mostAside = 0.4;

/**
 * How far a stroke comes into its lane, 0 not at all to 1: `aside` is how far the lane's ends lie from its own, in the unit
 * of the lane's length. Twin of `swayOf` in shaders/render/strokes.vert.glsl.
 */
export function swayOf(bundling: number, laneLength: number, aside: number): number {
  return bundling * Math.min(1, (mostAside * laneLength) / Math.max(aside, Number.MIN_VALUE));
}

/** The share of its sway that a stroke has at a share of its length. */
export function pullAt(along: number): number {
  return smooth(Math.min(1, along / swing)) * smooth(Math.min(1, (1 - along) / swing));
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}
