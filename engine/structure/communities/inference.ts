import type { PackedGraph } from '../../graph/packed-graph.ts';
import {
  communityTerms,
  descriptionLengthOf,
  type PartitionModel,
  partitionModel,
  partitionSums,
  sharedTerms,
} from './description-length.ts';
import { leiden } from './leiden.ts';
import { aggregate, type Level, levelOf } from './level.ts';
import { moveNodesInto, type Objective } from './move-nodes.ts';
import { compactInto } from './partition.ts';
import { massModel } from './quality.ts';

/** Resolutions of the partitions between which the search goes to and fro, from coarse to fine. */
const resolutions = [1, 4, 16, 64];
const mostRounds = 30;

/** The graph that the model is of: every edge weighs 1, and nodes without edges are of size 0. */
export function unweightedLevel(graph: PackedGraph): Level {
  const level = levelOf(graph, false);
  return { ...level, size: level.strength.map((strength) => (strength > 0 ? 1 : 0)) };
}

/** A partition and the model under which its description is the shortest found. */
export interface Inferred {
  /** The community of each node, below `nodeCount`; nodes without edges are alone. */
  readonly labels: Uint32Array;
  readonly model: PartitionModel;
}

/**
 * Communities by statistical inference: the partition of least description length under either form of the model, as far
 * as the search finds it. From each partition of a ladder it moves nodes, whole communities, and what they have in common
 * with the communities of the ladder. A graph without communities is one.
 *
 * @param level as of `unweightedLevel`
 */
export function inferPartition(level: Level, random: () => number): Inferred {
  const ladder = resolutions.map((resolution) => leiden(level, massModel(level, 'modularity', resolution), random));
  const first = level.size.indexOf(1);
  const together = Uint32Array.from(level.size, (size, node) => (size > 0 ? first : node));
  const models = [partitionModel(level, true), partitionModel(level, false)];
  let best: Inferred = { labels: together, model: models[0] };
  let least = descriptionLengthOf(level, together, models[0]);
  for (const model of models) {
    for (const start of ladder) {
      const labels = improve(start, { level, model, ladder, random });
      const length = descriptionLengthOf(level, labels, model);
      if (length >= least) continue;
      best = { labels, model };
      least = length;
    }
  }
  return best;
}

interface Search {
  readonly level: Level;
  readonly model: PartitionModel;
  readonly ladder: readonly Uint32Array[];
  readonly random: () => number;
}

/** Moves single nodes, parts of communities and whole ones in turn until none shortens the description. */
function improve(start: Uint32Array, search: Search): Uint32Array {
  const nodes = start.map((_, node) => node);
  let labels = start;
  for (let round = 0; round < mostRounds; round++) {
    const before = labels;
    labels = moveParts(labels, nodes, search);
    for (const partition of search.ladder) labels = moveParts(labels, commonParts(labels, partition), search);
    labels = moveParts(labels, labels, search);
    if (labels === before) break;
  }
  return labels;
}

/** The partition after its parts have moved, or the same array if none has. */
function moveParts(labels: Uint32Array, parts: Uint32Array, { level, model, random }: Search): Uint32Array {
  const partOf = parts.slice();
  const count = compactInto(partOf);
  const coarse = count === level.nodeCount ? level : aggregate(level, partOf, count);
  const current = labels.slice();
  compactInto(current);
  const labelOf = new Uint32Array(count);
  partOf.forEach((part, node) => {
    labelOf[part] = current[node];
  });
  const hasMoved = moveNodesInto(labelOf, coarse, lengthObjective(coarse, labelOf, model), random);
  return hasMoved ? partOf.map((part) => labelOf[part]) : labels;
}

/** The sets of nodes that lie together in both partitions. */
function commonParts(a: Uint32Array, b: Uint32Array): Uint32Array {
  const numbers = new Map<number, number>();
  return a.map((label, node) => {
    const key = label * a.length + b[node];
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

/** The description length, node by node: a gain is what it gets shorter by. */
export function lengthObjective(level: Level, labels: Uint32Array, model: PartitionModel): Objective {
  const { strength, size } = level;
  const own = level.inside.map((twice) => twice / 2);
  const { inside, ends, nodes } = partitionSums(level, labels);
  let count = nodes.reduce((sum, each) => sum + (each > 0 ? 1 : 0), 0);
  let within = inside.reduce((sum, each) => sum + each, 0);
  return {
    tolerance: 1e-7,
    remove(node, community, weight) {
      within -= own[node] + weight;
      inside[community] -= own[node] + weight;
      ends[community] -= strength[node];
      nodes[community] -= size[node];
      if (nodes[community] === 0 && size[node] > 0) count--;
    },
    insert(node, community, weight) {
      if (nodes[community] === 0 && size[node] > 0) count++;
      within += own[node] + weight;
      inside[community] += own[node] + weight;
      ends[community] += strength[node];
      nodes[community] += size[node];
    },
    gain(node, community, weight) {
      const added = own[node] + weight;
      const [allEnds, allNodes] = [ends[community] + strength[node], nodes[community] + size[node]];
      const before = communityTerms(model, inside[community], ends[community], nodes[community]);
      const after = communityTerms(model, inside[community] + added, allEnds, allNodes);
      const isNew = nodes[community] === 0 && size[node] > 0;
      return before - after - sharedTerms(model, within + added, isNew ? count + 1 : count);
    },
  };
}
