import {
  at,
  counters,
  first,
  insideOf,
  keys,
  last,
  mostCells,
  next,
  order,
  places,
  put,
  slot,
  spareKeys,
  spareOrder,
} from './tables';

/** Bits of a coordinate in a key. */
const keyBits: u32 = 12;

/** Counters that there are. */
const counterCount: u32 = 1 << keyBits;

let cellCount: u32 = 0;

/** Spreads the bits of each entry to its even places. */
function spreadBits(values: v128): v128 {
  let bits = v128.and(v128.or(values, i32x4.shl(values, 8)), i32x4.splat(0x00ff00ff));
  bits = v128.and(v128.or(bits, i32x4.shl(bits, 4)), i32x4.splat(0x0f0f0f0f));
  bits = v128.and(v128.or(bits, i32x4.shl(bits, 2)), i32x4.splat(0x33333333));
  return v128.and(v128.or(bits, i32x4.shl(bits, 1)), i32x4.splat(0x55555555));
}

/** `sortRange` of the plain form. */
function sortRange(start: u32, end: u32): bool {
  let lowest = f64x2.splat(Infinity);
  let highest = f64x2.splat(-Infinity);
  for (let place = start; place < end; place++) {
    const xy = v128.load(places + ((<usize>at(order, place)) << 4));
    lowest = f64x2.pmin(lowest, xy);
    highest = f64x2.pmax(highest, xy);
  }
  const sides = f64x2.sub(highest, lowest);
  const extent = max(f64x2.extract_lane(sides, 0), f64x2.extract_lane(sides, 1));
  if (!(extent > 1e-150)) {
    memory.fill(keys + ((<usize>start) << 2), 0, (<usize>(end - start)) << 2);
    return false;
  }
  const scale = f64x2.splat(<f64>(counterCount - 1) / extent);
  for (let place = start; place < end; place++) {
    const xy = v128.load(places + ((<usize>at(order, place)) << 4));
    const bits = spreadBits(i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(f64x2.sub(xy, lowest), scale)));
    put(keys, place, i32x4.extract_lane(bits, 0) | (i32x4.extract_lane(bits, 1) << 1));
  }
  const bits = end - start > counterCount ? keyBits : keyBits / 2;
  for (let shift: u32 = 0; shift < 2 * keyBits; shift += 2 * bits) {
    sortByDigit(keys, order, spareKeys, spareOrder, start, end, shift, bits);
    sortByDigit(spareKeys, spareOrder, keys, order, start, end, shift + bits, bits);
  }
  return true;
}

function sortByDigit(
  fromKeys: usize,
  fromOrder: usize,
  toKeys: usize,
  toOrder: usize,
  start: u32,
  end: u32,
  shift: u32,
  bits: u32,
): void {
  // Globals are loaded anew at every use.
  const counts = counters;
  const digits: u32 = 1 << bits;
  const mask = digits - 1;
  memory.fill(counts, 0, digits << 2);
  for (let place = start; place < end; place++) {
    const digit = (at(fromKeys, place) >> shift) & mask;
    put(counts, digit, at(counts, digit) + 1);
  }
  let to = start;
  for (let digit: u32 = 0; digit < digits; digit++) {
    const count = at(counts, digit);
    put(counts, digit, to);
    to += count;
  }
  for (let place = start; place < end; place++) {
    const key = at(fromKeys, place);
    const digit = (key >> shift) & mask;
    const found = at(counts, digit);
    put(counts, digit, found + 1);
    put(toKeys, found, key);
    put(toOrder, found, at(fromOrder, place));
  }
}

/** `splitRange` of the plain form. */
function splitRange(start: u32, end: u32, leafSize: u32, awaited: u32): void {
  const cell = cellCount++;
  put(first, cell, start);
  put(last, cell, end);
  const mayPart = end - start > leafSize && cellCount + awaited + 4 <= mostCells;
  if (mayPart && (at(keys, start) !== at(keys, end - 1) || sortRange(start, end))) {
    const shift = (31 - clz(at(keys, start) ^ at(keys, end - 1))) & ~1;
    let from = start;
    while (from < end) {
      const quarter = at(keys, from) >> shift;
      let low = from + 1;
      let high = end;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (at(keys, middle) >> shift === quarter) low = middle + 1;
        else high = middle;
      }
      splitRange(from, low, leafSize, awaited + 3);
      from = low;
    }
  }
  put(next, cell, cellCount);
}

/** `buildCells` of the plain form. */
export function build(count: u32, leafSize: u32): u32 {
  cellCount = 0;
  sortRange(0, count);
  splitRange(0, count, leafSize, 0);
  let slots: u32 = 0;
  for (let cell: u32 = 0; cell < cellCount; cell++) {
    const inside = insideOf(cell);
    const end = at(next, cell);
    const bodies = at(last, cell) - at(first, cell);
    let cells: u32 = 0;
    for (let child = cell + 1; child < end; child = at(next, child)) put(inside, cells++, child);
    store<u32>(inside, cells, 16);
    store<u32>(inside, bodies, 20);
    if (cells > 0) continue;
    put(slot, cell, slots);
    slots = (slots + bodies + 3) & ~3;
  }
  return cellCount;
}
