import { describe, expect, test } from 'vitest';
import { darkPalette, lightPalette } from '../../engine/map/palettes.ts';

type Triple = [number, number, number];

/** Machado, Oliveira, Fernandes (2009), severity 1, on linear RGB. */
const sight: Record<string, readonly Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (color: number): Triple =>
  [16, 8, 0].map((shift) => {
    const share = ((color >> shift) & 255) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Triple;
const seen = (color: number, matrix: readonly Triple[]): Triple => {
  const rgb = linear(color);
  return matrix.map((row) => Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]))) as Triple;
};
/** CIELAB under D65. */
const lab = ([r, g, b]: Triple): Triple => {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};
const distance = (a: Triple, b: Triple) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const luminance = (color: number) => {
  const [r, g, b] = linear(color);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: number, b: number) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

describe.each([lightPalette, darkPalette])('the $name palette', (palette) => {
  test.each(Object.entries(sight))('keeps any two of its categories apart for %s sight', (_, matrix) => {
    const colors = palette.categories.map((color) => lab(seen(color, matrix)));
    let least = Infinity;
    colors.forEach((a, i) => {
      for (const b of colors.slice(i + 1)) least = Math.min(least, distance(a, b));
    });
    expect(least).toBeGreaterThan(8);
  });

  test('sets labels and bridges off from the paper and the hills', () => {
    for (const ground of [palette.paper, ...palette.tint.map(({ color }) => color).slice(1)]) {
      expect(contrast(palette.label, ground)).toBeGreaterThan(3);
    }
    expect(contrast(palette.label, palette.halo)).toBeGreaterThan(12);
    expect(contrast(palette.bridge, palette.paper)).toBeGreaterThan(4.5);
  });

  test('has a scale that grows lighter from end to end, for any sight', () => {
    for (const matrix of Object.values(sight)) {
      const lightness = palette.scale.map((color) => lab(seen(color, matrix))[0]);
      for (let i = 1; i < lightness.length; i++) expect(lightness[i]).toBeGreaterThan(lightness[i - 1]);
    }
  });
});
