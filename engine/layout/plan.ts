import type { PackedGraph } from '../graph/packed-graph.ts';
import { checkSettings, type ForceAtlas2Settings } from './settings.ts';

/** A stretch of iterations under the same settings. */
export interface Phase {
  readonly name: string;
  readonly settings: ForceAtlas2Settings;
  readonly iterations: number;
}

/**
 * One phase under Gephi's defaults for the graph's size, save what `overrides` says.
 *
 * @throws UsageError for a setting out of its range.
 */
export function gephiPlan(
  graph: PackedGraph,
  iterations = 500,
  overrides: Partial<ForceAtlas2Settings> = {},
): readonly Phase[] {
  return [{ name: 'ForceAtlas2', settings: checkSettings(overrides, graph.nodeCount), iterations }];
}

export function mapPlan(
  graph: PackedGraph,
  iterations = 1000,
  overrides: Partial<ForceAtlas2Settings> = {},
): readonly Phase[] {
  const start = Math.round(iterations * 0.3);
  return [
    { name: 'start', settings: checkSettings({ ...overrides }, graph.nodeCount), iterations: start },
    {
      name: 'LinLog',
      settings: checkSettings({ linLogMode: true, gravity: 0.1, ...overrides }, graph.nodeCount),
      iterations: iterations - start,
    },
  ];
}
