import { aggregate, type Level } from './level.ts';
import { moveNodesInto } from './move-nodes.ts';
import { compactInto } from './partition.ts';
import { type MassModel, massObjective, massQualityOf } from './quality.ts';
import { refine } from './refine.ts';

/** Rounds after which the partition is taken as it is; few graphs need as many. */
const mostRounds = 10;

/**
 * Communities by the Leiden algorithm (Traag, Waltman and van Eck, From Louvain to Leiden, 2019), its rounds repeated
 * until the quality stands still. Every community is connected, and no node gains by moving alone.
 *
 * @returns the community of each node, below `nodeCount`
 */
export function leiden(level: Level, model: MassModel, random: () => number): Uint32Array {
  const labels = Uint32Array.from(level.size, (_, node) => node);
  let quality = massQualityOf(level, labels, model);
  for (let round = 0; round < mostRounds; round++) {
    improveInto(labels, level, model, random);
    const reached = massQualityOf(level, labels, model);
    if (!(reached > quality + 1e-9 * Math.abs(quality))) break;
    quality = reached;
  }
  return settle(level, labels, model, random);
}

/** Lets nodes move until none gains by it while every community is connected. Both steps only raise the quality. */
function settle(level: Level, labels: Uint32Array, model: MassModel, random: () => number): Uint32Array {
  for (let current = labels; ; ) {
    current = splitIntoConnected(level, current);
    if (!moveNodesInto(current, level, massObjective(level, current, model), random)) return current;
  }
}

/** One round: nodes move, communities are refined, the refined groups become nodes, and so on until nothing merges. */
function improveInto(labels: Uint32Array, base: Level, model: MassModel, random: () => number): void {
  const nodeOf = labels.map((_, node) => node);
  let level = base;
  let current = labels.slice();
  for (;;) {
    moveNodesInto(current, level, massObjective(level, current, model), random);
    if (compactInto(current) === level.nodeCount) break;
    const groups = refine(level, current, model, random);
    const count = compactInto(groups);
    if (count === level.nodeCount) break;
    const next = new Uint32Array(count);
    groups.forEach((group, node) => {
      next[group] = current[node];
    });
    nodeOf.forEach((node, i) => {
      nodeOf[i] = groups[node];
    });
    level = aggregate(level, groups, count);
    current = next;
  }
  nodeOf.forEach((node, i) => {
    labels[i] = current[node];
  });
}

/** Each connected part of a community as a community of its own. */
function splitIntoConnected({ nodeCount, offsets, targets, weights }: Level, labels: Uint32Array): Uint32Array {
  const parts = new Uint32Array(nodeCount);
  const isSeen = new Uint8Array(nodeCount);
  const stack = new Uint32Array(nodeCount);
  for (let first = 0; first < nodeCount; first++) {
    if (isSeen[first] === 1) continue;
    isSeen[first] = 1;
    stack[0] = first;
    for (let height = 1; height > 0; ) {
      const node = stack[--height];
      parts[node] = first;
      for (let k = offsets[node]; k < offsets[node + 1]; k++) {
        const other = targets[k];
        if (isSeen[other] === 1 || weights[k] === 0 || labels[other] !== labels[first]) continue;
        isSeen[other] = 1;
        stack[height++] = other;
      }
    }
  }
  return parts;
}
