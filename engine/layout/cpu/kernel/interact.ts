import { repelNear } from './near';
import {
  at,
  far,
  first,
  insideOf,
  last,
  listLength,
  near,
  next,
  pending,
  pendingLength,
  put,
  queue,
  sphereOf,
  spread,
} from './tables';
import { translate } from './translate';

/** The plain form's `fewPairs`. */
const fewPairs: u32 = 48;

/** `visit` of the plain form; `opening` is its square. */
function visit(to: u32, start: u32, end: u32, opening: f64, tolerance: f64, withSizes: bool): void {
  // Globals are loaded anew at every use.
  const list = queue;
  const toEnd = at(next, to);
  const isLeaf = toEnd === to + 1;
  const bodies = at(last, to) - at(first, to);
  const own = sphereOf(to);
  const x = load<f64>(own);
  const y = load<f64>(own, 8);
  const radius = load<f64>(own, 16);
  const parts = load<f64>(spread + ((<usize>to) << 3)) > 0;
  let left = end;
  let farCount: u32 = 0;
  let nearCount: u32 = 0;
  let queued = end - start;
  for (let k: u32 = 0; k < queued; k++) put(list, k, at(pending, start + k));
  for (let looked: u32 = 0; looked < queued; looked++) {
    const from = at(list, looked);
    const other = sphereOf(from);
    const inside = insideOf(from);
    const dx = x - load<f64>(other);
    const dy = y - load<f64>(other, 8);
    const otherRadius = load<f64>(other, 16);
    const reach = radius + otherRadius;
    const square = dx * dx + dy * dy;
    const reached = reach * reach;
    const cells = load<u32>(inside, 16);
    const isOtherLeaf = cells === 0;
    const areLeaves = isLeaf & isOtherLeaf;
    const isFew = areLeaves & (bodies * load<u32>(inside, 20) <= fewPairs);
    const isFar =
      (reached < opening * square) &
      (load<f64>(other, 24) * reached * reached * reach < tolerance * square * square * square) &
      (isFew ^ 1);
    const isOpened = (isFar ^ 1) & (isOtherLeaf ^ 1) & (isLeaf | (radius < otherRadius));
    // It is put into all lists, and stays in one of them: which one, no processor guesses.
    put(far, farCount, from);
    put(near, nearCount, from);
    put(pending, left, from);
    v128.store(list + ((<usize>queued) << 2), v128.load(inside));
    farCount += <u32>isFar;
    nearCount += <u32>((isFar ^ 1) & areLeaves & ((to !== from) | parts));
    left += <u32>((isFar | areLeaves | isOpened) ^ 1);
    queued += isOpened ? cells : 0;
    if (farCount === listLength) {
      translate(to, farCount);
      farCount = 0;
    }
    if (nearCount === listLength) {
      repelNear(to, nearCount, withSizes);
      nearCount = 0;
    }
    if (left > pendingLength) {
      left = pendingLength;
      repelLeaves(to, from, withSizes);
    }
  }
  if (farCount > 0) translate(to, farCount);
  if (nearCount > 0) repelNear(to, nearCount, withSizes);
  if (left === end) return;
  for (let child = to + 1; child < toEnd; child = at(next, child)) {
    visit(child, end, left, opening, tolerance, withSizes);
  }
}

/** `repelLeaves` of the plain form. */
function repelLeaves(to: u32, from: u32, withSizes: bool): void {
  for (let leaf = to; leaf < at(next, to); leaf++) {
    if (at(next, leaf) !== leaf + 1) continue;
    for (let other = from; other < at(next, from); other++) {
      if (at(next, other) !== other + 1) continue;
      put(near, 0, other);
      repelNear(leaf, 1, withSizes);
    }
  }
}

/** `interact` of the plain form. */
export function interact(target: u32, opening: f64, tolerance: f64, withSizes: bool): void {
  put(pending, 0, 0);
  visit(target, 0, 1, opening * opening, tolerance, withSizes);
}
