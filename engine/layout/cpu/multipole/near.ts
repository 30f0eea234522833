import { rimFactor } from '../repel.ts';
import { cellStride, type ForceTables } from './tables.ts';

/** Keeps 1/d² finite where bodies coincide: there the vector is 0, and with it the force. Also in float32. */
const tiny = 1e-30;

/** Adds to the bodies of each pair's first leaf what those of the second do to them one by one. */
export function repelNear(tables: ForceTables, near: Uint32Array, nearCount: number): void {
  const { cells, first, last, slot, slotX, slotY, slotMass, nearX, nearY } = tables;
  for (let pair = 0; pair < nearCount; pair += 2) {
    const to = near[pair];
    const from = near[pair + 1];
    const wx = cells[to * cellStride] - cells[from * cellStride];
    const wy = cells[to * cellStride + 1] - cells[from * cellStride + 1];
    const start = slot[from];
    const end = start + last[from] - first[from];
    const toEnd = slot[to] + last[to] - first[to];
    for (let i = slot[to]; i < toEnd; i++) {
      const xi = slotX[i] + wx;
      const yi = slotY[i] + wy;
      let fx = 0;
      let fy = 0;
      for (let j = start; j < end; j++) {
        const dx = xi - slotX[j];
        const dy = yi - slotY[j];
        const push = slotMass[j] / (dx * dx + dy * dy + tiny);
        fx += push * dx;
        fy += push * dy;
      }
      nearX[i] += fx;
      nearY[i] += fy;
    }
  }
}

/** The same between the rims of the bodies. */
export function repelNearRims(tables: ForceTables, near: Uint32Array, nearCount: number): void {
  const { cells, first, last, slot, slotX, slotY, slotMass, slotSize, nearX, nearY } = tables;
  for (let pair = 0; pair < nearCount; pair += 2) {
    const to = near[pair];
    const from = near[pair + 1];
    const wx = cells[to * cellStride] - cells[from * cellStride];
    const wy = cells[to * cellStride + 1] - cells[from * cellStride + 1];
    const start = slot[from];
    const end = start + last[from] - first[from];
    const toEnd = slot[to] + last[to] - first[to];
    for (let i = slot[to]; i < toEnd; i++) {
      const xi = slotX[i] + wx;
      const yi = slotY[i] + wy;
      let fx = 0;
      let fy = 0;
      for (let j = start; j < end; j++) {
        const dx = xi - slotX[j];
        const dy = yi - slotY[j];
        const square = dx * dx + dy * dy;
        if (square === 0) continue;
        const push = slotMass[j] * rimFactor(square, slotSize[i] + slotSize[j]);
        fx += push * dx;
        fy += push * dy;
      }
      nearX[i] += fx;
      nearY[i] += fy;
    }
  }
}
