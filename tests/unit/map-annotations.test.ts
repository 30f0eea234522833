import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Annotation, Place, Shape } from '../../engine/map/annotations/annotation.ts';
import { readAnnotations, writeAnnotations } from '../../engine/map/annotations/geojson.ts';

const feature = (properties: unknown, geometry: unknown, more: object = {}) => ({
  type: 'Feature',
  properties,
  geometry,
  ...more,
});
const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });
const line = {
  type: 'LineString',
  coordinates: [
    [0, 0],
    [3, 4],
  ],
};
const square = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
};

const place = fc
  .tuple(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer())
  .map(([x, y]): Place => [x + 0, y]);
const lineOf = (least: number) => fc.array(place, { minLength: least, maxLength: 6 });
const annotation: fc.Arbitrary<Annotation> = fc
  .oneof(
    fc.record({ kind: fc.constant('landmark'), shape: place.map((coordinates) => ({ type: 'Point', coordinates })) }),
    fc.record({
      kind: fc.constantFrom('bridge', 'border'),
      shape: lineOf(2).map((coordinates) => ({ type: 'LineString', coordinates })),
    }),
    fc.record({
      kind: fc.constant('area'),
      shape: fc
        .array(lineOf(4), { minLength: 1, maxLength: 3 })
        .map((coordinates) => ({ type: 'Polygon', coordinates })),
    }),
  )
  .chain(({ kind, shape }) =>
    fc.record({
      kind: fc.constant(kind as Annotation['kind']),
      shape: fc.constant(shape as Shape),
      label: fc.string(),
      description: fc.string(),
      evidence: fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.oneof(fc.integer(), fc.string()),
      ),
      width: fc.nat(),
      id: fc.oneof(fc.string(), fc.nat(), fc.constant(undefined)),
      others: fc.constantFrom({}, { stroke: '#f00', nested: { kept: [1, null] } }),
    }),
  );

describe('annotations as GeoJSON', () => {
  test('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(annotation, { maxLength: 5 }), (annotations) => {
        const read = readAnnotations(writeAnnotations(annotations));
        expect(read.warnings).toEqual([]);
        expect(read.annotations).toEqual(annotations);
      }),
    );
  });

  test('keep what a person changed, and what other programs wrote', () => {
    const text = collection(
      feature({ kind: 'bridge', label: 'vision, robotics', evidence: { links: 9 }, stroke: 'red' }, line),
    );
    const { annotations } = readAnnotations(text.replace('vision, robotics', 'Seeing machines'));
    expect(annotations[0]).toMatchObject({
      label: 'Seeing machines',
      evidence: { links: 9 },
      others: { stroke: 'red' },
    });
  });

  test('guess the kind of a shape that was drawn elsewhere, and say so', () => {
    const { annotations, warnings } = readAnnotations(
      collection(feature(null, square), feature({ name: 'Path' }, line)),
    );
    expect(annotations.map(({ kind, label }) => [kind, label])).toEqual([
      ['area', ''],
      ['bridge', 'Path'],
    ]);
    expect(warnings[1]).toBe('Feature 2 ("Path") names no kind and counts as a bridge, since it is a LineString.');
  });

  test.each([
    [7, 'it is no Feature'],
    [feature({ kind: 'river' }, line), 'its kind is landmark, bridge, area, border, but it was "river"'],
    [feature({ kind: 'landmark' }, line), 'a landmark is drawn as Point, but it is a LineString'],
    [feature({ kind: 'bridge' }, null), 'it has no geometry'],
    [feature({}, { type: 'Circle' }), 'its geometry is a point, line or polygon, but it was "Circle"'],
    [feature({}, { type: 'Point', coordinates: [1, 'x'] }), 'a place is two numbers, but it was [1,"x"]'],
    [feature({}, { type: 'LineString', coordinates: [[1, 2]] }), 'a line has at least 2 places, but it had 1'],
    [feature({}, { type: 'Polygon', coordinates: [] }), 'its coordinates are a list, but there was []'],
    [feature({ label: 5 }, line), 'its label is a text, but it was 5'],
    [feature({ width: -1 }, line), 'its width is a number of 0 or more, but it was -1'],
    [feature({ evidence: { links: [1] } }, line), 'its evidence "links" is a number or a text, but it was [1]'],
  ])('leave out what is broken with its reason and keep the rest: %j', (broken, reason) => {
    const good = feature({ kind: 'bridge', label: 'good' }, line);
    const { annotations, warnings } = readAnnotations(collection(good, broken, good));
    expect(annotations).toHaveLength(2);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^Feature 2 .*was left out: /);
    expect(warnings[0]).toContain(`${reason}.`);
  });

  test.each([
    ['{', /no JSON/],
    ['[]', /FeatureCollection, but object came|FeatureCollection/],
    ['{"type":"Topology"}', /type "Topology"/],
  ])('are refused whole where there are no features: %s', (text, message) => {
    expect(() => readAnnotations(text)).toThrow(message);
  });
});
