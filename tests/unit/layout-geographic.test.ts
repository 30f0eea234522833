import { fromLonLat } from 'ol/proj.js';
import { describe, expect, test } from 'vitest';
import { earthBox, fromSphere, toMercator, toSphere } from '../../engine/base/mercator.ts';
import type { Column } from '../../engine/graph/columns.ts';
import { pack } from '../../engine/graph/packed-graph.ts';
import { geographicPositions, hasCoordinates } from '../../engine/layout/geographic.ts';

const numbers = (name: string, values: readonly number[], title = name): Column => ({
  ...{ name, title, type: 'double', kind: 'number', values: Float64Array.from(values) },
});

/** A graph of nodes called A, B, C, … with these columns. */
const graphOf = (nodes: readonly Column[], edges: readonly number[] = []) =>
  pack({
    ids: Array.from({ length: nodes[0].values.length }, (_, i) => String.fromCharCode(65 + i)),
    edges: Uint32Array.from(edges),
    nodes,
  });

const places = (longitudes: readonly number[], latitudes: readonly number[], edges: readonly number[] = []) =>
  graphOf([numbers('longitude', longitudes), numbers('latitude', latitudes)], edges);

describe('Web Mercator', () => {
  test.each([
    ['Greenwich', 0, 51.4769],
    ['New York', -74.006, 40.7128],
    ['Tokyo', 139.6917, 35.6895],
    ['Ushuaia', -68.3, -54.8],
    ['the end of the world', 180, 85.05112877980659],
  ])('has %s where OpenLayers has it, but for the Earth’s radius', (_name, longitude, latitude) => {
    const metres = fromLonLat([longitude, latitude]);
    const [x, y] = toMercator(longitude, latitude);
    expect(x * 6378.137).toBeCloseTo(metres[0], 4);
    expect(y * 6378.137).toBeCloseTo(metres[1], 4);
  });

  test('and the sphere are each other’s inverse', () => {
    for (const [longitude, latitude] of [
      [0, 0],
      [179.9, 84],
      [-120, -60],
    ]) {
      const [x, y] = toMercator(longitude, latitude);
      const back = fromSphere(...toSphere(x, y));
      expect(back[0]).toBeCloseTo(x, 8);
      expect(back[1]).toBeCloseTo(y, 8);
    }
    expect(toSphere(...toMercator(90, 0))).toEqual([
      expect.closeTo(0, 12),
      expect.closeTo(1, 12),
      expect.closeTo(0, 12),
    ]);
    expect(fromSphere(0, 0, 1)[1]).toBe(earthBox.maxY);
  });
});

describe('columns of coordinates', () => {
  test.each([
    ['longitude', 'latitude'],
    ['lng', 'lat'],
    ['Lon', 'LAT'],
    ['long', 'Latitude'],
  ])('are found as %s and %s', (longitude, latitude) => {
    const graph = graphOf([numbers('size', [7]), numbers(longitude, [90]), numbers(latitude, [0])]);
    expect(hasCoordinates(graph)).toBe(true);
    const { positions, ...rest } = geographicPositions(graph);
    expect([...positions]).toEqual([expect.closeTo(500 * Math.PI, 3), expect.closeTo(0, 3)]);
    expect(rest).toEqual({ longitude, latitude, warnings: [] });
  });

  test('are found by title, and taken as given before any other', () => {
    const graph = graphOf([
      ...[numbers('v1', [10], 'Longitude'), numbers('v2', [20], 'Latitude')],
      ...[numbers('born_lon', [-90]), numbers('born_lat', [0])],
    ]);
    expect(geographicPositions(graph).longitude).toBe('Longitude');
    const { positions } = geographicPositions(graph, { longitude: 'born_lon', latitude: 'born_lat' });
    expect([...positions]).toEqual([expect.closeTo(-500 * Math.PI, 3), expect.closeTo(0, 3)]);
  });

  test('that are missing, misspelt or text are told with those that there are', () => {
    const text: Column = { name: 'lat', title: 'lat', type: 'string', kind: 'string', values: ['52 N'] };
    const graph = graphOf([text, numbers('lon', [4]), numbers('people', [9])]);
    expect(hasCoordinates(graph)).toBe(false);
    expect(() => geographicPositions(graph)).toThrow(
      'There is no node column called latitude, lat to read the latitude from; columns of numbers are "lon", "people".',
    );
    expect(() => geographicPositions(graph, { latitude: 'lat' })).toThrow(
      'The node column "lat" holds no numbers to read a latitude from; columns of numbers are "lon", "people".',
    );
    expect(() => geographicPositions(graph, { longitude: 'east', latitude: 'people' })).toThrow(
      /^There is no node column "east" to read the longitude from/,
    );
  });
});

describe('coordinates', () => {
  test('out of range are refused with the node that has them', () => {
    expect(() => geographicPositions(places([0, 190], [0, 0]))).toThrow(
      'The longitude of "B" is 190, but has to be from −180 to 180 degrees.',
    );
    expect(() => geographicPositions(places([0], [-90.5]))).toThrow(/^The latitude of "A" is -90.5, .* −90 to 90/);
  });

  test('beyond Web Mercator’s end are put on its border, with a warning', () => {
    const { positions, warnings } = geographicPositions(places([0, 0, 0], [90, 85, -90]));
    expect([...positions].filter((_, k) => k % 2 === 1)).toEqual([
      expect.closeTo(earthBox.maxY, 2),
      expect.closeTo(toMercator(0, 85)[1], 2),
      expect.closeTo(earthBox.minY, 2),
    ]);
    expect(warnings).toEqual(['Beyond latitude 85.0511°, so put on Web Mercator’s border: 2 nodes ("A", "C").']);
  });

  test('that are missing follow from the neighbours’, over ±180° and along chains, with a warning', () => {
    // A and B at 170° E and 170° W; C has no longitude, D no coordinates and no neighbour but C.
    const { positions, warnings } = geographicPositions(
      places([170, -170, Number.NaN, Number.NaN], [0, 0, 12, Number.NaN], [0, 2, 1, 2, 2, 3]),
    );
    for (const node of [2, 3]) {
      expect(Math.abs(positions[2 * node])).toBeCloseTo(earthBox.maxX, 2);
      expect(positions[2 * node + 1]).toBeCloseTo(0, 3);
    }
    expect(warnings).toEqual(['Without coordinates, so put in the middle of neighbours: 2 nodes ("C", "D").']);
  });

  test('that nothing leads to are refused, with the nodes that lack them', () => {
    const longitudes = [0, ...Array<number>(7).fill(Number.NaN)];
    expect(() => geographicPositions(places(longitudes, longitudes, [0, 1, 2, 3]))).toThrow(
      'No coordinates, and no neighbours that have some, are known of 6 nodes ("C", "D", "E", "F", "G" and 1 more): give them coordinates or leave them out.',
    );
  });
});
