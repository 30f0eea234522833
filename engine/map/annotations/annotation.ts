/**
 * What a mark on the map stands for: a landmark is a cluster with a place, a bridge connects two clusters that lie far
 * apart, an area is a region with a name, a border a line between regions.
 */
export type AnnotationKind = 'landmark' | 'bridge' | 'area' | 'border';

/** A place in layout units. */
export type Place = readonly [x: number, y: number];

/** Where a mark lies, in GeoJSON's shapes; coordinates are layout units, y upwards. */
export type Shape =
  | { readonly type: 'Point'; readonly coordinates: Place }
  | { readonly type: 'LineString'; readonly coordinates: readonly Place[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly Place[])[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Place[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Place[])[])[] };

/** A figure or a word that speaks for a mark, such as its number of links. */
export type Evidence = Readonly<Record<string, number | string | boolean>>;

/** One mark of an annotation layer, whether proposed by the engine or drawn by a person. */
export interface Annotation {
  readonly kind: AnnotationKind;
  readonly label: string;
  readonly description: string;
  readonly evidence: Evidence;
  readonly shape: Shape;
  /** Width of a bridge in layout units; 0 means that none is known. */
  readonly width: number;
  /** The feature's id and what other programs wrote about it, kept as it came. */
  readonly id?: string | number | undefined;
  readonly others: Readonly<Record<string, unknown>>;
}

/** The shapes that a kind may have. */
export const shapesOf: Readonly<Record<AnnotationKind, readonly Shape['type'][]>> = {
  landmark: ['Point'],
  bridge: ['LineString', 'MultiLineString'],
  area: ['Polygon', 'MultiPolygon', 'Point'],
  border: ['LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'],
};

/** The lines of a shape: its parts, or the rings of its polygons; none for a point. */
export function linesOf(shape: Shape): readonly (readonly Place[])[] {
  switch (shape.type) {
    case 'Point':
      return [];
    case 'LineString':
      return [shape.coordinates];
    case 'MultiPolygon':
      return shape.coordinates.flat();
    default:
      return shape.coordinates;
  }
}

/** All places of a shape. */
export function placesOf(shape: Shape): readonly Place[] {
  return shape.type === 'Point' ? [shape.coordinates] : linesOf(shape).flat();
}

/** The shape with every place moved. */
export function movedShape(shape: Shape, move: (place: Place) => Place): Shape {
  switch (shape.type) {
    case 'Point':
      return { type: 'Point', coordinates: move(shape.coordinates) };
    case 'LineString':
      return { type: 'LineString', coordinates: shape.coordinates.map(move) };
    case 'MultiPolygon':
      return {
        type: 'MultiPolygon',
        coordinates: shape.coordinates.map((rings) => rings.map((ring) => ring.map(move))),
      };
    default:
      return { type: shape.type, coordinates: shape.coordinates.map((line) => line.map(move)) };
  }
}
