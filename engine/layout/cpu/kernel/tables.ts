// Addresses of the tables that `tables.ts` of multipole and links describe; f64 is 8 bytes, f32 and u32 are 4.
export let places: usize = 0;
export let forces: usize = 0;
export let mass: usize = 0;
export let size: usize = 0;
export let stiffness: usize = 0;
export let offsets: usize = 0;
export let ends: usize = 0;
export let pulls: usize = 0;
export let cells: usize = 0;
export let first: usize = 0;
export let last: usize = 0;
export let next: usize = 0;
export let slot: usize = 0;
export let order: usize = 0;
export let slotX: usize = 0;
export let slotY: usize = 0;
export let slotMass: usize = 0;
export let slotSize: usize = 0;
export let nearX: usize = 0;
export let nearY: usize = 0;
export let stack: usize = 0;
export let far: usize = 0;
export let near: usize = 0;

/** Bytes of a cell: 26 f64. */
export const cellBytes: usize = 208;

/** Pairs of cells that wait until there are many: `listLength` of the plain form. */
export const listLength: i32 = 2048;

export function bind(
  placesAt: usize,
  forcesAt: usize,
  massAt: usize,
  sizeAt: usize,
  stiffnessAt: usize,
  offsetsAt: usize,
  endsAt: usize,
  pullsAt: usize,
  cellsAt: usize,
  firstAt: usize,
  lastAt: usize,
  nextAt: usize,
  slotAt: usize,
  orderAt: usize,
  slotXAt: usize,
  slotYAt: usize,
  slotMassAt: usize,
  slotSizeAt: usize,
  nearXAt: usize,
  nearYAt: usize,
  stackAt: usize,
  farAt: usize,
  nearAt: usize,
): void {
  places = placesAt;
  forces = forcesAt;
  mass = massAt;
  size = sizeAt;
  stiffness = stiffnessAt;
  offsets = offsetsAt;
  ends = endsAt;
  pulls = pullsAt;
  cells = cellsAt;
  first = firstAt;
  last = lastAt;
  next = nextAt;
  slot = slotAt;
  order = orderAt;
  slotX = slotXAt;
  slotY = slotYAt;
  slotMass = slotMassAt;
  slotSize = slotSizeAt;
  nearX = nearXAt;
  nearY = nearYAt;
  stack = stackAt;
  far = farAt;
  near = nearAt;
}

/** An entry of a table of u32. */
export function at(table: usize, index: u32): u32 {
  return load<u32>(table + ((<usize>index) << 2));
}
