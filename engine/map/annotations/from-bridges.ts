import type { PackedGraph } from '../../graph/packed-graph.ts';
import type { Bridge, Bridges } from '../../structure/bridges/kinds.ts';
import type { Annotation, AnnotationKind, Place, Shape } from './annotation.ts';

/** Sides of the polygon that stands for a disc. */
const discSides = 32;

/**
 * What was found on a map as annotations: landmarks as points, whatever leads from place to place as a bridge, and places
 * where there is nothing to name as areas. The finer kind travels as `bridgeKind` beside the traits, the names of the
 * ends and the ids of the bridge's own nodes.
 */
export function annotationsOf(graph: PackedGraph, { bridges }: Bridges): Annotation[] {
  return bridges.map((bridge) => {
    const shape = shapeOf(bridge);
    const { kind, traits, label, description, evidence, ends, nodes, width, strength } = bridge;
    return {
      kind: kindOf(shape),
      label,
      description,
      evidence: { ...evidence, strength },
      shape,
      width: kindOf(shape) === 'bridge' ? width : 0,
      others: {
        bridgeKind: kind,
        traits,
        ends: ends.map(({ name }) => name),
        nodes: Array.from(nodes, (node) => graph.ids[node]),
      },
    };
  });
}

function kindOf({ type }: Shape): AnnotationKind {
  if (type === 'Point') return 'landmark';
  return type === 'Polygon' ? 'area' : 'bridge';
}

function shapeOf({ kind, paths, x, y, width }: Bridge): Shape {
  if (kind === 'not-annotatable') return { type: 'Polygon', coordinates: [disc(x, y, width / 2)] };
  if (paths.length === 0) return { type: 'Point', coordinates: [x, y] };
  const lines = paths.map(placesOf);
  return lines.length === 1
    ? { type: 'LineString', coordinates: lines[0] }
    : { type: 'MultiLineString', coordinates: lines };
}

function placesOf(path: Float32Array): Place[] {
  return Array.from({ length: path.length / 2 }, (_, i): Place => [path[2 * i], path[2 * i + 1]]);
}

/** A ring counter-clockwise, its last place its first. */
function disc(x: number, y: number, radius: number): Place[] {
  const ring = Array.from({ length: discSides }, (_, side): Place => {
    const angle = (2 * Math.PI * side) / discSides;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
  return [...ring, ring[0]];
}
