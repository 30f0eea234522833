import type { Level } from './level.ts';

/**
 * The planted-partition model with degree correction of Zhang and Peixoto (Statistical inference of assortative community
 * structures, 2020): of E edges between N nodes with degrees kᵢ, e lie inside the B communities and E − e between them.
 * A partition is judged by its description length in nats, the less the better:
 *
 *     Σ = S − ln (E − e)! + (E − e) ln(B(B − 1)/2) + [B > 1] ln(E + 1)
 *         + Σᵣ [ln (dᵣ + nᵣ − 1)! − ln (nᵣ − 1)! − ln nᵣ!] + ln N! + ln N + ln C(N − 1, B − 1)
 *         − Σᵢ ln kᵢ! + Σ_{i<j} ln Aᵢⱼ!
 *
 * with nᵣ nodes, dᵣ edge ends and eᵣ inner edges in community r, and degrees uniform within communities. In the model's
 * uniform form S = e ln(B/2) − ln e!, in the other S = ln C(B + e − 1, e) − e ln 2 − Σᵣ ln eᵣ!. Nodes of size 0 are not
 * part of it; edges do not have weights, parallel ones are several.
 */
export interface PartitionModel {
  readonly nodes: number;
  readonly edges: number;
  /** Whether all communities are taken to hold about as many edges; if not, each has a density of its own. */
  readonly isUniform: boolean;
  /** ln 0!, ln 1!, …, as far as the terms need them. */
  readonly logFactorial: Float64Array;
  /** The terms that are the same for every partition. */
  readonly constant: number;
}

/** The model of a graph whose edges weigh 1 each. */
export function partitionModel(level: Level, isUniform: boolean): PartitionModel {
  const nodes = level.size.reduce((sum, size) => sum + size, 0);
  const ends = level.strength.reduce((sum, strength) => sum + strength, 0);
  const logFactorial = new Float64Array(ends + nodes + 1);
  for (let i = 2; i < logFactorial.length; i++) logFactorial[i] = logFactorial[i - 1] + Math.log(i);
  const degrees = level.strength.reduce((sum, strength) => sum + logFactorial[strength], 0);
  const constant = logFactorial[nodes] + Math.log(Math.max(1, nodes)) - degrees + parallelTerm(level, logFactorial);
  return { nodes, edges: ends / 2, isUniform, logFactorial, constant };
}

/** Σ over pairs of nodes of the logarithm of the factorial of their edges. */
function parallelTerm({ nodeCount, offsets, targets }: Level, logFactorial: Float64Array): number {
  const edges = new Uint32Array(nodeCount);
  let sum = 0;
  for (let node = 0; node < nodeCount; node++) {
    const row = targets.subarray(offsets[node], offsets[node + 1]);
    for (const other of row) edges[other]++;
    for (const other of row) {
      if (other > node) sum += logFactorial[edges[other]];
      edges[other] = 0;
    }
  }
  return sum;
}

/** The terms of all communities together: `inside` of the edges within, `count` communities. */
export function sharedTerms(model: PartitionModel, inside: number, count: number): number {
  const { nodes, edges, isUniform, logFactorial } = model;
  if (count === 0) return 0;
  const between = edges - inside;
  const within = isUniform
    ? inside * Math.log(count / 2) - logFactorial[inside]
    : logFactorial[count + inside - 1] - logFactorial[count - 1] - logFactorial[inside] - inside * Math.LN2;
  const across = count === 1 ? 0 : between * Math.log((count * (count - 1)) / 2) - logFactorial[between];
  const sizes = logFactorial[nodes - 1] - logFactorial[count - 1] - logFactorial[nodes - count];
  return within + across + sizes + (count > 1 ? Math.log(edges + 1) : 0);
}

/** The terms of one community of so many edges inside, edge ends and nodes. */
export function communityTerms(model: PartitionModel, inside: number, ends: number, nodes: number): number {
  if (nodes === 0) return 0;
  const { isUniform, logFactorial } = model;
  const degrees = logFactorial[ends + nodes - 1] - logFactorial[nodes - 1] - logFactorial[nodes];
  return isUniform ? degrees : degrees - logFactorial[inside];
}

/** What the description length of a partition depends on. */
export interface PartitionSums {
  /** Edges inside, edge ends and nodes of each community. */
  readonly inside: Float64Array;
  readonly ends: Float64Array;
  readonly nodes: Float64Array;
}

export function partitionSums(level: Level, of: Uint32Array): PartitionSums {
  const { nodeCount, offsets, targets, weights } = level;
  const inside = new Float64Array(nodeCount);
  const ends = new Float64Array(nodeCount);
  const nodes = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const community = of[node];
    ends[community] += level.strength[node];
    nodes[community] += level.size[node];
    inside[community] += level.inside[node] / 2;
    for (let k = offsets[node]; k < offsets[node + 1]; k++) {
      if (of[targets[k]] === community) inside[community] += weights[k] / 2;
    }
  }
  return { inside, ends, nodes };
}

/** The description length of a partition in nats, from scratch. */
export function descriptionLengthOf(level: Level, of: Uint32Array, model: PartitionModel): number {
  const { inside, ends, nodes } = partitionSums(level, of);
  const count = nodes.reduce((sum, size) => sum + (size > 0 ? 1 : 0), 0);
  const within = inside.reduce((sum, each) => sum + each, 0);
  const communities = ends.reduce((sum, each, r) => sum + communityTerms(model, inside[r], each, nodes[r]), 0);
  return model.constant + sharedTerms(model, within, count) + communities;
}
