import { IsthmusError } from '../../base/errors.ts';
import { type Annotation, type AnnotationKind, type Evidence, type Place, type Shape, shapesOf } from './annotation.ts';

/** What was read of a GeoJSON text. */
export interface AnnotationsRead {
  readonly annotations: readonly Annotation[];
  /** A sentence for each feature that was left out or had to be guessed at. */
  readonly warnings: readonly string[];
}

/** The kind of a feature that names none, as people draw them elsewhere. */
const kindOfShape: Readonly<Record<Shape['type'], AnnotationKind>> = {
  Point: 'landmark',
  LineString: 'bridge',
  MultiLineString: 'bridge',
  Polygon: 'area',
  MultiPolygon: 'area',
};

/**
 * Reads annotations from GeoJSON (RFC 7946, but coordinates are layout units): a FeatureCollection or a single Feature
 * with the properties kind, label, description, evidence and width. A feature that cannot be read is left out and
 * reported; the rest is kept.
 *
 * @throws InputError if the text is no JSON or holds no features.
 */
export function readAnnotations(text: string): AnnotationsRead {
  const features = featuresOf(parse(text));
  const annotations: Annotation[] = [];
  const warnings: string[] = [];
  features.forEach((feature, index) => {
    const name = nameOf(feature, index);
    try {
      annotations.push(annotationOf(feature, (remark) => warnings.push(`${name} ${remark}.`)));
    } catch (error) {
      if (!(error instanceof BrokenFeature)) throw error;
      warnings.push(`${name} was left out: ${error.message}.`);
    }
  });
  return { annotations, warnings };
}

/** The annotations as a GeoJSON text that `readAnnotations` reads back the same, one feature a line. */
export function writeAnnotations(annotations: readonly Annotation[]): string {
  const lines = annotations.map(({ kind, label, description, evidence, width, id, others, shape }) =>
    JSON.stringify({
      type: 'Feature',
      ...(id !== undefined && { id }),
      properties: { ...others, kind, label, description, ...(width > 0 && { width }), evidence },
      geometry: shape,
    }),
  );
  return `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
}

/** Why one feature cannot be read: the end of a sentence. */
class BrokenFeature extends Error {}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new IsthmusError('InputError', `Annotations are GeoJSON, but this is no JSON: ${reason}.`, { cause: error });
  }
}

function featuresOf(value: unknown): readonly unknown[] {
  if (isObject(value) && value['type'] === 'FeatureCollection' && Array.isArray(value['features'])) {
    return value['features'];
  }
  if (isObject(value) && value['type'] === 'Feature') return [value];
  const came = isObject(value) ? `an object of type ${JSON.stringify(value['type'])}` : typeof value;
  throw new IsthmusError('InputError', `Annotations are a GeoJSON FeatureCollection, but ${came} came.`);
}

function nameOf(feature: unknown, index: number): string {
  const properties = isObject(feature) && isObject(feature['properties']) ? feature['properties'] : {};
  const label = properties['label'] ?? properties['name'];
  return typeof label === 'string' && label !== '' ? `Feature ${index + 1} ("${label}")` : `Feature ${index + 1}`;
}

function annotationOf(feature: unknown, remark: (sentence: string) => void): Annotation {
  if (!isObject(feature) || feature['type'] !== 'Feature') throw new BrokenFeature('it is no Feature');
  const given = feature['properties'] ?? {};
  if (!isObject(given)) throw new BrokenFeature('its properties are no object');
  const { kind: givenKind, label, name, description, evidence, width, ...others } = given;
  const shape = shapeOf(feature['geometry']);
  const kind = givenKind === undefined || givenKind === null ? kindOfShape[shape.type] : kindOf(givenKind);
  if (!shapesOf[kind].includes(shape.type)) {
    throw new BrokenFeature(`a ${kind} is drawn as ${shapesOf[kind].join(' or ')}, but it is a ${shape.type}`);
  }
  const { id } = feature;
  const annotation: Annotation = {
    kind,
    label: textOf(label ?? name, 'label'),
    description: textOf(description, 'description'),
    evidence: evidenceOf(evidence),
    width: widthOf(width),
    shape,
    id: typeof id === 'string' || typeof id === 'number' ? id : undefined,
    others,
  };
  if (givenKind !== kind) remark(`names no kind and counts as a ${kind}, since it is a ${shape.type}`);
  return annotation;
}

function kindOf(given: unknown): AnnotationKind {
  const kind = Object.keys(shapesOf).find((known) => known === given);
  if (kind === undefined) {
    throw new BrokenFeature(`its kind is ${Object.keys(shapesOf).join(', ')}, but it was ${JSON.stringify(given)}`);
  }
  return kind as AnnotationKind;
}

function textOf(value: unknown, name: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw new BrokenFeature(`its ${name} is a text, but it was ${JSON.stringify(value)}`);
}

function widthOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value;
  throw new BrokenFeature(`its width is a number of 0 or more, but it was ${JSON.stringify(value)}`);
}

function evidenceOf(value: unknown): Evidence {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new BrokenFeature(`its evidence is an object, but it was ${JSON.stringify(value)}`);
  const odd = Object.entries(value).find(([, one]) => !['number', 'string', 'boolean'].includes(typeof one));
  if (odd !== undefined) {
    throw new BrokenFeature(`its evidence "${odd[0]}" is a number or a text, but it was ${JSON.stringify(odd[1])}`);
  }
  return value as Evidence;
}

function shapeOf(geometry: unknown): Shape {
  if (!isObject(geometry)) throw new BrokenFeature('it has no geometry');
  const { type, coordinates } = geometry;
  switch (type) {
    case 'Point':
      return { type, coordinates: placeOf(coordinates) };
    case 'LineString':
      return { type, coordinates: lineOf(coordinates, 2) };
    case 'MultiLineString':
      return { type, coordinates: listOf(coordinates).map((line) => lineOf(line, 2)) };
    case 'Polygon':
      return { type, coordinates: listOf(coordinates).map((ring) => lineOf(ring, 4)) };
    case 'MultiPolygon':
      return {
        type,
        coordinates: listOf(coordinates).map((rings) => listOf(rings).map((ring) => lineOf(ring, 4))),
      };
    default:
      throw new BrokenFeature(`its geometry is a point, line or polygon, but it was ${JSON.stringify(type)}`);
  }
}

function lineOf(value: unknown, least: number): readonly Place[] {
  const places = listOf(value).map(placeOf);
  if (places.length >= least) return places;
  throw new BrokenFeature(
    `a ${least === 2 ? 'line' : 'ring'} has at least ${least} places, but it had ${places.length}`,
  );
}

/** A place; a height, which GeoJSON allows, is dropped. */
function placeOf(value: unknown): Place {
  if (Array.isArray(value) && value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1])) {
    return [value[0], value[1]];
  }
  throw new BrokenFeature(`a place is two numbers, but it was ${JSON.stringify(value)}`);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw new BrokenFeature(`its coordinates are a list, but there was ${JSON.stringify(value)}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
