/** Bodies in Morton order. */
export interface Sorted {
  /** Where the bodies are, x0, y0, x1, y1, … */
  readonly places: Float64Array;
  /** The body at each place of the order. */
  readonly order: Uint32Array;
  /** Morton keys at each place, and room to sort. */
  readonly keys: Uint32Array;
  readonly spareOrder: Uint32Array;
  readonly spareKeys: Uint32Array;
}

/** Bits of a coordinate in a key, and the coordinate's bits at the even places of twice as many. */
const keyBits = 12;
const spread = Uint32Array.from({ length: 1 << keyBits }, (_, value) => {
  let bits = value;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
});

/**
 * Sorts a range of the order by Morton keys of 2 × 12 bits over the range's own box; a cell whose bodies share a key is
 * so keyed anew, however dense it is. False if the bodies all lie in one place.
 */
export function sortRange(sorted: Sorted, start: number, end: number): boolean {
  const { places, order, keys } = sorted;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let place = start; place < end; place++) {
    const x = places[2 * order[place]];
    const y = places[2 * order[place] + 1];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  const extent = Math.max(maxX - minX, maxY - minY);
  // Below this the square of a distance underflows, and such bodies exert no force on each other anyway.
  if (!(extent > 1e-150)) {
    keys.fill(0, start, end);
    return false;
  }
  const scale = ((1 << keyBits) - 1) / extent;
  for (let place = start; place < end; place++) {
    const i = 2 * order[place];
    keys[place] = spread[((places[i] - minX) * scale) | 0] | (spread[((places[i + 1] - minY) * scale) | 0] << 1);
  }
  // Two passes have the more counters to clear.
  if (end - start > counters.length) {
    sortByDigit(sorted, start, end, 0, keyBits);
    sortByDigit(swapped(sorted), start, end, keyBits, keyBits);
    return true;
  }
  const digit = (2 * keyBits) / 3;
  sortByDigit(sorted, start, end, 0, digit);
  sortByDigit(swapped(sorted), start, end, digit, digit);
  sortByDigit(sorted, start, end, 2 * digit, digit);
  keys.set(sorted.spareKeys.subarray(start, end), start);
  order.set(sorted.spareOrder.subarray(start, end), start);
  return true;
}

function swapped({ places, order, keys, spareOrder, spareKeys }: Sorted): Sorted {
  return { places, order: spareOrder, keys: spareKeys, spareOrder: order, spareKeys: keys };
}

const counters = new Uint32Array(1 << keyBits);

/** One stable pass of a radix sort, into the spare tables. */
function sortByDigit(sorted: Sorted, start: number, end: number, shift: number, bits: number): void {
  const { order, keys, spareOrder, spareKeys } = sorted;
  const digits = 1 << bits;
  const mask = digits - 1;
  counters.fill(0, 0, digits);
  for (let place = start; place < end; place++) counters[(keys[place] >>> shift) & mask]++;
  for (let digit = 0, at = start; digit < digits; digit++) {
    const count = counters[digit];
    counters[digit] = at;
    at += count;
  }
  for (let place = start; place < end; place++) {
    const to = counters[(keys[place] >>> shift) & mask]++;
    spareKeys[to] = keys[place];
    spareOrder[to] = order[place];
  }
}
