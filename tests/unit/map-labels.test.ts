import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { pack } from '../../engine/graph/packed-graph.ts';
import { placeLabels, rankLabels } from '../../engine/map/labels.ts';
import { defaultMapSettings } from '../../engine/map/settings.ts';

const measure = (text: string, size: number) => text.length * size * 0.5;
const communities = { of: Uint32Array.of(0, 0, 0, 0, 1, 1), count: 2, sizes: Uint32Array.of(4, 2), modularity: 0 };
const named = (labels: string[]) =>
  pack({
    ids: labels.map((_, i) => `n${i}`),
    edges: new Uint32Array(),
    nodes: [{ name: 'label', title: 'label', type: 'string', role: 'label', kind: 'string', values: labels }],
  });

describe('rankLabels', () => {
  test('names every cluster before it names any cluster often, and the weightier node first', () => {
    const graph = named(['a', 'b', 'c', 'd', 'e', 'f']);
    const labels = rankLabels(graph, communities, Float64Array.of(1, 9, 3, 2, 8, 1), defaultMapSettings.labels);
    expect(labels.texts.slice(0, 3)).toEqual(['b', 'e', 'c']);
    expect(labels.sizes[0]).toBe(defaultMapSettings.labels.maxSize);
    for (let i = 1; i < labels.sizes.length; i++) expect(labels.sizes[i]).toBeLessThanOrEqual(labels.sizes[i - 1]);
  });

  test('falls back to the id, leaves out blanks, and tames what would garble its neighbours', () => {
    const graph = named(['', ' \t ', 'a\nb\u202ec', 'x'.repeat(200), 'e', 'f']);
    const { texts } = rankLabels(graph, communities, new Float64Array(6), defaultMapSettings.labels);
    expect(texts).toContain('n0');
    expect(texts).toContain('a b c');
    expect(texts).toHaveLength(5);
    expect(Math.max(...texts.map((text) => text.length))).toBe(60);
  });
});

describe('placeLabels', () => {
  const view = { x: 0, y: 0, unitsPerPixel: 1, width: 400, height: 300, pixelRatio: 1 };

  test('never lets labels overlap, touch the kept-out box or be cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer(), (count, seed) => {
        const random = createRandom(seed);
        const labels = {
          nodes: Uint32Array.from({ length: count }, (_, i) => i),
          texts: Array.from({ length: count }, () => 'w'.repeat(1 + Math.floor(random() * 14))),
          sizes: Float32Array.from({ length: count }, () => 8 + random() * 12),
        };
        const placed = placeLabels({
          labels,
          positions: Float32Array.from({ length: 2 * count }, (_, i) => (random() - 0.5) * (i % 2 ? 300 : 400)),
          radius: new Float32Array(count).fill(3),
          view,
          nodeScale: 1,
          textScale: 1,
          count: 1000,
          measure,
          keepOut: [{ minX: 10, minY: 200, maxX: 120, maxY: 290 }],
        });
        const boxes = placed.map(({ x, y, width, size }) => [x, y - size * 0.5, x + width, y + size * 0.5]);
        const all = [...boxes, [10, 200, 120, 290]];
        boxes.forEach(([left, top, right, bottom], i) => {
          expect(left >= 0 && top >= 0 && right <= 400 && bottom <= 300).toBe(true);
          all.forEach((other, j) => {
            if (j === i) return;
            expect(left < other[2] && right > other[0] && top < other[3] && bottom > other[1]).toBe(false);
          });
        });
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  test('the more important label gets the place, up to the count, and those out of view get none', () => {
    const input = {
      labels: { nodes: Uint32Array.of(2, 0, 1), texts: ['far', 'first', 'second'], sizes: Float32Array.of(12, 12, 12) },
      positions: Float32Array.of(0, 0, 1, 0, 900, 0),
      radius: new Float32Array(3),
      view,
      nodeScale: 1,
      textScale: 1,
      measure,
    };
    expect(placeLabels({ ...input, count: 1 }).map(({ text }) => text)).toEqual(['first']);
    const [first, second] = placeLabels({ ...input, count: 10 });
    expect(first.x).toBeGreaterThan(200);
    expect(second.text).toBe('second');
    expect(second.x + second.width).toBeLessThan(200);
  });
});
