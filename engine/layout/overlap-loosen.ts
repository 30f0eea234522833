import { type Discs, pairsNearer } from './overlap-pairs.ts';

/** Share of the distance of their centres by which two discs are set apart beyond touching, so that passes come to an end. */
const spare = 1e-3;
/**
 * Discs step aside for each other by just what it takes at first, so that a crowd spreads without being stirred, and by nearly
 * twice as much after so many passes (over-relaxation), so that the rest comes to an end soon; at twice it never would.
 */
const mostOvershoot = 0.9;
const gentlePasses = 50;
/** How far discs may be from touching to be looked at, in mean radii: with more there are more pairs, with less more searches. */
const slackRadii = 4;
/** Turns by the golden angle part discs in one place in ever other directions. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/**
 * Pushes overlapping discs apart, pair by pair, pass after pass, in place; the smaller of two moves more, by area. Pairs are
 * looked up with some slack, and anew when a disc has used it up, so that none is missed. Ends when nothing overlaps or
 * after so many passes, and says how many there were.
 */
export function loosen(discs: Discs, mostPasses: number): number {
  const { x, y, radius } = discs;
  const slack = (slackRadii * radius.reduce((sum, r) => sum + r, 0)) / Math.max(1, radius.length);
  const fromX = new Float64Array(x.length);
  const fromY = new Float64Array(y.length);
  let passes = 0;
  while (passes < mostPasses) {
    const pairs = pairsNearer(discs, slack);
    fromX.set(x);
    fromY.set(y);
    let hasSlack = true;
    while (hasSlack && passes < mostPasses) {
      const overshoot = mostOvershoot * Math.min(1, passes / gentlePasses);
      if (passOver(pairs, discs, 1 + overshoot, passes % 2 === 0) === 0) return passes;
      passes++;
      for (let i = 0; i < radius.length && hasSlack; i++) {
        const dx = x[i] - fromX[i];
        const dy = y[i] - fromY[i];
        hasSlack = 4 * (dx * dx + dy * dy) < slack * slack;
      }
    }
  }
  return passes;
}

/** One pass over the pairs, forwards or backwards; returns how many overlapped. */
function passOver(pairs: Uint32Array, { x, y, radius }: Discs, relaxation: number, isForwards: boolean): number {
  let overlaps = 0;
  const last = pairs.length - 2;
  for (let at = 0; at <= last; at += 2) {
    const k = isForwards ? at : last - at;
    const i = pairs[k];
    const j = pairs[k + 1];
    const reach = radius[i] + radius[j];
    let dx = x[i] - x[j];
    let dy = y[i] - y[j];
    const square = dx * dx + dy * dy;
    if (square >= reach * reach) continue;
    overlaps++;
    let distance = Math.sqrt(square);
    if (distance < spare * reach) {
      distance = spare * reach;
      dx = distance * Math.cos(goldenAngle * (i + j));
      dy = distance * Math.sin(goldenAngle * (i + j));
    }
    const push = (relaxation * (reach - distance) + spare * reach) / distance;
    const share = radius[j] ** 2 / (radius[i] ** 2 + radius[j] ** 2);
    x[i] += share * push * dx;
    y[i] += share * push * dy;
    x[j] -= (1 - share) * push * dx;
    y[j] -= (1 - share) * push * dy;
  }
  return overlaps;
}
