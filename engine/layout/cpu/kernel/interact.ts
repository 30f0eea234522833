import { repelNear } from './near';
import {
  at,
  far,
  insideOf,
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

/** What `interact` was asked for last; the opening is its square. */
let opening: f64 = 0;
let tolerance: f64 = 0;
let withSizes: bool = false;

/** Whether a cell is far from that at x, y with that radius: 1 if so. */
function isFar(other: usize, x: f64, y: f64, radius: f64): u32 {
  const dx = x - load<f64>(other);
  const dy = y - load<f64>(other, 8);
  const reach = radius + load<f64>(other, 16);
  const square = dx * dx + dy * dy;
  const reached = reach * reach;
  const isApart = <u32>(reached < opening * square);
  return isApart & <u32>(load<f64>(other, 24) * reached * reached * reach < tolerance * square * square * square);
}

/** `visit` of the plain form. */
function visit(to: u32, start: u32, end: u32): void {
  let queued: u32 = 0;
  for (let k = start; k < end; k++) put(queue, queued++, at(pending, k));
  if (at(next, to) === to + 1) {
    visitLeaf(to, queued);
    return;
  }
  const left = visitCell(to, queued, end);
  if (left === end) return;
  const toEnd = at(next, to);
  for (let child = to + 1; child < toEnd; child = at(next, child)) visit(child, end, left);
}

/** Finds what is far from a leaf and near. All goes into all lists and stays in one of them: which one, no processor guesses. */
function visitLeaf(to: u32, awaited: u32): void {
  // Globals are loaded anew at every use.
  const list = queue;
  const farList = far;
  const nearList = near;
  const bodies = load<u32>(insideOf(to), 20);
  const own = sphereOf(to);
  const x = load<f64>(own);
  const y = load<f64>(own, 8);
  const radius = load<f64>(own, 16);
  const isAlone = <u32>!(load<f64>(spread + ((<usize>to) << 3)) > 0);
  let queued = awaited;
  let farCount: u32 = 0;
  let nearCount: u32 = 0;
  for (let looked: u32 = 0; looked < queued; looked++) {
    const from = at(list, looked);
    const inside = insideOf(from);
    const cells = load<u32>(inside, 16);
    const isOtherLeaf = <u32>(cells === 0);
    const isFew = isOtherLeaf & <u32>(bodies * load<u32>(inside, 20) <= fewPairs);
    const isTaken = isFar(sphereOf(from), x, y, radius) & (isFew ^ 1);
    put(farList, farCount, from);
    put(nearList, nearCount, from);
    v128.store(list + ((<usize>queued) << 2), v128.load(inside));
    farCount += isTaken;
    nearCount += (isTaken ^ 1) & isOtherLeaf & ((isAlone & <u32>(to === from)) ^ 1);
    queued += isTaken ? 0 : cells;
    if (farCount === listLength) {
      translate(to, farCount);
      farCount = 0;
    }
    if (nearCount === listLength) {
      repelNear(to, nearCount, withSizes);
      nearCount = 0;
    }
  }
  if (farCount > 0) translate(to, farCount);
  if (nearCount > 0) repelNear(to, nearCount, withSizes);
}

/** Finds what is far from a cell; what is left to those inside it goes to the pending ones from `end` on. Returns their end. */
function visitCell(to: u32, awaited: u32, end: u32): u32 {
  // Globals are loaded anew at every use.
  const list = queue;
  const farList = far;
  const pendingList = pending;
  const own = sphereOf(to);
  const x = load<f64>(own);
  const y = load<f64>(own, 8);
  const radius = load<f64>(own, 16);
  let queued = awaited;
  let farCount: u32 = 0;
  let left = end;
  for (let looked: u32 = 0; looked < queued; looked++) {
    const from = at(list, looked);
    const inside = insideOf(from);
    const other = sphereOf(from);
    const cells = load<u32>(inside, 16);
    const isTaken = isFar(other, x, y, radius);
    const isOpened = (isTaken ^ 1) & <u32>(radius < load<f64>(other, 16)) & <u32>(cells > 0);
    put(farList, farCount, from);
    put(pendingList, left, from);
    v128.store(list + ((<usize>queued) << 2), v128.load(inside));
    farCount += isTaken;
    left += (isTaken | isOpened) ^ 1;
    queued += isOpened ? cells : 0;
    if (farCount === listLength) {
      translate(to, farCount);
      farCount = 0;
    }
    if (left > pendingLength) {
      left = pendingLength;
      repelLeaves(to, from);
    }
  }
  if (farCount > 0) translate(to, farCount);
  return left;
}

/** `repelLeaves` of the plain form. */
function repelLeaves(to: u32, from: u32): void {
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
export function interact(target: u32, atOpening: f64, atTolerance: f64, areSized: bool): void {
  opening = atOpening * atOpening;
  tolerance = atTolerance;
  withSizes = areSized;
  put(pending, 0, 0);
  visit(target, 0, 1);
}
