import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';

/** Adds the repulsion of all other nodes to every node's force. */
export type Repel = (bodies: Bodies, settings: ForceAtlas2Settings) => void;

/** The sum over all pairs: the reference, and right for small graphs. */
export const repelExactly: Repel = (bodies, settings) => {
  const { count, places, forces, mass, size } = bodies;
  const { scalingRatio, adjustSizes } = settings;
  for (let i = 1; i < count; i++) {
    const strength = scalingRatio * mass[i];
    let sumX = 0;
    let sumY = 0;
    for (let j = 0; j < i; j++) {
      const dx = places[2 * i] - places[2 * j];
      const dy = places[2 * i + 1] - places[2 * j + 1];
      const square = dx * dx + dy * dy;
      if (square === 0) continue;
      const push = strength * mass[j] * (adjustSizes ? rimFactor(square, size[i] + size[j]) : 1 / square);
      sumX += push * dx;
      sumY += push * dy;
      forces[2 * j] -= push * dx;
      forces[2 * j + 1] -= push * dy;
    }
    forces[2 * i] += sumX;
    forces[2 * i + 1] += sumY;
  }
};

/** 1/d′² between the rims of two nodes, 100 where they overlap, 0 where they touch. */
export function rimFactor(square: number, sizes: number): number {
  const gap = Math.sqrt(square) - sizes;
  return gap > 0 ? 1 / (gap * gap) : gap < 0 ? 100 : 0;
}
