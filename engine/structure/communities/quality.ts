import type { Level } from './level.ts';
import type { Objective } from './move-nodes.ts';

/** What Leiden's communities are judged by. */
export type Quality = 'modularity' | 'cpm';

/**
 * Both qualities are Σ over communities of (weight of the edges inside − rate · mass² / 2): modularity (Newman; Reichardt
 * and Bornholdt 2006) with the mass of a node its strength and the rate resolution / total strength, the constant Potts
 * model (Traag, Van Dooren and Nesterov 2011) with the mass its size and the rate the resolution.
 */
export interface MassModel {
  readonly rate: number;
  readonly massOf: (level: Level) => Float64Array;
}

export function massModel(level: Level, quality: Quality, resolution: number): MassModel {
  if (quality === 'cpm') return { rate: resolution, massOf: ({ size }) => size };
  const total = level.strength.reduce((sum, strength) => sum + strength, 0);
  return { rate: total === 0 ? 0 : resolution / total, massOf: ({ strength }) => strength };
}

/** The objective of a level whose nodes lie in the communities of `labels`. */
export function massObjective(level: Level, labels: Uint32Array, { rate, massOf }: MassModel): Objective {
  const mass = massOf(level);
  const masses = new Float64Array(level.nodeCount);
  labels.forEach((label, node) => {
    masses[label] += mass[node];
  });
  return {
    tolerance: 1e-10 * meanWeight(level),
    remove(node, community) {
      masses[community] -= mass[node];
    },
    insert(node, community) {
      masses[community] += mass[node];
    },
    gain: (node, community, weight) => weight - rate * mass[node] * masses[community],
  };
}

/** The mean weight of the edges between nodes; 1 where there are none. */
export function meanWeight({ weights }: Level): number {
  return weights.reduce((sum, weight) => sum + weight, 0) / weights.length || 1;
}

/**
 * The value of a partition in the usual form. Newman's modularity: Σ over communities of (share of the weight that lies
 * inside − resolution · (share of the edge ends)²), 0 for a graph without edges. The constant Potts model: Σ over
 * communities of (weight inside − resolution · pairs of nodes inside).
 */
export function qualityOf(level: Level, of: Uint32Array, quality: Quality, resolution: number): number {
  const sum = massQualityOf(level, of, massModel(level, quality, resolution));
  if (quality === 'cpm') return sum + (resolution / 2) * level.size.reduce((nodes, size) => nodes + size, 0);
  const total = level.strength.reduce((ends, strength) => ends + strength, 0);
  return total === 0 ? 0 : (2 * sum) / total;
}

/** Σ over communities of (weight of the edges inside − rate · mass² / 2). */
export function massQualityOf(level: Level, of: Uint32Array, { rate, massOf }: MassModel): number {
  const { nodeCount, offsets, targets, weights } = level;
  const mass = massOf(level);
  const masses = new Float64Array(nodeCount);
  let inside = 0;
  for (let node = 0; node < nodeCount; node++) {
    masses[of[node]] += mass[node];
    inside += level.inside[node];
    for (let k = offsets[node]; k < offsets[node + 1]; k++) if (of[targets[k]] === of[node]) inside += weights[k];
  }
  return masses.reduce((sum, each) => sum - (rate / 2) * each * each, inside / 2);
}
