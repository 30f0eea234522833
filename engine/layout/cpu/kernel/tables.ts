// Addresses of the tables that `tables.ts` of multipole and links describe; f64 is 8 bytes, f32 and u32 are 4.
export let places: usize = 0;
export let forces: usize = 0;
export let oldForces: usize = 0;
export let velocities: usize = 0;
export let mass: usize = 0;
export let size: usize = 0;
export let stiffness: usize = 0;
export let offsets: usize = 0;
export let ends: usize = 0;
export let pulls: usize = 0;
export let spheres: usize = 0;
export let series: usize = 0;
export let records: usize = 0;
export let boxes: usize = 0;
export let spread: usize = 0;
export let first: usize = 0;
export let last: usize = 0;
export let next: usize = 0;
export let insides: usize = 0;
export let slot: usize = 0;
export let order: usize = 0;
export let slotX: usize = 0;
export let slotY: usize = 0;
export let slotMass: usize = 0;
export let slotSize: usize = 0;
export let nearX: usize = 0;
export let nearY: usize = 0;
export let queue: usize = 0;
export let pending: usize = 0;
export let far: usize = 0;
export let near: usize = 0;
export let sources: usize = 0;
export let keys: usize = 0;
export let spareOrder: usize = 0;
export let spareKeys: usize = 0;
export let counters: usize = 0;
export let sums: usize = 0;

/** Cells that there is room for. */
export let mostCells: u32 = 0;

/** Entries of the lists of a walk, and of a row of its sources (`multipole/tables.ts`). */
export const listLength: u32 = 512;
export const pendingLength: u32 = 32_768;
export const sourceLength: usize = 256;
export const sourceStride: usize = 260;

export function bind(
  cells: u32,
  placesAt: usize,
  forcesAt: usize,
  oldForcesAt: usize,
  velocitiesAt: usize,
  massAt: usize,
  sizeAt: usize,
  stiffnessAt: usize,
  offsetsAt: usize,
  endsAt: usize,
  pullsAt: usize,
  spheresAt: usize,
  seriesAt: usize,
  recordsAt: usize,
  boxesAt: usize,
  spreadAt: usize,
  firstAt: usize,
  lastAt: usize,
  nextAt: usize,
  insidesAt: usize,
  slotAt: usize,
  orderAt: usize,
  slotXAt: usize,
  slotYAt: usize,
  slotMassAt: usize,
  slotSizeAt: usize,
  nearXAt: usize,
  nearYAt: usize,
  queueAt: usize,
  pendingAt: usize,
  farAt: usize,
  nearAt: usize,
  sourcesAt: usize,
  keysAt: usize,
  spareOrderAt: usize,
  spareKeysAt: usize,
  countersAt: usize,
  sumsAt: usize,
): void {
  mostCells = cells;
  places = placesAt;
  forces = forcesAt;
  oldForces = oldForcesAt;
  velocities = velocitiesAt;
  mass = massAt;
  size = sizeAt;
  stiffness = stiffnessAt;
  offsets = offsetsAt;
  ends = endsAt;
  pulls = pullsAt;
  spheres = spheresAt;
  series = seriesAt;
  records = recordsAt;
  boxes = boxesAt;
  spread = spreadAt;
  first = firstAt;
  last = lastAt;
  next = nextAt;
  insides = insidesAt;
  slot = slotAt;
  order = orderAt;
  slotX = slotXAt;
  slotY = slotYAt;
  slotMass = slotMassAt;
  slotSize = slotSizeAt;
  nearX = nearXAt;
  nearY = nearYAt;
  queue = queueAt;
  pending = pendingAt;
  far = farAt;
  near = nearAt;
  sources = sourcesAt;
  keys = keysAt;
  spareOrder = spareOrderAt;
  spareKeys = spareKeysAt;
  counters = countersAt;
  sums = sumsAt;
}

/** An entry of a table of u32. */
export function at(table: usize, index: u32): u32 {
  return load<u32>(table + ((<usize>index) << 2));
}

export function put(table: usize, index: u32, value: u32): void {
  store<u32>(table + ((<usize>index) << 2), value);
}

/** Where a cell's centre x, y, radius and mass lie. */
export function sphereOf(cell: u32): usize {
  return spheres + ((<usize>cell) << 5);
}

/** Where a cell's moments lie; its expansion lies 48 bytes further on. */
export function seriesOf(cell: u32): usize {
  return series + ((<usize>cell) << 7);
}

/** Where the cells inside a cell lie; 16 bytes further on how many they are, then how many bodies. */
export function insideOf(cell: u32): usize {
  return insides + ((<usize>cell) << 5);
}

/** Where a cell's mass, length ρ and moments in units of it lie, in float32. */
export function recordOf(cell: u32): usize {
  return records + ((<usize>cell) << 5);
}

export function boxOf(cell: u32): usize {
  return boxes + ((<usize>cell) << 5);
}

/** A length to measure in within a leaf, of which `spread` is the square of the radius: its radius, if float32 has its inverse. */
export function unitOf(square: f64): f64 {
  return square > 1e-70 ? sqrt(square) : 1;
}
