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
  if (end - start > counters.length) sortByDigits(sorted, start, end, keyBits);
  else sortByDigits(sorted, start, end, keyBits / 2);
  return true;
}

const counters = new Uint32Array(1 << keyBits);

/** A radix sort from the lowest digit up, an even number of stable passes between the tables and the spare ones. */
function sortByDigits(sorted: Sorted, start: number, end: number, bits: number): void {
  const { order, keys, spareOrder, spareKeys } = sorted;
  for (let shift = 0; shift < 2 * keyBits; shift += 2 * bits) {
    sortByDigit(keys, order, spareKeys, spareOrder, start, end, shift, bits);
    sortByDigit(spareKeys, spareOrder, keys, order, start, end, shift + bits, bits);
  }
}

function sortByDigit(
  keys: Uint32Array,
  order: Uint32Array,
  toKeys: Uint32Array,
  toOrder: Uint32Array,
  start: number,
  end: number,
  shift: number,
  bits: number,
): void {
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
    const key = keys[place];
    const to = counters[(key >>> shift) & mask]++;
    toKeys[to] = key;
    toOrder[to] = order[place];
  }
}
