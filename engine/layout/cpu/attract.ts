import type { ForceAtlas2Settings } from '../settings.ts';
import type { Bodies } from './bodies.ts';
import type { Springs } from './springs.ts';

/**
 * Adds the attraction along every edge to the forces of its two ends, and what it is per distance to their stiffness where
 * that changes with the distance; elsewhere the stiffness is left as it is (`stiffnessInto`).
 */
export function attract(bodies: Bodies, springs: Springs, settings: ForceAtlas2Settings): void {
  const { count, places, forces, mass, size, stiffness } = bodies;
  const { offsets, targets, pulls } = springs;
  const { linLogMode, adjustSizes, outboundAttractionDistribution } = settings;
  const needsDistance = linLogMode || adjustSizes;
  const meanMass = outboundAttractionDistribution ? mass.reduce((sum, m) => sum + m, 0) / count : 1;
  if (needsDistance) stiffness.fill(0);
  for (let i = 0; i < count; i++) {
    const end = offsets[i + 1];
    const strength = outboundAttractionDistribution ? meanMass / mass[i] : 1;
    const x = places[2 * i];
    const y = places[2 * i + 1];
    let sumX = 0;
    let sumY = 0;
    for (let k = offsets[i]; k < end; k++) {
      const j = targets[k];
      const dx = x - places[2 * j];
      const dy = y - places[2 * j + 1];
      let pull = strength * pulls[k];
      if (needsDistance) {
        let distance = Math.sqrt(dx * dx + dy * dy);
        if (adjustSizes) distance -= size[i] + size[j];
        if (!(distance > 0)) continue;
        if (linLogMode) pull *= Math.log(1 + distance) / distance;
        stiffness[i] += pull;
        stiffness[j] += pull;
      }
      sumX += pull * dx;
      sumY += pull * dy;
      forces[2 * j] += pull * dx;
      forces[2 * j + 1] += pull * dy;
    }
    forces[2 * i] -= sumX;
    forces[2 * i + 1] -= sumY;
  }
}
