import type { PackedGraph } from '../../graph/packed-graph.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import { contract, type Level, levelOf } from './level.ts';
import { type Groups, matchNodes } from './match.ts';

/** Levels of so few nodes are coarse enough. */
const smallest = 20;
/** A level that keeps more than this share of the nodes is not worth its iterations. */
const leastShrinking = 0.9;

/** A graph on levels from fine to coarse: groups[d] takes the nodes of levels[d] to those of levels[d + 1]. */
export interface Hierarchy {
  readonly levels: readonly Level[];
  readonly groups: readonly Groups[];
}

/** The levels of a graph, each of about half as many nodes as the one before. */
export function levelsOf(graph: PackedGraph, settings: ForceAtlas2Settings, random: () => number): Hierarchy {
  const levels = [levelOf(graph, settings)];
  const groups: Groups[] = [];
  for (let level = levels[0]; level.count > smallest; ) {
    const matched = matchNodes(level, random);
    if (matched.count > leastShrinking * level.count) break;
    level = contract(level, matched.of, matched.count);
    groups.push(matched);
    levels.push(level);
  }
  return { levels, groups };
}
