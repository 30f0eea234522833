import { describe, expect, test } from 'vitest';
import type { Column } from '../../engine/graph/columns.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { pack } from '../../engine/graph/packed-graph.ts';
import { createMap, moveMap, restyleMap } from '../../engine/map/graph-map.ts';
import { describeLegend } from '../../engine/map/legend.ts';
import { neighboursOf, pickNode, searchNodes } from '../../engine/map/pick.ts';
import { fitView, toPixel } from '../../engine/map/view.ts';
import { relief } from '../../engine/relief/relief.ts';

const number = (name: string, values: number[], role?: 'size'): Column => ({
  name,
  title: name,
  type: 'double',
  kind: 'number',
  values: Float64Array.from(values),
  ...(role && { role }),
});
const text = (name: string, values: string[], role?: 'label'): Column => ({
  name,
  title: name,
  type: 'string',
  kind: 'string',
  values,
  ...(role && { role }),
});

/** Two triangles far apart, joined by one edge. */
const graph = pack({
  ids: ['a', 'b', 'c', 'd', 'e', 'constructor'],
  edges: Uint32Array.of(0, 1, 1, 2, 2, 0, 3, 4, 4, 5, 5, 3, 0, 3, 1, 1),
  nodes: [
    text('label', ['Ärger', 'bark', 'cork', 'dark bar', 'bar', 'fog'], 'label'),
    number('weight', [1, 4, 9, 16, 25, Number.NaN]),
    text('kind', ['x', 'x', 'y', 'y', 'y', 'z']),
  ],
});
const positions = Float32Array.of(0, 0, 10, 0, 5, 8, 100, 0, 110, 0, 105, 8);
const map = createMap(graph, positions);
const view = fitView(map.sheet, { width: 400, height: 200 });

describe('createMap', () => {
  test('tells the bridge from the local edges and leaves self-loops undrawn', () => {
    expect(map.communities.count).toBe(2);
    expect([...map.edges.ends]).toEqual([0, 1, 1, 2, 2, 0, 3, 4, 4, 5, 5, 3, 0, 3]);
    expect([...map.edges.nonlocal]).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(map.edges.energy[0]).toBeCloseTo(0.7);
    expect(restyleMap(map, { edges: { local: 0.2 } }).edges.energy[0]).toBeCloseTo(0.2);
    expect(map.edges.energy[6]).toBeCloseTo(0.06 ** 0.3);
    expect(restyleMap(map, { edges: { local: 0 } }).edges.energy[6]).toBeCloseTo(0.06);
  });

  test('spreads over the crowding grid what all nonlocal strokes weigh', () => {
    const { crowding, energy } = map.edges;
    const cell = (crowding.box.maxX - crowding.box.minX) / crowding.width;
    const total = crowding.values.reduce((sum, value) => sum + value * cell * cell, 0);
    expect(total).toBeCloseTo(100 * energy[6], 3);
  });

  test('gives nodes areas that grow with the column, and missing values the least', () => {
    const { radius, size } = restyleMap(map, { nodes: { size: { column: 'weight' }, scale: 0.5 } }).nodes;
    expect(size.radii).toEqual([0.5 * 0.9 * 3, 0.5 * 4.5 * 3]);
    expect(radius[0]).toBeCloseTo(size.radii[0], 5);
    expect(radius[4]).toBeCloseTo(size.radii[1], 5);
    expect(radius[5]).toBeCloseTo(size.radii[0], 5);
    expect(radius[3] ** 2).toBeCloseTo(radius[0] ** 2 + (15 / 24) * (radius[4] ** 2 - radius[0] ** 2), 4);
  });

  test('colours by cluster, by a category or along a scale', () => {
    const colorAt = (m: typeof map, node: number) => [...m.nodes.color.subarray(4 * node, 4 * node + 4)];
    expect(colorAt(map, 0)).toEqual(colorAt(map, 2));
    expect(colorAt(map, 0)).not.toEqual(colorAt(map, 3));
    const kinds = restyleMap(map, { nodes: { color: { column: 'kind' } } });
    expect(colorAt(kinds, 2)).toEqual(colorAt(kinds, 3));
    expect(kinds.nodes.colorKey).toMatchObject({ kind: 'categories', title: 'kind' });
    const scaled = restyleMap(map, { nodes: { color: { column: 'weight' } } });
    expect(colorAt(scaled, 4)).toEqual([0xfe, 0xe8, 0x38, 255]);
    expect(scaled.nodes.colorKey).toEqual({ kind: 'scale', title: 'weight', range: [1, 25] });
  });

  test('says which setting is wrong', () => {
    expect(() => createMap(graph, positions, { settings: { nodes: { size: { column: 'nope' } } } })).toThrow(
      'There is no node column "nope"; the file has "label", "weight", "kind".',
    );
    expect(() => createMap(graph, positions, { settings: { edges: { cap: 3 } } })).toThrow(
      'The setting edges.cap is 3, but it must be from 0 to 1.',
    );
    expect(() => restyleMap(map, { nodes: { size: { column: 'kind' } } })).toThrow('does not hold numbers');
  });

  test('works on a single node, on none, and on nodes in one spot', () => {
    for (const [ids, at] of [
      [['a'], [3, 4]],
      [[], []],
      [
        ['a', 'b', 'c'],
        [1, 1, 1, 1, 1, 1],
      ],
    ] as const) {
      const small = createMap(pack({ ids, edges: new Uint32Array() }), Float32Array.from(at));
      expect(small.nodes.radius).toHaveLength(ids.length);
      expect(small.sheet.maxX).toBeGreaterThan(small.sheet.minX);
      expect(describeLegend(small).counts).toBe(`${ids.length} node${ids.length === 1 ? '' : 's'}, 0 edges`);
    }
  });
});

