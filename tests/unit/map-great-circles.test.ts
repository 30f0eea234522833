import { describe, expect, test } from 'vitest';
import { earthBox, toMercator, toSphere } from '../../engine/base/mercator.ts';
import type { Column } from '../../engine/graph/columns.ts';
import { type PackedGraph, pack } from '../../engine/graph/packed-graph.ts';
import { geographicPositions } from '../../engine/layout/geographic.ts';
import { selectStrokes, strokeLines } from '../../engine/map/edge-marks.ts';
import { createMap, moveMap, restyleMap } from '../../engine/map/graph-map.ts';
import { greatCircles, linesOfCourse } from '../../engine/map/great-circles.ts';
import { edgesOnTile } from '../../engine/output/layers.ts';
import { featuresOf } from '../../engine/output/tiles/features.ts';
import { viewAtZoom } from '../../engine/output/tiles/pyramid.ts';

const tokyo = [139.69, 35.69] as const;
const sanFrancisco = [-122.42, 37.77] as const;
const london = [-0.13, 51.51] as const;
const half = earthBox.maxX;

type Degrees = readonly [longitude: number, latitude: number];
type Vector = readonly [number, number, number];

const positionsOf = (...places: readonly Degrees[]) =>
  Float32Array.from(places.flatMap((place) => toMercator(...place)));

/** The lines of the stroke between the first two places, its lane between the others. */
function linesBetween(places: readonly Degrees[], bundling = 0): Float32Array[] {
  const axes = places.length === 4 ? Uint32Array.of(2, 3) : Uint32Array.of(0, 1);
  return linesOfCourse(greatCircles(Uint32Array.of(0, 1), axes, positionsOf(...places), bundling), 0);
}

const pointsOf = (line: ArrayLike<number>) =>
  Array.from({ length: line.length / 2 }, (_, k) => [line[2 * k], line[2 * k + 1]] as const);
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const angleOf = (a: Vector, b: Vector) => Math.atan2(Math.hypot(...cross(a, b)), dot(a, b));
const vectorOf = (place: Degrees) => toSphere(...toMercator(...place));

describe('a great circle', () => {
  test('runs in the plane of its ends and the Earth’s middle, the short way, without a corner that is seen', () => {
    const lines = linesBetween([london, tokyo]);
    expect(lines).toHaveLength(1);
    const points = pointsOf(lines[0]);
    const vectors = points.map(([x, y]) => toSphere(x, y));
    const pole = cross(vectorOf(london), vectorOf(tokyo));
    for (const vector of vectors) expect(Math.abs(dot(vector, pole))).toBeLessThan(1e-6);
    const length = vectors.slice(1).reduce((sum, vector, k) => sum + angleOf(vectors[k], vector), 0);
    expect(length).toBeCloseTo(angleOf(vectorOf(london), vectorOf(tokyo)), 6);
    const headings = points.slice(1).map(([x, y], k) => Math.atan2(y - points[k][1], x - points[k][0]));
    const turns = headings.slice(1).map((heading, k) => Math.abs(heading - headings[k]));
    expect(Math.max(...turns)).toBeLessThan(Math.PI / 60);
    expect(points[0]).toEqual([...positionsOf(london)]);
    expect(points.at(-1)).toEqual([...positionsOf(tokyo)]);
  });

  test('that crosses 180° leaves the map on one side and comes back on the other, at one latitude', () => {
    const lines = linesBetween([tokyo, sanFrancisco]);
    expect(lines).toHaveLength(2);
    const [west, east] = lines.map(pointsOf);
    expect(west.at(-1)?.[0]).toBeCloseTo(half, 3);
    expect(east[0][0]).toBeCloseTo(-half, 3);
    // Where the plane of the great circle meets the meridian of 180°.
    const pole = cross(vectorOf(tokyo), vectorOf(sanFrancisco));
    const latitude = (Math.atan2(pole[0], pole[2]) * 180) / Math.PI;
    expect(latitude).toBeGreaterThan(45);
    for (const point of [west.at(-1), east[0]]) expect(point?.[1]).toBeCloseTo(toMercator(180, latitude)[1], 0);
    for (const line of [west, east]) {
      for (const [k, [x]] of line.slice(1).entries()) expect(Math.abs(x - line[k][0])).toBeLessThan(half / 20);
    }
  });

  test('over the pole goes up to the map’s end and comes down again, without a line along it', () => {
    const lines = linesBetween([
      [-75, 60],
      [105, 60],
    ]);
    expect(lines).toHaveLength(2);
    for (const [line, longitude] of [
      [lines[0], -75],
      [lines[1], 105],
    ] as const) {
      for (const [x, y] of pointsOf(line)) {
        expect(x).toBeCloseTo(toMercator(longitude, 0)[0], 0);
        expect(y).toBeLessThanOrEqual(Math.fround(half));
      }
    }
  });

  test.each([
    ['one place', [10, 50], [10, 50]],
    ['opposite ends of the Earth', [10, 50], [-170, -50]],
    ['the two ends of 180°', [180, 20], [-180, 20]],
    ['corners of the map', [180, 85.06], [-180, -85.06]],
  ] as const)('is finite between %s', (_name, source, target) => {
    for (const line of linesBetween([source, target])) expect(line.every(Number.isFinite)).toBe(true);
  });

  test('that is gathered runs along its lane’s great circle in the middle, from and to its own ends', () => {
    const lane: readonly Degrees[] = [
      [0, 40],
      [100, 40],
    ];
    const [line] = linesBetween([[0, 45], [100, 45], ...lane], 1);
    const points = pointsOf(line);
    expect(points[0]).toEqual([...positionsOf([0, 45])]);
    expect(points.at(-1)).toEqual([...positionsOf([100, 45])]);
    const pole = cross(vectorOf(lane[0]), vectorOf(lane[1]));
    const middle = points.slice(Math.ceil(points.length * 0.3), Math.floor(points.length * 0.7));
    expect(middle.length).toBeGreaterThan(5);
    for (const [x, y] of middle) expect(Math.abs(dot(toSphere(x, y), pole))).toBeLessThan(1e-6);
  });
});

