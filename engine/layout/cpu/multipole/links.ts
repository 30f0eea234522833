import type { ForceAtlas2Settings } from '../../settings.ts';
import type { Bodies } from '../bodies.ts';
import type { Gravity } from '../push.ts';
import type { Springs } from '../springs.ts';
import type { ForceTables } from './tables.ts';

/** Links of one body come in so many, since vectors take them so; a body that has fewer is linked to itself by a pull of 0. */
const group = 4;

/** Room for the links of each node, from either end. */
function roomsOf({ offsets, targets }: Springs): Uint32Array {
  const rooms = new Uint32Array(offsets.length - 1);
  for (let node = 0; node < rooms.length; node++) rooms[node] = offsets[node + 1] - offsets[node];
  for (const target of targets) rooms[target]++;
  return rooms.map((links) => Math.ceil(links / group) * group);
}

/** Entries of the links of these springs. */
export function linkCount(springs: Springs): number {
  return roomsOf(springs).reduce((sum, room) => sum + room, 0);
}

/**
 * Writes springs, which are between nodes, as links between bodies, one from either end, so that each body gathers its own
 * attraction and none is written twice. Returns whether all pull equally.
 */
export function linksInto(
  tables: ForceTables,
  { count, nodes, ranks, mass }: Bodies,
  springs: Springs,
  settings: ForceAtlas2Settings,
): boolean {
  const { offsets, ends, pulls } = tables;
  const isDissuading = settings.outboundAttractionDistribution;
  const meanMass = mass.reduce((sum, m) => sum + m, 0) / count;
  const rooms = roomsOf(springs);
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i] + rooms[nodes[i]];
  const cursor = offsets.slice(0, count);
  let isEven = true;
  for (let i = 0; i < count; i++) {
    const strength = isDissuading ? meanMass / mass[i] : 1;
    for (let k = springs.offsets[nodes[i]]; k < springs.offsets[nodes[i] + 1]; k++) {
      const j = ranks[springs.targets[k]];
      const pull = strength * springs.pulls[k];
      pulls[cursor[i]] = pull;
      ends[cursor[i]++] = 2 * j;
      pulls[cursor[j]] = pull;
      ends[cursor[j]++] = 2 * i;
      isEven &&= pulls[cursor[j] - 1] === pulls[0];
    }
  }
  for (let i = 0; i < count; i++) {
    ends.fill(2 * i, cursor[i], offsets[i + 1]);
    pulls.fill(0, cursor[i], offsets[i + 1]);
  }
  return isEven;
}

/** Adds gravity to the forces on some nodes. */
export function gravitate(tables: ForceTables, from: number, to: number, by: Gravity): void {
  const { places, mass, forces } = tables;
  const { gravity, strongGravityMode } = by;
  for (let i = from; i < to; i++) {
    const x = places[2 * i];
    const y = places[2 * i + 1];
    const distance = Math.sqrt(x * x + y * y);
    if (distance === 0) continue;
    const pull = (gravity * mass[i]) / (strongGravityMode ? 1 : distance);
    forces[2 * i] -= pull * x;
    forces[2 * i + 1] -= pull * y;
  }
}

/** Sets the forces on some nodes to −e Σ r where e is the same everywhere: the sum of places needs no differences. */
export function attractEvenly(tables: ForceTables, from: number, to: number): void {
  const { places, offsets, ends, pulls, forces } = tables;
  const pull = pulls[0];
  for (let i = from; i < to; i++) {
    const end = offsets[i + 1];
    const links = end - offsets[i];
    let sumX = 0;
    let sumY = 0;
    let otherX = 0;
    let otherY = 0;
    // Two sums at once, since each addition waits for the one before.
    for (let k = offsets[i]; k < end; k += 2) {
      const j = ends[k];
      const l = ends[k + 1];
      sumX += places[j];
      sumY += places[j + 1];
      otherX += places[l];
      otherY += places[l + 1];
    }
    forces[2 * i] = pull * (sumX + otherX - links * places[2 * i]);
    forces[2 * i + 1] = pull * (sumY + otherY - links * places[2 * i + 1]);
  }
}

/** Sets the forces on some nodes to −Σ e r. */
export function attractLinearly(tables: ForceTables, from: number, to: number): void {
  const { places, offsets, ends, pulls, forces } = tables;
  for (let i = from; i < to; i++) {
    const end = offsets[i + 1];
    const x = places[2 * i];
    const y = places[2 * i + 1];
    let sumX = 0;
    let sumY = 0;
    let otherX = 0;
    let otherY = 0;
    // Two sums at once, since each addition waits for the one before.
    for (let k = offsets[i]; k < end; k += 2) {
      const j = ends[k];
      const l = ends[k + 1];
      sumX += pulls[k] * (x - places[j]);
      sumY += pulls[k] * (y - places[j + 1]);
      otherX += pulls[k + 1] * (x - places[l]);
      otherY += pulls[k + 1] * (y - places[l + 1]);
    }
    forces[2 * i] = -(sumX + otherX);
    forces[2 * i + 1] = -(sumY + otherY);
  }
}

/** Sets the forces on some nodes to −Σ e ln(1 + d)/d r, and the stiffness to Σ e ln(1 + d)/d. */
export function attractByLogarithm(tables: ForceTables, from: number, to: number): void {
  const { places, offsets, ends, pulls, forces, stiffness } = tables;
  for (let i = from; i < to; i++) {
    const end = offsets[i + 1];
    let sumX = 0;
    let sumY = 0;
    let held = 0;
    for (let k = offsets[i]; k < end; k++) {
      const j = ends[k];
      const dx = places[2 * i] - places[j];
      const dy = places[2 * i + 1] - places[j + 1];
      const distance = Math.sqrt(dx * dx + dy * dy);
      const pull = distance > 0 ? (pulls[k] * Math.log(1 + distance)) / distance : pulls[k];
      held += pull;
      sumX += pull * dx;
      sumY += pull * dy;
    }
    forces[2 * i] = -sumX;
    forces[2 * i + 1] = -sumY;
    stiffness[i] = held;
  }
}

/** Either with distances between the rims of the nodes, and none where they touch. */
export function attractRims(tables: ForceTables, from: number, to: number, byLogarithm: boolean): void {
  const { places, size, offsets, ends, pulls, forces, stiffness } = tables;
  for (let i = from; i < to; i++) {
    const end = offsets[i + 1];
    let sumX = 0;
    let sumY = 0;
    let held = 0;
    for (let k = offsets[i]; k < end; k++) {
      const j = ends[k];
      const dx = places[2 * i] - places[j];
      const dy = places[2 * i + 1] - places[j + 1];
      const gap = Math.sqrt(dx * dx + dy * dy) - size[i] - size[j / 2];
      if (!(gap > 0)) continue;
      const pull = byLogarithm ? (pulls[k] * Math.log(1 + gap)) / gap : pulls[k];
      held += pull;
      sumX += pull * dx;
      sumY += pull * dy;
    }
    forces[2 * i] = -sumX;
    forces[2 * i + 1] = -sumY;
    stiffness[i] = held;
  }
}
