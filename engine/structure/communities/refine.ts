import type { Level } from './level.ts';
import { shuffled } from './move-nodes.ts';
import { type MassModel, meanWeight } from './quality.ts';

/** θ of Traag, Waltman and van Eck (2019), in mean edge weights: how freely merges other than the best are taken. */
const randomness = 0.01;

/**
 * Leiden's refinement: inside each community every node starts alone and may once join a neighbouring group that is well
 * connected to the rest of the community, drawn with a chance that grows with the gain. Groups come about along edges
 * alone, so each of them is connected.
 *
 * @param labels the community of each node, below `nodeCount`
 * @returns the group of each node, below `nodeCount`; no group reaches over two communities
 */
export function refine(level: Level, labels: Uint32Array, model: MassModel, random: () => number): Uint32Array {
  const { nodeCount, offsets, targets, weights } = level;
  const { rate } = model;
  const mass = model.massOf(level);
  const temperature = randomness * meanWeight(level);
  const communityMass = new Float64Array(nodeCount);
  // Weight between each group and the rest of its community.
  const outward = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    communityMass[labels[node]] += mass[node];
    for (let k = offsets[node]; k < offsets[node + 1]; k++) {
      if (labels[targets[k]] === labels[node]) outward[node] += weights[k];
    }
  }
  const groups = Uint32Array.from(labels, (_, node) => node);
  const groupMass = mass.slice();
  const isAlone = new Uint8Array(nodeCount).fill(1);
  const isWellConnected = (group: number, community: number) =>
    outward[group] >= rate * groupMass[group] * (communityMass[community] - groupMass[group]);
  const weightTo = new Float64Array(nodeCount);
  const near = new Uint32Array(nodeCount);
  const chances = new Float64Array(nodeCount);
  for (const node of shuffled(nodeCount, random)) {
    const community = labels[node];
    if (isAlone[node] === 0 || !isWellConnected(node, community)) continue;
    let nearCount = 0;
    for (let k = offsets[node]; k < offsets[node + 1]; k++) {
      if (labels[targets[k]] !== community || weights[k] === 0) continue;
      const group = groups[targets[k]];
      if (weightTo[group] === 0) near[nearCount++] = group;
      weightTo[group] += weights[k];
    }
    // Staying alone gains nothing and is one of the choices.
    let most = 0;
    for (let i = 0; i < nearCount; i++) {
      const isOpen = isWellConnected(near[i], community);
      chances[i] = isOpen ? weightTo[near[i]] - rate * mass[node] * groupMass[near[i]] : -1;
      if (chances[i] > most) most = chances[i];
    }
    let total = Math.exp(-most / temperature);
    for (let i = 0; i < nearCount; i++) {
      chances[i] = chances[i] < 0 ? 0 : Math.exp((chances[i] - most) / temperature);
      total += chances[i];
    }
    let draw = random() * total;
    let chosen = node;
    for (let i = 0; i < nearCount && chosen === node; i++) {
      draw -= chances[i];
      if (draw < 0) chosen = near[i];
    }
    if (chosen !== node) {
      groups[node] = chosen;
      groupMass[chosen] += mass[node];
      outward[chosen] += outward[node] - 2 * weightTo[chosen];
      isAlone[chosen] = 0;
    }
    for (let i = 0; i < nearCount; i++) weightTo[near[i]] = 0;
  }
  return groups;
}
