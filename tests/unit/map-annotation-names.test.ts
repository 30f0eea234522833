import { describe, expect, test } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import type { Annotation, AnnotationKind, Place, Shape } from '../../engine/map/annotations/annotation.ts';
import { placeNames } from '../../engine/map/annotations/place.ts';

const view = { x: 0, y: 0, unitsPerPixel: 1, width: 400, height: 300, pixelRatio: 1 };
const measure = (text: string, size: number) => text.length * size * 0.5;
const mark = (kind: AnnotationKind, label: string, shape: Shape): Annotation => ({
  ...{ kind, label, shape, description: '', evidence: {}, width: 0, others: {} },
});
const line = (...coordinates: Place[]): Shape => ({ type: 'LineString', coordinates });
const place = (annotations: Annotation[], keepOut: Parameters<typeof placeNames>[0]['keepOut'] = []) =>
  placeNames({ annotations, view, textScale: 1, lineScale: 1, measure, keepOut });

describe('labels of annotations', () => {
  test('follow their path, above it and from left to right whichever way it was drawn', () => {
    const arc = Array.from({ length: 41 }, (_, k): Place => {
      const angle = (Math.PI * k) / 40;
      return [-150 * Math.cos(angle), 120 * Math.sin(angle)];
    });
    for (const path of [arc, [...arc].reverse()]) {
      const { names } = place([mark('bridge', 'from here to there', line(...path))]);
      const { glyphs } = names[0];
      expect(glyphs.map(({ text }) => text).join('')).toBe('from here to there');
      for (let k = 1; k < glyphs.length; k++) expect(glyphs[k].x).toBeGreaterThan(glyphs[k - 1].x);
      expect(glyphs[0].angle).toBeLessThan(0);
      expect(glyphs[glyphs.length - 1].angle).toBeGreaterThan(0);
      // The view's middle is at (200, 150); outside of the arc is above it.
      for (const { x, y } of glyphs) expect(((x - 200) / 150) ** 2 + ((150 - y) / 120) ** 2).toBeGreaterThan(1);
    }
  });

  test('keep scripts whose letters join in one piece', () => {
    const { names } = place([mark('bridge', 'جسر بين حقلين', line([-100, -50], [100, 50]))]);
    expect(names[0].glyphs).toHaveLength(1);
    expect(names[0].glyphs[0].angle).toBeCloseTo(-Math.atan2(100, 200), 5);
  });

  test('are left out on a path that is too short or folds', () => {
    const zigzag = Array.from({ length: 30 }, (_, k): Place => [6 * k - 90, k % 2 ? 8 : -8]);
    const { names } = place([
      mark('bridge', 'much too long for this', line([0, 0], [20, 0])),
      mark('bridge', 'folded', line(...zigzag)),
    ]);
    expect(names).toEqual([]);
  });

  test('touch neither each other, nor a cross, nor what is kept out, nor the border', () => {
    const random = createRandom(3);
    const somewhere = (): Place => [(random() - 0.5) * 390, (random() - 0.5) * 290];
    const annotations = Array.from({ length: 60 }, (_, k) =>
      k % 2
        ? mark('landmark', `cluster ${k}`, { type: 'Point', coordinates: somewhere() })
        : mark('bridge', `bridge ${k}`, line(somewhere(), somewhere())),
    );
    const keepOut = [{ minX: 300, minY: 200, maxX: 400, maxY: 300 }];
    const { names, taken } = place(annotations, keepOut);
    expect(names.length).toBeGreaterThan(10);
    expect(taken.length).toBeGreaterThan(30);
    const boxes = names.map(({ glyphs, size, annotation }) => ({
      annotation,
      at: glyphs.map(({ x, y, text }) => [x, y, Math.min(measure(text, size), size) / 2] as const),
    }));
    const crosses = annotations.flatMap(({ shape }) =>
      shape.type === 'Point' ? [[200 + shape.coordinates[0], 150 - shape.coordinates[1], 4] as const] : [],
    );
    for (const [k, { at }] of boxes.entries()) {
      const others = boxes.slice(k + 1).flatMap((other) => other.at);
      for (const [x, y, r] of at) {
        expect(x > 0 && y > 0 && x < 400 && y < 300 && !(x > 300 && y > 200)).toBe(true);
        for (const [ox, oy, or] of [...others, ...crosses]) {
          expect(Math.hypot(x - ox, y - oy)).toBeGreaterThan(Math.min(r, or));
        }
      }
    }
  });
});
