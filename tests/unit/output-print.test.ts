import { expect, test } from 'vitest';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { createMap } from '../../engine/map/graph-map.ts';
import { toPixel } from '../../engine/map/view.ts';
import { paperOf } from '../../engine/output/paper.ts';
import { setOnPaper } from '../../engine/output/print.ts';
import { placeText } from '../../engine/render/place-text.ts';

/** Letters as wide as those of a common sans serif. */
const measure = (text: string, size: number): number => 0.55 * size * text.length;

const graph = plantedPartition({ nodes: 400, edges: 1200, blocks: 8, seed: 2 });
/** Nodes in rows and columns all over a square, which leaves a legend no corner. */
const positions = Float32Array.from({ length: 800 }, (_, k) => (k % 2 ? Math.floor((k >> 1) / 20) : (k >> 1) % 20));
const map = createMap(graph, positions, { title: 'A full square', notes: ['Layout: rows and columns; seed 2.'] });

test.each([
  ['A4', false],
  ['A4', true],
  ['A0', false],
  ['105x148mm', false],
  ['105x148mm', true],
])('on %s (across: %s) neither title nor legend lies on the map', (name, isAcross) => {
  const { width, height } = paperOf(name);
  const paper = isAcross ? { width: height, height: width } : { width, height };
  const print = setOnPaper(map, { paper, bleed: 0, margin: 10, dpi: 150 }, {});
  const { legend, heading } = placeText(print.map, print.view, print.drawing, measure);
  const blocks = [legend?.box, heading?.box].filter((box) => box !== undefined);
  expect(blocks).toHaveLength(2);
  for (let i = 0; i < 400; i++) {
    const [x, y] = toPixel(print.view, positions[2 * i], positions[2 * i + 1]);
    for (const { minX, minY, maxX, maxY } of blocks) {
      expect(x > minX && x < maxX && y > minY && y < maxY).toBe(false);
    }
  }
});

test('without legend and title the map has all of the sheet', () => {
  const sheet = { paper: paperOf('A4'), bleed: 0, margin: 10, dpi: 150 };
  const bare = setOnPaper({ ...map, title: '' }, sheet, { legend: false });
  const whole = (map.sheet.maxX - map.sheet.minX) / bare.view.unitsPerPixel;
  expect(whole).toBeCloseTo((190 / 25.4) * 96, 0);
});
