import type { PackedGraph } from '../../graph/packed-graph.ts';
import { massesInto } from '../cpu/bodies.ts';
import { createSprings, type Springs } from '../cpu/springs.ts';
import type { ForceAtlas2Settings } from '../settings.ts';

/** A graph as its masses and springs, however coarse. */
export interface Level {
  readonly count: number;
  readonly mass: Float64Array;
  /** count + 1 entries: the springs at i are offsets[i] … offsets[i + 1] − 1; each is in the rows of both its ends. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly pulls: Float64Array;
}

/** The level of a whole graph; what "dissuade hubs" does to the strength of an edge is in its pull. */
export function levelOf(graph: PackedGraph, settings: ForceAtlas2Settings): Level {
  const count = graph.nodeCount;
  const mass = massesInto(new Float64Array(count), graph, settings.rule);
  const springs = createSprings(graph, settings);
  const isDissuading = settings.outboundAttractionDistribution;
  const meanMass = mass.reduce((sum, m) => sum + m, 0) / count;
  const strengthOf = (source: number) => (isDissuading ? meanMass / mass[source] : 1);
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) offsets[i + 1] += springs.offsets[i + 1] - springs.offsets[i];
  for (const target of springs.targets) offsets[target + 1]++;
  for (let i = 0; i < count; i++) offsets[i + 1] += offsets[i];
  const targets = new Uint32Array(offsets[count]);
  const pulls = new Float64Array(offsets[count]);
  const cursor = offsets.slice(0, count);
  for (let i = 0; i < count; i++) {
    for (let k = springs.offsets[i]; k < springs.offsets[i + 1]; k++) {
      const j = springs.targets[k];
      const pull = strengthOf(i) * springs.pulls[k];
      targets[cursor[i]] = j;
      pulls[cursor[i]++] = pull;
      targets[cursor[j]] = i;
      pulls[cursor[j]++] = pull;
    }
  }
  return { count, mass, offsets, targets, pulls };
}

/** The springs of a level as attraction takes them: each once, in the row of its lesser end. */
export function springsOf({ count, offsets, targets, pulls }: Level): Springs {
  const starts = new Uint32Array(count + 1);
  const kept: number[] = [];
  for (let i = 0; i < count; i++) {
    for (let k = offsets[i]; k < offsets[i + 1]; k++) if (targets[k] > i) kept.push(k);
    starts[i + 1] = kept.length;
  }
  return {
    offsets: starts,
    targets: Uint32Array.from(kept, (k) => targets[k]),
    pulls: Float64Array.from(kept, (k) => pulls[k]),
  };
}

/**
 * The level in which the nodes of one group are one: their masses and the pulls between groups summed, springs inside a
 * group left out. `groups` is one group a node, 0 … count − 1.
 */
export function contract(level: Level, groups: Uint32Array, count: number): Level {
  const mass = new Float64Array(count);
  for (let i = 0; i < level.count; i++) mass[groups[i]] += level.mass[i];
  const members = membersOf(groups, count);
  const offsets = new Uint32Array(count + 1);
  const targets = new Uint32Array(level.targets.length);
  const pulls = new Float64Array(level.targets.length);
  const placeOf = new Int32Array(count).fill(-1);
  let end = 0;
  for (let group = 0; group < count; group++) {
    const start = end;
    for (let at = members.offsets[group]; at < members.offsets[group + 1]; at++) {
      const i = members.nodes[at];
      for (let k = level.offsets[i]; k < level.offsets[i + 1]; k++) {
        const other = groups[level.targets[k]];
        if (other === group) continue;
        if (placeOf[other] < start) {
          placeOf[other] = end;
          targets[end++] = other;
        }
        pulls[placeOf[other]] += level.pulls[k];
      }
    }
    offsets[group + 1] = end;
  }
  return { count, mass, offsets, targets: targets.slice(0, end), pulls: pulls.slice(0, end) };
}

/** The nodes of each group, in order: nodes[offsets[g]] … nodes[offsets[g + 1] − 1]. */
export function membersOf(
  groups: Uint32Array,
  count: number,
): { readonly offsets: Uint32Array; readonly nodes: Uint32Array } {
  const offsets = new Uint32Array(count + 1);
  for (const group of groups) offsets[group + 1]++;
  for (let group = 0; group < count; group++) offsets[group + 1] += offsets[group];
  const nodes = new Uint32Array(groups.length);
  const cursor = offsets.slice(0, count);
  for (let i = 0; i < groups.length; i++) nodes[cursor[groups[i]]++] = i;
  return { offsets, nodes };
}
