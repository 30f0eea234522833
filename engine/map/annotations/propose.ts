import type { PackedGraph } from '../../graph/packed-graph.ts';
import type { Bridge, BridgeKind, Bridges } from '../../structure/bridges/kinds.ts';
import type { Annotation } from './annotation.ts';
import { annotationsOf } from './from-bridges.ts';

/** How many marks are proposed; each the strongest of its sort. */
export interface ProposalOptions {
  /** Default 24. */
  readonly landmarks?: number | undefined;
  /** Bridges of every kind, artifacts apart (default 10). */
  readonly bridges?: number | undefined;
}

const crossing: ReadonlySet<BridgeKind> = new Set([
  'bridge',
  'bent',
  'breadcrumbs',
  'nodes-in-the-middle',
  'stretched',
  'branching',
]);

/** The most that bridges which are shown together may share of their nodes, as a share of the smaller one's. */
const likeness = 0.5;

/**
 * The marks that a map begins with: the strongest landmarks, and the strongest bridges that are not told already by a
 * stronger one. A person goes on from there; what was found in all comes from `annotationsOf`.
 */
export function proposeAnnotations(graph: PackedGraph, found: Bridges, options: ProposalOptions = {}): Annotation[] {
  const { landmarks = 24, bridges = 10 } = options;
  const places = found.bridges.filter(({ kind }) => kind === 'landmark').slice(0, landmarks);
  const told: Bridge[] = [];
  const ranked = found.bridges
    .filter(({ kind, paths }) => crossing.has(kind) && paths.length > 0)
    .sort((a, b) => b.strength - a.strength);
  for (const bridge of ranked) {
    if (told.length >= bridges) break;
    if (!told.some((stronger) => isLike(stronger, bridge))) told.push(bridge);
  }
  return annotationsOf(graph, { ...found, bridges: [...told, ...places] });
}

/** True where two bridges join the same communities, or are made of the same nodes for the most part. */
function isLike(a: Bridge, b: Bridge): boolean {
  const joins = ({ ends }: Bridge) =>
    ends
      .map(({ community }) => community)
      .sort((p, q) => p - q)
      .join();
  if (joins(a) === joins(b)) return true;
  const mine = new Set(a.nodes);
  const shared = b.nodes.reduce((sum, node) => sum + Number(mine.has(node)), 0);
  return shared > likeness * Math.min(a.nodes.length, b.nodes.length);
}
