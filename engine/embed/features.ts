import { movedShape, type Shape } from '../map/annotations/annotation.ts';
import type { GraphMap } from '../map/graph-map.ts';
import { type Attributes, annotationAttributes, nodeAttributes } from '../output/tiles/features.ts';
import type { Picked } from './pick.ts';
import { type Placement, toLngLat } from './placement.ts';

/** A node or an annotation as a GeoJSON feature. Its values are as the file has them: set them as text, never as HTML. */
export interface NetworkFeature {
  readonly type: 'Feature';
  readonly layer: 'nodes' | 'annotations';
  /** Its index among the nodes of the graph, or among the annotations of the map. */
  readonly id: number;
  /** A node's columns by name with id, label, community, radius and color; kind, label, description, width and evidence of an annotation. */
  readonly properties: Attributes;
  /** Degrees. */
  readonly geometry: Shape;
}

/** A node as a feature. */
export function nodeFeature(map: GraphMap, placement: Placement, node: number): NetworkFeature {
  const coordinates = toLngLat(placement, map.positions[2 * node], map.positions[2 * node + 1]);
  return {
    ...{ type: 'Feature', layer: 'nodes', id: node, properties: nodeAttributes(map, node) },
    geometry: { type: 'Point', coordinates },
  };
}

/** An annotation as a feature, by its index. */
export function annotationFeature(map: GraphMap, placement: Placement, index: number): NetworkFeature {
  const annotation = map.annotations[index];
  return {
    ...{ type: 'Feature', layer: 'annotations', id: index, properties: annotationAttributes(annotation) },
    geometry: movedShape(annotation.shape, ([x, y]) => toLngLat(placement, x, y)),
  };
}

/** What was picked, as a feature. */
export function featureOf(map: GraphMap, placement: Placement, { kind, index }: Picked): NetworkFeature {
  return kind === 'node' ? nodeFeature(map, placement, index) : annotationFeature(map, placement, index);
}
