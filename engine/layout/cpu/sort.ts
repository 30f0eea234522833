import type { Bodies } from './bodies.ts';

/** Bodies in Morton order. */
export interface Sorted {
  /** The body at each place of the order. */
  readonly order: Uint32Array;
  /** Morton keys at each place, and room to sort. */
  readonly keys: Uint32Array;
  readonly spareOrder: Uint32Array;
  readonly spareKeys: Uint32Array;
}

/**
 * Sorts a range of the order by Morton keys of 2 × 16 bits over the range's own box; a cell whose bodies share a key is
 * so keyed anew, however dense it is. False if the bodies all lie in one place.
 */
export function sortRange(tree: Sorted, bodies: Bodies, start: number, end: number): boolean {
  const { x, y } = bodies;
  const { order, keys } = tree;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let place = start; place < end; place++) {
    const i = order[place];
    if (x[i] < minX) minX = x[i];
    if (x[i] > maxX) maxX = x[i];
    if (y[i] < minY) minY = y[i];
    if (y[i] > maxY) maxY = y[i];
  }
  const extent = Math.max(maxX - minX, maxY - minY);
  // Below this the square of a distance underflows, and such bodies exert no force on each other anyway.
  if (!(extent > 1e-150)) {
    keys.fill(0, start, end);
    return false;
  }
  const scale = 65535 / extent;
  for (let place = start; place < end; place++) {
    const i = order[place];
    keys[place] = spreadBits((x[i] - minX) * scale) | (spreadBits((y[i] - minY) * scale) << 1);
  }
  for (let shift = 0; shift < 32; shift += 8) sortByByte(tree, start, end, shift);
  return true;
}

/** The low 16 bits of a number at the even places of 32. */
function spreadBits(value: number): number {
  let bits = value & 0xffff;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}

const places = new Uint32Array(257);

/** One stable pass of a radix sort; an even number of passes leaves the result in `order` and `keys`. */
function sortByByte(tree: Sorted, start: number, end: number, shift: number): void {
  const fromKeys = (shift & 8) === 0 ? tree.keys : tree.spareKeys;
  const fromOrder = (shift & 8) === 0 ? tree.order : tree.spareOrder;
  const toKeys = (shift & 8) === 0 ? tree.spareKeys : tree.keys;
  const toOrder = (shift & 8) === 0 ? tree.spareOrder : tree.order;
  places.fill(0);
  for (let place = start; place < end; place++) places[((fromKeys[place] >>> shift) & 255) + 1]++;
  places[0] = start;
  for (let byte = 0; byte < 256; byte++) places[byte + 1] += places[byte];
  for (let place = start; place < end; place++) {
    const to = places[(fromKeys[place] >>> shift) & 255]++;
    toKeys[to] = fromKeys[place];
    toOrder[to] = fromOrder[place];
  }
}
