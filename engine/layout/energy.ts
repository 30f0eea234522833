import { createRandom } from '../base/random.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { createBodies, massesInto } from './cpu/bodies.ts';
import { createSprings } from './cpu/springs.ts';
import type { ForceAtlas2Settings } from './settings.ts';

/** The potential of ForceAtlas2's forces, whose minimum a layout seeks, and its parts. */
export interface Energy {
  /** attraction + gravity + repulsion. */
  readonly total: number;
  readonly attraction: number;
  readonly gravity: number;
  /** Below 0 where most distances are above 1. */
  readonly repulsion: number;
  /** Nodes whose distances to all others were summed; all of them where the sum is exact. */
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
  const attraction = attractionEnergy(graph, positions, settings, mass);
  const gravity = gravityEnergy(positions, settings, mass);
  const sampledNodes = graph.nodeCount <= exactNodes ? graph.nodeCount : Math.min(sampleSize, graph.nodeCount);
  const nodes = Uint32Array.from({ length: graph.nodeCount }, (_, i) => i);
  if (sampledNodes < graph.nodeCount) shuffleStart(nodes, sampledNodes, seed);
  const share = graph.nodeCount / Math.max(1, sampledNodes);
  const repulsion = -settings.scalingRatio * share * logSum(nodes.subarray(0, sampledNodes), positions, mass);
  return { total: attraction + gravity + repulsion, attraction, gravity, repulsion, sampledNodes };
}

function createMasses(graph: PackedGraph, settings: ForceAtlas2Settings): { readonly mass: Float64Array } {
  const bodies = createBodies(graph, new Float32Array(2 * graph.nodeCount));
  massesInto(bodies.mass, graph, settings.rule);
  return bodies;
}

function attractionEnergy(
  graph: PackedGraph,
  positions: Positions,
  settings: ForceAtlas2Settings,
  mass: Float64Array,
): number {
  const { offsets, targets, pulls } = createSprings(graph, settings);
  const isDissuading = settings.outboundAttractionDistribution;
  const meanMass = mass.reduce((sum, m) => sum + m, 0) / graph.nodeCount;
  let energy = 0;
  for (let i = 0; i < graph.nodeCount; i++) {
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

/** ½ Σ mᵢmⱼ ln d over these nodes i and all others j. */
function logSum(nodes: Uint32Array, positions: Positions, mass: Float64Array): number {
  let sum = 0;
  for (const i of nodes) {
    let ofNode = 0;
    const x = positions[2 * i];
    const y = positions[2 * i + 1];
    for (let j = 0; j < mass.length; j++) {
      const dx = x - positions[2 * j];
      const dy = y - positions[2 * j + 1];
      const square = dx * dx + dy * dy;
      if (square > 0) ofNode += mass[j] * Math.log(square);
    }
    sum += mass[i] * ofNode;
  }
  // ln d is half of ln d², and every pair is met twice.
  return sum / 4;
}

/** Brings a seeded random sample to the front. */
function shuffleStart(nodes: Uint32Array, count: number, seed: number): void {
  const random = createRandom(seed);
  for (let i = 0; i < count; i++) {
    const k = i + Math.floor(random() * (nodes.length - i));
    [nodes[i], nodes[k]] = [nodes[k], nodes[i]];
  }
}
