import { createRandom } from '../base/random.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { type Bodies, createBodies, massesInto, positionsOfBodies } from './cpu/bodies.ts';
import { createSprings, type Springs } from './cpu/springs.ts';
import type { ForceAtlas2Settings } from './settings.ts';

/** The potential of ForceAtlas2's forces, whose minimum a layout seeks, and its parts. */
export interface Energy {
  /** attraction + gravity + repulsion. */
  readonly total: number;
  readonly attraction: number;
  readonly gravity: number;
  /** Below 0 where most distances are above 1. */
  readonly repulsion: number;
  /** Nodes whose distances to all others were summed, drawn by mass; all of them where the sum is exact. */
  readonly sampledNodes: number;
}

/** How an energy is computed. */
export interface EnergyOptions {
  /** Most nodes whose distances to all others are summed, > 0; beyond them a random sample is. Default 20,000 nodes; a sample is of 2,000. */
  readonly exactNodes?: number;
  /** Of the sample; default 1. */
  readonly seed?: number;
}

const sampleSize = 2000;

/**
 * The energy in float64: Σ e d²/2 along the edges (e((1 + d) ln(1 + d) − d) for LinLog), k_g Σ m r (½ r² for strong
 * gravity), and −k_r Σ mᵢmⱼ ln d over all pairs, which takes a time of the square of the nodes. Each is the integral of
 * the force in Jacomy et al. 2014. Nodes count as points, also where their sizes prevent overlap, and pairs in one place
 * not at all, since neither acts on the other.
 */
export function energyOf(
  graph: PackedGraph,
  positions: Positions,
  settings: ForceAtlas2Settings,
  options: EnergyOptions = {},
): Energy {
  const { exactNodes = 20_000, seed = 1 } = options;
  const { mass } = createMasses(graph, settings);
  const attraction = attractionEnergy(createSprings(graph, settings), positions, settings, mass);
  const gravity = gravityEnergy(positions, settings, mass);
  const sampledNodes = graph.nodeCount <= exactNodes ? graph.nodeCount : Math.min(sampleSize, graph.nodeCount);
  const isExact = sampledNodes === graph.nodeCount;
  const logarithms = isExact ? pairLogSum(positions, mass) : sampledLogSum(sampledNodes, positions, mass, seed);
  const repulsion = 0 - settings.scalingRatio * logarithms;
  return { total: attraction + gravity + repulsion, attraction, gravity, repulsion, sampledNodes };
}

/** Attraction and gravity alone: what holds a layout together. It takes a time of the edges and the nodes only. */
export function holdingEnergy(graph: PackedGraph, positions: Positions, settings: ForceAtlas2Settings): number {
  const { mass } = createMasses(graph, settings);
  return (
    attractionEnergy(createSprings(graph, settings), positions, settings, mass) +
    gravityEnergy(positions, settings, mass)
  );
}

/** The energy of bodies between springs, the sum over all pairs exact. */
export function energyOfBodies(bodies: Bodies, springs: Springs, settings: ForceAtlas2Settings): number {
  const positions = positionsOfBodies(bodies);
  const { mass } = bodies;
  const held = attractionEnergy(springs, positions, settings, mass) + gravityEnergy(positions, settings, mass);
  return held - settings.scalingRatio * pairLogSum(positions, mass);
}

function createMasses(graph: PackedGraph, settings: ForceAtlas2Settings): { readonly mass: Float64Array } {
  const bodies = createBodies(graph, new Float32Array(2 * graph.nodeCount));
  massesInto(bodies.mass, graph, settings.rule);
  return bodies;
}

function attractionEnergy(
  { offsets, targets, pulls }: Springs,
  positions: Positions,
  settings: ForceAtlas2Settings,
  mass: Float64Array,
): number {
  const isDissuading = settings.outboundAttractionDistribution;
  const meanMass = mass.reduce((sum, m) => sum + m, 0) / mass.length;
  let energy = 0;
  for (let i = 0; i < mass.length; i++) {
    let ofNode = 0;
    for (let k = offsets[i]; k < offsets[i + 1]; k++) {
      const j = targets[k];
      const dx = positions[2 * i] - positions[2 * j];
      const dy = positions[2 * i + 1] - positions[2 * j + 1];
      const square = dx * dx + dy * dy;
      const distance = Math.sqrt(square);
      ofNode += pulls[k] * (settings.linLogMode ? (1 + distance) * Math.log1p(distance) - distance : square / 2);
    }
    energy += isDissuading ? (meanMass / mass[i]) * ofNode : ofNode;
  }
  return energy;
}

function gravityEnergy(positions: Positions, settings: ForceAtlas2Settings, mass: Float64Array): number {
  let energy = 0;
  for (let i = 0; i < mass.length; i++) {
    const square = positions[2 * i] ** 2 + positions[2 * i + 1] ** 2;
    energy += mass[i] * (settings.strongGravityMode ? square / 2 : Math.sqrt(square));
  }
  return settings.gravity * energy;
}

/** Σ mᵢmⱼ ln d over all pairs. */
function pairLogSum(positions: Positions, mass: Float64Array): number {
  let sum = 0;
  for (let i = 1; i < mass.length; i++) sum += mass[i] * logSum(i, i, positions, mass);
  return sum;
}

/**
 * The same, estimated by so many nodes' distances to all others. Nodes are drawn by their mass, one in every equal share of
 * the whole mass: mean distances differ little between nodes, masses a lot.
 */
function sampledLogSum(samples: number, positions: Positions, mass: Float64Array, seed: number): number {
  const random = createRandom(seed);
  const total = mass.reduce((sum, m) => sum + m, 0);
  const stride = total / samples;
  let sum = 0;
  let passed = 0;
  let drawn = 0;
  let next = stride * random();
  for (let i = 0; i < mass.length; i++) {
    passed += mass[i];
    while (drawn < samples && next < passed) {
      sum += logSum(i, mass.length, positions, mass);
      next = stride * (++drawn + random());
    }
  }
  // Among all nodes every pair is met twice.
  return (total * sum) / (2 * Math.max(1, drawn));
}

/** Σ mⱼ ln d from node i to the first `count` nodes. */
function logSum(i: number, count: number, positions: Positions, mass: Float64Array): number {
  const x = positions[2 * i];
  const y = positions[2 * i + 1];
  let sum = 0;
  for (let j = 0; j < count; j++) {
    const dx = x - positions[2 * j];
    const dy = y - positions[2 * j + 1];
    const square = dx * dx + dy * dy;
    if (square > 0) sum += mass[j] * Math.log(square);
  }
  // ln d is half of ln d².
  return sum / 2;
}
