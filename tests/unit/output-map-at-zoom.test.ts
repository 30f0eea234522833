import { expect, test } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { createMap, restyleMap, scaleOf } from '../../engine/map/graph-map.ts';
import { mapAtZoom } from '../../engine/output/tiles/map-at-zoom.ts';
import { viewAtZoom } from '../../engine/output/tiles/pyramid.ts';

/** Blocks side by side, node i in block i mod `blocks`. */
function mapOf(options: { nodes: number; edges: number; blocks: number }) {
  const random = createRandom(3);
  const graph = plantedPartition({ ...options, seed: 3 });
  const positions = Float32Array.from({ length: 2 * options.nodes }, (_, k) => {
    const block = (k >> 1) % options.blocks;
    return 100 * (k % 2 === 0 ? block % 4 : Math.floor(block / 4)) + 40 * random();
  });
  return createMap(graph, positions);
}

const crowded = mapOf({ nodes: 4000, edges: 30_000, blocks: 16 });
const sparse = mapOf({ nodes: 60, edges: 150, blocks: 4 });
const at = (map: typeof crowded, zoom: number, labels = {}) =>
  mapAtZoom(map, viewAtZoom(map.world, zoom, 256, 2), labels);

test('labels grow in number from zoom to zoom, in sizes for a screen, unless told otherwise', () => {
  const labels = (zoom: number, asked = {}) => at(sparse, zoom, asked).settings.labels;
  expect([0, 1, 2, 3].map((zoom) => labels(zoom).count)).toEqual([8, 43, 243, 1049]);
  expect(labels(5).minSize).toBeLessThan(labels(0).minSize);
  expect(labels(5, { count: 7 }).count).toBe(7);
});

test('nodes shrink where they crowd a small sheet, those of any chosen scale alike, and have their size from zoom 3 on', () => {
  const shrinking = (map: typeof crowded, zoom: number) =>
    at(map, zoom).settings.nodes.scale / map.settings.nodes.scale;
  const shares = [0, 1, 2].map((zoom) => shrinking(crowded, zoom));
  expect(shares[0]).toBeGreaterThan(0.3);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares[0]).toBeLessThan(0.7);
  expect(at(crowded, 3).nodes.radius).toEqual(crowded.nodes.radius);
  expect(shrinking(sparse, 0)).toBe(1);
  expect(shrinking(restyleMap(crowded, { nodes: { scale: 3 } }), 0)).toBeCloseTo(shares[0], 6);
  expect(at(restyleMap(crowded, { nodes: { scale: 0 } }), 0).settings.nodes.scale).toBe(0);
});

test('on a small sheet weak bridges step back further than strong ones, and local edges keep their tone', () => {
  const { edges } = crowded;
  const small = at(crowded, 0).edges;
  const far = [...edges.energy.keys()].filter((e) => edges.nonlocal[e] === 1);
  const weak = far.reduce((least, e) => (edges.energy[e] < edges.energy[least] ? e : least));
  const strong = far.reduce((most, e) => (edges.energy[e] > edges.energy[most] ? e : most));
  const kept = (e: number) => small.energy[e] / edges.energy[e];
  expect(edges.energy[weak]).toBeLessThan(0.5 * edges.energy[strong]);
  expect(kept(weak)).toBeLessThan(0.8 * kept(strong));
  const ink = ({ energy }: typeof edges) => energy.reduce((sum, value, e) => sum + (edges.nonlocal[e] ? 0 : value), 0);
  const across = crowded.world.maxX - crowded.world.minX;
  const tone = (map: typeof crowded, width: number) => ink(map.edges) / (width / across);
  expect(Math.abs(Math.log(tone(at(crowded, 0), 256) / tone(crowded, 1200)))).toBeLessThan(0.2);
  expect(at(crowded, 3).edges).toBe(crowded.edges);
});

test('strokes that do not crowd are drawn as on any sheet', () => {
  expect(at(sparse, 1).edges.energy).toEqual(sparse.edges.energy);
});

test('crowding is that of the strokes as they are drawn there', () => {
  const sumOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
  const small = at(crowded, 0).edges;
  const share = sumOf(small.crowding.values) / sumOf(crowded.edges.crowding.values);
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(0.9);
  expect(small.crowding.box).toEqual(crowded.edges.crowding.box);
});

test('edges are no wider than 1.1 pixels on a screen, at any zoom', () => {
  for (const zoom of [0, 4, 8]) {
    const view = viewAtZoom(crowded.world, zoom, 256, 1);
    const { settings } = mapAtZoom(crowded, view);
    expect(settings.edges.width * scaleOf(crowded, view).line).toBeLessThanOrEqual(1.1 + 1e-9);
  }
});
