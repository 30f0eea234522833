import { expect, test } from 'vitest';
import { paperOf } from '../../engine/output/paper.ts';
import { posterPages } from '../../engine/output/poster.ts';

const sheetOf = (name: string, bleed = 0) => ({ paper: paperOf(name), bleed, margin: 10, dpi: 100 });

test.each([
  ['A0', 0, 'A4'],
  ['A1', 5, 'A4'],
  ['A2', 0, 'A3'],
  ['90x1500mm', 0, 'A4'],
])('pages of a poster cover %s with %d mm bleed, on %s, and overlap by 10 mm', (name, bleed, paper) => {
  const { page, pages } = posterPages(sheetOf(name, bleed), { paper: paperOf(paper) });
  const width = paperOf(name).width + 2 * bleed;
  const height = paperOf(name).height + 2 * bleed;
  expect(Math.max(...pages.map(({ part }) => part.maxX))).toBe(width);
  expect(Math.max(...pages.map(({ part }) => part.maxY))).toBe(height);
  expect(pages[0].cut).toMatchObject({ minX: pages[0].place.minX, minY: pages[0].place.minY });
  for (const { part, place, cut } of pages) {
    expect(place.maxX - place.minX).toBeCloseTo(part.maxX - part.minX, 9);
    expect(place.maxY - place.minY).toBeCloseTo(part.maxY - part.minY, 9);
    expect(place.maxX).toBeLessThanOrEqual(page.width - 8 + 1e-9);
    expect(place.maxY).toBeLessThanOrEqual(page.height - 8 + 1e-9);
    const right = pages.find((other) => other.part.minY === part.minY && other.part.minX > part.minX);
    if (right !== undefined) {
      expect(part.maxX - right.part.minX).toBeCloseTo(10, 9);
      // Cut along both blades, the two pages meet.
      const end = part.minX + cut.maxX - place.minX;
      expect(right.part.minX + right.cut.minX - right.place.minX).toBeCloseTo(end, 9);
    }
    const below = pages.find((other) => other.part.minX === part.minX && other.part.minY > part.minY);
    if (below !== undefined) expect(part.maxY - below.part.minY).toBeCloseTo(10, 9);
  }
});

test('pages are named by row and column, and turned where that takes fewer', () => {
  const { page, pages } = posterPages(sheetOf('500x180mm'), { paper: paperOf('A4') });
  expect(page).toEqual({ width: 297, height: 210 });
  expect(pages.map(({ name }) => name)).toEqual(['A1', 'A2']);
  expect(posterPages(sheetOf('100x8000mm'), { paper: paperOf('A4') }).pages.at(-1)?.name).toBe('AD1');
});
