import type { PackedGraph } from '../../graph/packed-graph.ts';

/** A weighted, undirected graph whose nodes may stand for many: what multilevel methods work on. */
export interface Level {
  readonly nodeCount: number;
  /** Symmetric CSR without loops; parallel entries add up. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly weights: Float64Array;
  /** Twice the weight of the edges that lie inside each node. */
  readonly inside: Float64Array;
  /** Weight of all edge ends at each node, those inside counted twice. */
  readonly strength: Float64Array;
  /** Nodes of the original graph in each node. */
  readonly size: Float64Array;
}

/**
 * The graph as it came. Self-loops do not count; edges without a positive weight do not count where `weighted`, and
 * every edge weighs 1 where not.
 */
export function levelOf(graph: PackedGraph, weighted = true): Level {
  const { nodeCount, offsets, targets } = graph;
  const weights = Float64Array.from(graph.weights, (weight) => (weighted ? Math.max(0, weight) : 1));
  const strength = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let k = offsets[node]; k < offsets[node + 1]; k++) strength[node] += weights[k];
  }
  const size = new Float64Array(nodeCount).fill(1);
  return { nodeCount, offsets, targets, weights, inside: new Float64Array(nodeCount), strength, size };
}

/** The graph whose nodes are the groups 0 to count − 1 of this one's. */
export function aggregate(level: Level, groups: Uint32Array, count: number): Level {
  const { nodeCount, offsets, targets, weights } = level;
  const inside = new Float64Array(count);
  const strength = new Float64Array(count);
  const size = new Float64Array(count);
  for (let node = 0; node < nodeCount; node++) {
    inside[groups[node]] += level.inside[node];
    strength[groups[node]] += level.strength[node];
    size[groups[node]] += level.size[node];
  }
  const { starts, members } = membersOf(groups, count);
  const groupOffsets = new Uint32Array(count + 1);
  const groupTargets = new Uint32Array(targets.length);
  const groupWeights = new Float64Array(targets.length);
  const entryOf = new Int32Array(count).fill(-1);
  let end = 0;
  for (let group = 0; group < count; group++) {
    const begin = end;
    for (let i = starts[group]; i < starts[group + 1]; i++) {
      for (let k = offsets[members[i]]; k < offsets[members[i] + 1]; k++) {
        const other = groups[targets[k]];
        if (other === group) {
          inside[group] += weights[k];
          continue;
        }
        if (entryOf[other] < begin) {
          entryOf[other] = end;
          groupTargets[end++] = other;
        }
        groupWeights[entryOf[other]] += weights[k];
      }
    }
    groupOffsets[group + 1] = end;
  }
  const rows = { offsets: groupOffsets, targets: groupTargets.slice(0, end), weights: groupWeights.slice(0, end) };
  return { nodeCount: count, ...rows, inside, strength, size };
}

/** The nodes of group g are members[starts[g]] … members[starts[g + 1] - 1], rising. */
export function membersOf(
  groups: Uint32Array,
  count: number,
): { readonly starts: Uint32Array; readonly members: Uint32Array } {
  const starts = new Uint32Array(count + 1);
  for (const group of groups) starts[group + 1]++;
  for (let group = 0; group < count; group++) starts[group + 1] += starts[group];
  const cursor = starts.slice(0, count);
  const members = new Uint32Array(groups.length);
  groups.forEach((group, node) => {
    members[cursor[group]++] = node;
  });
  return { starts, members };
}
