import type { Level } from './level.ts';

/** What a partition of a level is judged by, one node at a time. It keeps the sums of each community. */
export interface Objective {
  /** Gains that differ by less than this are rounding. */
  readonly tolerance: number;
  /** Takes a node out of its community; `weight` is that of its edges to the others there. */
  remove(node: number, community: number, weight: number): void;
  /** Puts a node that is in no community into one. */
  insert(node: number, community: number, weight: number): void;
  /** By how much the partition gets better if a node that is in no community joins one, which may be empty. */
  gain(node: number, community: number, weight: number): number;
}

/**
 * Moves single nodes to the community of a neighbour, or to an empty one, as long as the objective gains: the fast local
 * moving of Traag, Waltman and van Eck (2019), which looks again only at neighbours of nodes that moved. Writes into
 * `labels`, which lie below `nodeCount` and which the objective already knows.
 *
 * @returns whether any node moved
 */
export function moveNodesInto(labels: Uint32Array, level: Level, objective: Objective, random: () => number): boolean {
  const { nodeCount, offsets, targets, weights } = level;
  const population = new Uint32Array(nodeCount);
  for (const label of labels) population[label]++;
  const vacant: number[] = [];
  for (let label = nodeCount - 1; label >= 0; label--) if (population[label] === 0) vacant.push(label);
  const queue = shuffled(nodeCount, random);
  const isQueued = new Uint8Array(nodeCount).fill(1);
  const weightTo = new Float64Array(nodeCount);
  const near = new Uint32Array(nodeCount);
  let hasMoved = false;
  for (let head = 0, waiting = nodeCount; waiting > 0; waiting--) {
    const node = queue[head];
    head = head + 1 === nodeCount ? 0 : head + 1;
    isQueued[node] = 0;
    let nearCount = 0;
    for (let k = offsets[node]; k < offsets[node + 1]; k++) {
      if (weights[k] === 0) continue;
      const label = labels[targets[k]];
      if (weightTo[label] === 0) near[nearCount++] = label;
      weightTo[label] += weights[k];
    }
    const from = labels[node];
    objective.remove(node, from, weightTo[from]);
    if (--population[from] === 0) vacant.push(from);
    let best = from;
    let bestGain = objective.gain(node, from, weightTo[from]) + objective.tolerance;
    for (let i = 0; i < nearCount; i++) {
      const gain = near[i] === from ? -Infinity : objective.gain(node, near[i], weightTo[near[i]]);
      if (gain > bestGain) {
        best = near[i];
        bestGain = gain;
      }
    }
    // A node that was alone has left its own label vacant, and that is where it is compared with.
    const empty = vacant[vacant.length - 1];
    if (population[from] > 0 && empty !== undefined && objective.gain(node, empty, 0) > bestGain) best = empty;
    objective.insert(node, best, weightTo[best]);
    if (population[best]++ === 0) vacant.pop();
    for (let i = 0; i < nearCount; i++) weightTo[near[i]] = 0;
    if (best === from) continue;
    hasMoved = true;
    labels[node] = best;
    for (let k = offsets[node]; k < offsets[node + 1]; k++) {
      const other = targets[k];
      if (isQueued[other] === 1 || labels[other] === best) continue;
      isQueued[other] = 1;
      const tail = head + waiting - 1;
      queue[tail < nodeCount ? tail : tail - nodeCount] = other;
      waiting++;
    }
  }
  return hasMoved;
}

/** The numbers 0 to count − 1 in random order (Fisher and Yates). */
export function shuffled(count: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = order[i];
    order[i] = order[j];
    order[j] = held;
  }
  return order;
}
