import { IsthmusError } from '../base/errors.ts';
import type { PackedGraph } from '../graph/packed-graph.ts';
import { massesInto } from './cpu/bodies.ts';
import { createSprings } from './cpu/springs.ts';
import { balancedGravity } from './multilevel/gravity.ts';
import { naturalEdgeLength, totalOf } from './scale.ts';
import { checkSettings, type ForceAtlas2Settings } from './settings.ts';
import { autoLimit } from './stop.ts';

/** A stretch of iterations under the same settings. */
export interface Phase {
  readonly name: string;
  readonly settings: ForceAtlas2Settings;
  /** `auto`: until the layout is at rest, but at most 1,000; under the momentum rule only. */
  readonly iterations: Iterations;
}

/** How many iterations to make, or as many as are needed. */
export type Iterations = number | 'auto';

/** What a plan is made of: settings, and those that are taken from the graph. */
export interface PlanSettings extends Partial<Omit<ForceAtlas2Settings, 'gravity'>> {
  /**
   * ≥ 0, or `auto`: strong gravity that holds as much as the edges do, so that no weakly held part drifts outwards and the
   * shape of the whole is kept (`balancedGravity`). Default 1; `mapPlan` has a gravity of its own instead of either.
   */
  readonly gravity?: number | 'auto';
}

/** Iterations that a plan makes, at most. */
export function plannedIterations(plan: readonly Phase[]): number {
  return plan.reduce((sum, { iterations }) => sum + (iterations === 'auto' ? autoLimit : iterations), 0);
}

/**
 * One phase under Gephi's defaults for the graph's size, save what `overrides` says. With `auto`, the default, the momentum
 * rule brings the layout to rest; a number of iterations is made by Gephi's rule. A rule in `overrides` goes before both, and
 * Gephi's and graphology's, which never come to rest, make 500 iterations by default.
 *
 * @throws UsageError for a setting out of its range.
 */
export function gephiPlan(graph: PackedGraph, given?: Iterations, overrides: PlanSettings = {}): readonly Phase[] {
  const { rule = given === undefined || given === 'auto' ? 'momentum' : 'gephi' } = overrides;
  const iterations = given ?? (rule === 'momentum' ? 'auto' : 500);
  return [{ name: 'ForceAtlas2', settings: planSettings(graph, { ...overrides, rule }), iterations }];
}

/**
 * The settings with Gephi's defaults for the graph's size filled in, and gravity as a number.
 *
 * @throws UsageError for a setting out of its range, and for gravity that is `auto` but not to be strong.
 */
export function planSettings(graph: PackedGraph, overrides: PlanSettings): ForceAtlas2Settings {
  const { gravity, ...others } = overrides;
  if (gravity !== 'auto')
    return checkSettings({ ...others, ...(gravity !== undefined && { gravity }) }, graph.nodeCount);
  if (others.strongGravityMode === false) {
    throw new IsthmusError('UsageError', 'Gravity auto is a strong one, but strongGravityMode was false.');
  }
  const settings = checkSettings({ ...others, strongGravityMode: true }, graph.nodeCount);
  return { ...settings, gravity: balancedGravity(graph, settings) };
}

/**
 * Two phases made for the eye, by the momentum rule. Plain ForceAtlas2 brings clusters near their neighbours; alone it leaves
 * them piled up in the middle. Then LinLog, which draws each cluster together and moves the clusters apart. In both, gravity
 * is strong in kind, since constant gravity lets the map spread to many times the radius, but so weak that it fills a disc of
 * 1.5 natural edge lengths of LinLog: clusters are islands all over the sheet. (With 1 edge length they touch, with 2 and
 * more they are dots on an empty sheet.) Where `overrides` names a gravity, that one holds in Gephi's meaning.
 *
 * Iterations: by default each phase comes to rest; of a number the first phase has a third. The rules that never come to
 * rest make 800 iterations up to 10,000 nodes, fewer beyond, 200 from 160,000 on.
 *
 * @throws UsageError for a setting out of its range.
 */
export function mapPlan(graph: PackedGraph, given?: Iterations, overrides: PlanSettings = {}): readonly Phase[] {
  const { rule = 'momentum', gravity, ...others } = overrides;
  const iterations = given ?? (rule === 'momentum' ? 'auto' : mapIterations(graph.nodeCount));
  const first = iterations === 'auto' ? 'auto' : Math.round(iterations / 3);
  const rest = iterations === 'auto' || first === 'auto' ? 'auto' : iterations - first;
  const settings = { ...others, rule, ...(gravity !== 'auto' && gravity !== undefined && { gravity }) };
  return [
    { name: 'plain', settings: mapSettings(graph, settings, 3), iterations: first },
    { name: 'LinLog', settings: mapSettings(graph, { linLogMode: true, ...settings }, 1.5), iterations: rest },
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