const numbers = (name: string, values: readonly number[]): Column => ({
  ...{ name, title: name, type: 'double', kind: 'number', values: Float64Array.from(values) },
});

function graphOf(places: readonly Degrees[], edges: readonly number[]): PackedGraph {
  return pack({
    ids: places.map((_, i) => String(i)),
    edges: Uint32Array.from(edges),
    nodes: [
      numbers(
        'lon',
        places.map(([x]) => x),
      ),
      numbers(
        'lat',
        places.map(([, y]) => y),
      ),
    ],
  });
}

describe('a geographic map', () => {
  const graph = graphOf([tokyo, sanFrancisco, london, [2.35, 48.86]], [0, 1, 2, 3, 1, 1, 3, 0]);
  const { positions } = geographicPositions(graph);
  const map = createMap(graph, positions, { isGeographic: true });

  test('has the Earth for its world, and room for its strokes on its sheet', () => {
    expect(map.world).toBe(earthBox);
    expect(map.sheet.maxX).toBe(half);
    const ys = strokeLines(map.edges, positions, 2, 0, 1).flatMap((line) => pointsOf(line).map(([, y]) => y));
    expect(Math.max(...ys)).toBeGreaterThan(toMercator(0, 60)[1]);
    expect(map.sheet.maxY).toBeGreaterThanOrEqual(Math.max(...ys));
    expect(map.sheet.maxY).toBeLessThanOrEqual(half);
  });

  test('has straight strokes where that is wished, and great circles again', () => {
    const straight = restyleMap(map, { edges: { path: 'straight' } });
    expect(straight.edges.courses).toBeUndefined();
    expect(straight.sheet.maxY).toBeLessThanOrEqual(map.sheet.maxY);
    expect(restyleMap(straight, { edges: { path: 'great-circle' } }).edges.courses).toEqual(map.edges.courses);
  });

  test('has great circles that follow its nodes', () => {
    const moved = moveMap(map, positionsOf(london, sanFrancisco, tokyo, [2.35, 48.86]), map.relief);
    expect(strokeLines(moved.edges, moved.positions, 0, 0, 1)).toEqual(linesBetween([london, sanFrancisco]));
  });

  test('alone has them', () => {
    expect(() => createMap(graph, positions, { settings: { edges: { path: 'great-circle' } } })).toThrow(
      'The setting edges.path is great-circle, but the map is not geographic: its nodes lie on no sphere.',
    );
    expect(createMap(graph, positions).edges.courses).toBeUndefined();
  });

  test('has no nodes beyond the Earth', () => {
    const beyond = positions.map((value, k) => (k === 3 ? 3200 : value));
    expect(() => createMap(graph, beyond, { isGeographic: true })).toThrow(/from −1,000π to 1,000π.* but 3200 came\.$/);
    expect(
      createMap(graph, positionsOf([180, 85.0511], [-180, -85.0511], [180, 0], [0, 0]), { isGeographic: true }).sheet,
    ).toEqual(earthBox);
  });

  test('keeps strokes for tiles that neither of their nodes is near', () => {
    const view = viewAtZoom(map.world, 2, 256, 1);
    // The Bering Sea on the tile in the upper left corner but one row: 180° to 90° W, 0° to 66° N.
    const { edges } = edgesOnTile(map, view, { x: 0, y: 300, width: 20, height: 200 });
    expect([...edges.ends]).toEqual([0, 1]);
    expect(edges).toEqual(selectStrokes(map.edges, Uint32Array.of(0)));
    const last = selectStrokes(map.edges, Uint32Array.of(2));
    expect(strokeLines(last, positions, 0, 0, 1)).toEqual(strokeLines(map.edges, positions, 2, 0, 1));
  });

  test('has strokes over 180° as two lines in vector tiles', () => {
    const features = featuresOf({ ...map, edges: { ...map.edges, nonlocal: map.edges.nonlocal.map(() => 1) } }).edges;
    const types = features.map(({ id, geometry }) => [id, geometry.type]).sort();
    expect(types).toEqual([
      [0, 'MultiLineString'],
      [1, 'LineString'],
      [3, 'LineString'],
    ]);
  });
});
