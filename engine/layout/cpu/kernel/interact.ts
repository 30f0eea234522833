import { repelNear, repelNearRims } from './near';
import { at, cellBytes, cells, far, first, last, listLength, near, next, stack } from './tables';
import { translate } from './translate';

/** The plain form's `fewPairs`. */
const fewPairs: u32 = 48;

function push(pair: usize, to: u32, from: u32): usize {
  store<u32>(pair, to);
  store<u32>(pair, from, 4);
  return pair + 8;
}

function repelPairs(count: usize, withSizes: bool): void {
  if (withSizes) repelNearRims(<i32>(count >> 2));
  else repelNear(<i32>(count >> 2));
}

/** `interact` of the plain form. */
export function interact(target: u32, opening: f64, tolerance: f64, withSizes: bool): void {
  // Globals are loaded anew at every use.
  const table = cells;
  const ends = next;
  const square = opening * opening;
  const farFull = far + (listLength << 3);
  const nearFull = near + (listLength << 3);
  let farEnd = far;
  let nearEnd = near;
  let top = push(stack, target, 0);
  while (top > stack) {
    top -= 8;
    const to = load<u32>(top);
    const from = load<u32>(top, 4);
    const center = table + <usize>to * cellBytes;
    const other = table + <usize>from * cellBytes;
    const dx = load<f64>(center) - load<f64>(other);
    const dy = load<f64>(center, 8) - load<f64>(other, 8);
    const radius = load<f64>(center, 16);
    const otherRadius = load<f64>(other, 16);
    const reach = radius + otherRadius;
    const distance = dx * dx + dy * dy;
    const reached = reach * reach;
    const isFar =
      reached < square * distance &&
      load<f64>(other, 24) * reached * reached * reach < tolerance * distance * distance * distance;
    const toEnd = at(ends, to);
    const fromEnd = at(ends, from);
    const isLeaf = toEnd === to + 1;
    const isOtherLeaf = fromEnd === from + 1;
    if (isLeaf && isOtherLeaf) {
      if (isFar && (at(last, to) - at(first, to)) * (at(last, from) - at(first, from)) > fewPairs) {
        farEnd = push(farEnd, to, from);
      } else if (to !== from || load<f64>(center, 160) > 0) {
        nearEnd = push(nearEnd, to, from);
      }
    } else if (isFar) {
      farEnd = push(farEnd, to, from);
    } else if (isOtherLeaf || (!isLeaf && radius >= otherRadius)) {
      for (let child = to + 1; child < toEnd; child = at(ends, child)) top = push(top, child, from);
    } else {
      for (let child = from + 1; child < fromEnd; child = at(ends, child)) top = push(top, to, child);
    }
    if (farEnd === farFull) {
      translate(listLength << 1);
      farEnd = far;
    }
    if (nearEnd === nearFull) {
      repelPairs(nearEnd - near, withSizes);
      nearEnd = near;
    }
  }
  translate(<i32>((farEnd - far) >> 2));
  repelPairs(nearEnd - near, withSizes);
}
