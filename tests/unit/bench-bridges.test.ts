import { describe, expect, test } from 'vitest';
import { plantedBridges, tieSizes } from '../../bench/bridges/planted.ts';
import { rowsOf } from '../../bench/bridges/score.ts';
import {
  contrastsOf,
  isVisible,
  type Line,
  lightnessOf,
  segmentCount,
  segmentsOf,
} from '../../bench/bridges/visibility.ts';

const [width, height] = [200, 120];
const line: Line = [20, 20, 180, 100];

/** Grey paper with a line on it of so many levels less, where `isDrawn` says so by the place along the line, 0 to 1. */
function picture(drop: number, isDrawn: (along: number) => boolean = () => true): Float32Array {
  const pixels = new Uint8Array(4 * width * height).fill(230);
  const [x0, y0, x1, y1] = line;
  const length = Math.hypot(x1 - x0, y1 - y0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x + 0.5 - x0, y + 0.5 - y0];
      const across = Math.abs(dx * (y1 - y0) - dy * (x1 - x0)) / length;
      const along = (dx * (x1 - x0) + dy * (y1 - y0)) / length ** 2;
      if (across < 0.7 && isDrawn(along)) pixels.fill(230 - drop, 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  }
  return lightnessOf(pixels);
}

const segments = segmentsOf(line, [line], width, height);
const sees = (lightness: Float32Array) => isVisible(contrastsOf(lightness, segments));

describe('visibility', () => {
  test('L* of grey and of colours is that of the CIE', () => {
    const pixels = Uint8Array.of(0, 0, 0, 255, 255, 255, 255, 255, 119, 119, 119, 255, 255, 0, 0, 255, 0, 0, 255, 255);
    const expected = [0, 100, 50.03, 53.24, 32.3];
    for (const [i, value] of lightnessOf(pixels).entries()) expect(value).toBeCloseTo(expected[i], 1);
  });

  test('a line is seen where it is darker than its flanks by 3 of L*, and bare paper is not', () => {
    expect(sees(picture(0))).toBe(false);
    expect(sees(picture(4))).toBe(false);
    expect(sees(picture(15))).toBe(true);
    expect(sees(picture(-15))).toBe(false);
    for (const contrast of contrastsOf(picture(15), segments)) expect(contrast).toBeCloseTo(5.4, 0);
  });

  test('a line may be lost on a fifth of its way, not on more', () => {
    expect(sees(picture(60, (along) => along * segmentCount < 10))).toBe(true);
    expect(sees(picture(60, (along) => along * segmentCount < 9))).toBe(false);
    expect(sees(picture(60, (along) => (along * 60) % 1 < 0.02))).toBe(false);
  });

  test('a dark ground under a line and its flanks shows nothing', () => {
    const dark = picture(0).fill(20);
    expect(contrastsOf(dark, segments)).toEqual(new Array(segmentCount).fill(0));
  });

  test('pixels of a stroke lie on it, those beside it 3 to 8 away from every stroke', () => {
    const bundle: Line[] = [line, [20, 26, 180, 106]];
    const gapOf = (pixel: number) =>
      bundle.map(([x0, y0, x1, y1]) => {
        const [dx, dy] = [(pixel % width) + 0.5 - x0, Math.floor(pixel / width) + 0.5 - y0];
        return Math.abs(dx * (y1 - y0) - dy * (x1 - x0)) / Math.hypot(x1 - x0, y1 - y0);
      });
    for (const { strokes, flanks } of segmentsOf(line, bundle, width, height)) {
      expect(strokes.length).toBeGreaterThan(20);
      expect(flanks.length).toBeGreaterThan(100);
      for (const pixel of strokes) expect(Math.min(...gapOf(pixel))).toBeLessThanOrEqual(0.5);
      for (const pixel of flanks) expect(Math.min(...gapOf(pixel))).toBeGreaterThanOrEqual(3 - 1e-9);
    }
  });

  test('where no stroke crosses there is nothing to judge', () => {
    const short = segmentsOf(line, [[100, 60, 180, 100]], width, height);
    const contrasts = contrastsOf(
      picture(60, (along) => along > 0.5),
      short,
    );
    expect(contrasts.slice(0, 5).every(Number.isNaN)).toBe(true);
    expect(isVisible(contrasts)).toBe(true);
    expect(isVisible([])).toBe(false);
  });
});

describe('planted bridges', () => {
  const { graph, ties, blocks } = plantedBridges(1);
  const endsOf = (ends: Uint32Array, side: number) => ends.filter((_, k) => k % 2 === side);

  test('are 50 bridges, 25 artifacts and 100 pairs without an edge in 85,000 edges, the same for the same seed', () => {
    expect([graph.nodeCount, graph.edgeCount]).toEqual([7500, 85_000]);
    const count = (kind: string) => ties.filter((tie) => tie.kind === kind).length;
    expect([count('bridge'), count('artifact'), count('none')]).toEqual([50, 25, 100]);
    expect(plantedBridges(1).graph.edges).toEqual(graph.edges);
    expect(plantedBridges(2).graph.edges).not.toEqual(graph.edges);
    expect(new Set(ties.map((tie) => tie.blocks.join())).size).toBe(ties.length);
  });

  test('join different nodes, artifacts those of one, strewn edges apart', () => {
    for (const { kind, size, ends, blocks: pair } of ties) {
      expect(tieSizes).toContain(size);
      expect([...endsOf(ends, 0)].every((node) => node % blocks === pair[0])).toBe(true);
      expect([...endsOf(ends, 1)].every((node) => node % blocks === pair[1])).toBe(true);
      const sources = new Set(endsOf(ends, 0)).size;
      const strays = ends.length / 2 - size;
      if (kind === 'artifact') expect(sources).toBeLessThanOrEqual(1 + strays);
      else expect(sources).toBeGreaterThanOrEqual(size);
    }
  });
});

test('shares count bridges of four edges or more, by width, zoom and seed', () => {
  const verdict = { encoding: 'a', width: 600, seed: 1, kind: 'bridge', size: 4, isVisible: true } as const;
  const [row, other, tiles] = rowsOf([
    verdict,
    { ...verdict, size: 2, isVisible: false },
    { ...verdict, seed: 2, isVisible: false },
    { ...verdict, kind: 'artifact' },
    { ...verdict, kind: 'none', isVisible: false },
    { ...verdict, width: 1200 },
    { ...verdict, zoom: 0, isVisible: false },
  ]);
  expect(row).toMatchObject({ recall: 0.5, artifacts: 1, none: 0, bySize: { 2: 0, 4: 0.5 } });
  expect(row.bySeed[1].recall).toBe(1);
  expect(row.judged).toEqual({ bridge: 3, artifact: 1, none: 1 });
  expect(other).toMatchObject({ width: 1200, recall: 1 });
  expect(tiles).toMatchObject({ width: 600, zoom: 0, recall: 0 });
});
