import type { PackedGraph } from '../graph/packed-graph.ts';
import { massesInto } from './cpu/bodies.ts';
import { createSprings } from './cpu/springs.ts';
import { naturalEdgeLength, totalOf } from './scale.ts';
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

/**
 * Two phases made for the eye. A third of the iterations is plain ForceAtlas2, which brings clusters near their
 * neighbours; alone it leaves them piled up in the middle. Then LinLog, which draws each cluster together and moves the
 * clusters apart. In both, gravity is strong in kind, since constant gravity lets single nodes and components without a
 * link fly to many times the radius, but so weak that the map fills a disc of 1.5 natural edge lengths of LinLog: clusters
 * are islands all over the sheet, nodes without an edge lie along its rim. (With 1 edge length they touch, with 2 and
 * more they are dots on an empty sheet.) Where `overrides` names a gravity, that one
 * holds in Gephi's meaning.
 *
 * Iterations: by default 800 up to 10,000 nodes, fewer beyond, 200 from 160,000 on.
 *
 * @throws UsageError for a setting out of its range.
 */
export function mapPlan(
  graph: PackedGraph,
  iterations = mapIterations(graph.nodeCount),
  overrides: Partial<ForceAtlas2Settings> = {},
): readonly Phase[] {
  const startIterations = Math.round(iterations / 3);
  return [
    { name: 'plain', settings: mapSettings(graph, overrides, 3), iterations: startIterations },
    {
      name: 'LinLog',
      settings: mapSettings(graph, { linLogMode: true, ...overrides }, 1.5),
      iterations: iterations - startIterations,
    },
  ];
}

function mapIterations(nodeCount: number): number {
  return Math.round(Math.min(800, Math.max(200, 800 * Math.sqrt(10_000 / Math.max(1, nodeCount)))));
}

/** Settings with a strong gravity that makes the map's radius `spread` natural edge lengths. */
function mapSettings(graph: PackedGraph, overrides: Partial<ForceAtlas2Settings>, spread: number): ForceAtlas2Settings {
  const settings = checkSettings({ strongGravityMode: overrides.gravity === undefined, ...overrides }, graph.nodeCount);
  if (overrides.gravity !== undefined) return settings;
  const mass = massesInto(new Float64Array(graph.nodeCount), graph, 'gephi');
  const radius = spread * naturalEdgeLength(mass, createSprings(graph, settings), settings);
  // A disc of radius R under strong gravity holds the mass M = k_g R²/k_r: on its rim k_r M/R balances k_g R.
  return { ...settings, gravity: (settings.scalingRatio * totalOf(mass)) / (radius * radius) };
}
