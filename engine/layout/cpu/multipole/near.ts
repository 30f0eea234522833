import { rimFactor } from '../repel.ts';
import { type ForceTables, sourceLength, sourceStride, sphereStride, type Walk } from './tables.ts';

/** Keeps 1/d² finite where bodies coincide: there the vector is 0, and with it the force. Also in float32. */
const tiny = 1e-30;

/** Adds to the bodies of a leaf what those of the leaves near it do to them one by one, or from rim to rim. */
export function repelNear(tables: ForceTables, walk: Walk, target: number, count: number, withSizes: boolean): void {
  const { spheres, first, last, slot, slotX, slotY, slotMass, slotSize } = tables;
  const { near, sources } = walk;
  const repel = withSizes ? repelRims : repelBodies;
  let gathered = 0;
  for (let k = 0; k < count; k++) {
    const from = near[k];
    const wx = spheres[from * sphereStride] - spheres[target * sphereStride];
    const wy = spheres[from * sphereStride + 1] - spheres[target * sphereStride + 1];
    const end = slot[from] + last[from] - first[from];
    for (let j = slot[from]; j < end; j++) {
      sources[gathered] = slotX[j] + wx;
      sources[gathered + sourceStride] = slotY[j] + wy;
      sources[gathered + 2 * sourceStride] = slotMass[j];
      sources[gathered + 3 * sourceStride] = slotSize[j];
      gathered++;
      if (gathered < sourceLength) continue;
      repel(tables, sources, target, gathered);
      gathered = 0;
    }
  }
  repel(tables, sources, target, gathered);
}

function repelBodies(tables: ForceTables, sources: Float64Array, target: number, count: number): void {
  const { first, last, slot, slotX, slotY, nearX, nearY } = tables;
  const end = slot[target] + last[target] - first[target];
  for (let i = slot[target]; i < end; i++) {
    const xi = slotX[i];
    const yi = slotY[i];
    let fx = 0;
    let fy = 0;
    for (let j = 0; j < count; j++) {
      const dx = xi - sources[j];
      const dy = yi - sources[j + sourceStride];
      const push = sources[j + 2 * sourceStride] / (dx * dx + dy * dy + tiny);
      fx += push * dx;
      fy += push * dy;
    }
    nearX[i] += fx;
    nearY[i] += fy;
  }
}

function repelRims(tables: ForceTables, sources: Float64Array, target: number, count: number): void {
  const { first, last, slot, slotX, slotY, slotSize, nearX, nearY } = tables;
  const end = slot[target] + last[target] - first[target];
  for (let i = slot[target]; i < end; i++) {
    let fx = 0;
    let fy = 0;
    for (let j = 0; j < count; j++) {
      const dx = slotX[i] - sources[j];
      const dy = slotY[i] - sources[j + sourceStride];
      const square = dx * dx + dy * dy;
      if (square === 0) continue;
      const push = sources[j + 2 * sourceStride] * rimFactor(square, slotSize[i] + sources[j + 3 * sourceStride]);
      fx += push * dx;
      fy += push * dy;
    }
    nearX[i] += fx;
    nearY[i] += fy;
  }
}