test('a moved map keeps its marks, and takes positions and relief', () => {
  const shifted = positions.map((value) => value + 50);
  const moved = moveMap(map, shifted, relief(shifted, { cells: 1000 }));
  expect(moved.nodes).toBe(map.nodes);
  expect(moved.bounds.minX).toBe(50);
  expect(moved.sheet).not.toEqual(map.sheet);
});

test('restyling what does not touch the stages does not run them again', () => {
  const dark = restyleMap(map, { palette: 'dark' });
  expect(dark.relief).toBe(map.relief);
  expect(dark.communities).toBe(map.communities);
  expect(dark.palette.name).toBe('dark');
  expect(dark.settings.edges).toEqual(map.settings.edges);
  expect(dark.edges).toBe(map.edges);
  const shaded = restyleMap(map, { relief: { azimuth: 90 } });
  expect(shaded.nodes === map.nodes && shaded.edges === map.edges && shaded.labels === map.labels).toBe(true);
  expect(restyleMap(map, { edges: { strength: 1 } }).edges).toBe(map.edges);
});

test('a node is picked at its place and within reach, and not beyond', () => {
  const [x, y] = toPixel(view, 100, 0);
  expect(pickNode(map, view, x, y)).toBe(3);
  expect(pickNode(map, view, x, y + 7)).toBe(3);
  expect(pickNode(map, view, x, y + 60)).toBeUndefined();
  expect(neighboursOf(map, 3)).toEqual([4, 5, 0]);
});

test('search finds whole names, beginnings, parts and ids, in this order and whatever the accents', () => {
  expect(searchNodes(map, 'BAR').map((i) => graph.ids[i])).toEqual(['e', 'b', 'd']);
  expect(searchNodes(map, 'arger')).toEqual([0]);
  expect(searchNodes(map, 'constructor')).toEqual([5]);
  expect(searchNodes(map, '  ')).toEqual([]);
});

test('the legend says what is on the map', () => {
  const legend = describeLegend(
    createMap(plantedPartition({ nodes: 300, edges: 1500, blocks: 12, seed: 1 }), seeded(600), { title: 'Planted' }),
  );
  expect(legend.title).toBe('Planted');
  expect(legend.counts).toBe('300 nodes, 1,500 edges');
  expect(legend.sizes?.circles.map(({ radius }) => radius / 0.9)).toEqual([
    expect.closeTo(2.236, 3),
    expect.any(Number),
    expect.closeTo(5 * 2.236, 3),
  ]);
  expect(legend.colors?.kind).toBe('categories');
});

function seeded(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898) * 100);
}
