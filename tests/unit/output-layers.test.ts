import { expect, test } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { strokePath } from '../../engine/map/edge-marks.ts';
import { createMap, scaleOf } from '../../engine/map/graph-map.ts';
import { toPixel } from '../../engine/map/view.ts';
import { edgesOnTile, onlyLayers } from '../../engine/output/layers.ts';
import { paperOf, viewOnPaper } from '../../engine/output/paper.ts';
import { labelCountOn, mapOnPaper } from '../../engine/output/typography.ts';

const random = createRandom(2);
const graph = plantedPartition({ nodes: 200, edges: 900, blocks: 5, seed: 3 });
const positions = Float32Array.from(
  { length: 400 },
  (_, i) => 40 * random() + 100 * Math.sin(((i >> 1) % 5) + (i % 2) * 2),
);
const map = createMap(graph, positions);
const view = viewOnPaper(map.sheet, { paper: paperOf('A5'), bleed: 0, margin: 5, dpi: 96 });

test('a tile has every stroke that comes near it, in the order of the whole', () => {
  const tile = { x: 200, y: 300, width: 150, height: 120 };
  const { edges } = edgesOnTile(map, view, tile);
  expect(edges.energy.length).toBeLessThan(map.edges.energy.length);
  expect(edges.crowding).toBe(map.edges.crowding);
  const name = (ends: Uint32Array, e: number) => `${ends[2 * e]}-${ends[2 * e + 1]}`;
  const kept = Array.from(edges.energy, (_, e) => name(edges.ends, e));
  const all = Array.from(map.edges.energy, (_, e) => name(map.edges.ends, e));
  expect(kept).toEqual(all.filter((one) => kept.includes(one)));
  const near = all.filter((_, e) => {
    const path = strokePath(map.edges, positions, e, map.settings.edges.bundling, 200);
    for (let k = 0; k < path.length; k += 2) {
      const [x, y] = toPixel(view, path[k], path[k + 1]);
      if (x > 198 && x < 352 && y > 298 && y < 422) return true;
    }
    return false;
  });
  expect(near.length).toBeGreaterThan(30);
  expect(near.filter((one) => !kept.includes(one))).toEqual([]);
});

test('the base has no text, the relief nothing else', () => {
  const base = onlyLayers(map, 'base');
  expect([base.settings.labels.show, base.settings.annotations.show, base.settings.edges.show]).toEqual([
    false,
    false,
    true,
  ]);
  const relief = onlyLayers(map, 'relief');
  expect([relief.settings.edges.show, relief.graph.nodeCount]).toEqual([false, 0]);
  expect(onlyLayers(map, 'all')).toBe(map);
});

test('type on paper is at least 5.5 points, in half points, and labels are as many as there is room', () => {
  expect(labelCountOn(paperOf('A0'))).toBe(4000);
  expect(labelCountOn(paperOf('A4'))).toBe(249);
  for (const name of ['A5', 'A2', 'A0']) {
    const paper = paperOf(name);
    const onPaper = viewOnPaper(map.sheet, { paper, bleed: 0, margin: 10, dpi: 300 });
    const set = mapOnPaper(map, onPaper, paper);
    const points = Array.from(set.labels.sizes, (size) => size * scaleOf(set, onPaper).text * 0.75);
    expect(Math.min(...points)).toBeGreaterThan(5.49);
    for (const size of points) expect(Math.abs(2 * size - Math.round(2 * size))).toBeLessThan(1e-3);
    expect(mapOnPaper(map, onPaper, paper, { count: 7 }).settings.labels.count).toBe(7);
  }
});
