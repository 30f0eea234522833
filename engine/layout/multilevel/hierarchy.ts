import { contract, type Level } from './level.ts';
import { type Groups, matchNodes } from './match.ts';

/** Levels of so few nodes are coarse enough. */
const coarsest = 20;
/** A level that keeps more than this share of the nodes is not worth its iterations. */
const leastShrinking = 0.9;

/** Levels from fine to coarse: groups[d] takes the nodes of levels[d] to those of levels[d + 1]. */
export interface Hierarchy {
  readonly levels: readonly Level[];
  readonly groups: readonly Groups[];
}

/** A level and the coarser ones below it, each of about half as many nodes, until one has no more than `enough`. */
export function hierarchyOf(finest: Level, random: () => number, enough = coarsest): Hierarchy {
  const levels = [finest];
  const groups: Groups[] = [];
  for (let level = finest; level.count > Math.max(coarsest, enough); ) {
    const matched = matchNodes(level, random);
    if (matched.count > leastShrinking * level.count) break;
    level = contract(level, matched.of, matched.count);
    groups.push(matched);
    levels.push(level);
  }
  return { levels, groups };
}
