import { describe, expect, test } from 'vitest';
import { pack } from '../../engine/graph/packed-graph.ts';
import type { Annotation } from '../../engine/map/annotations/annotation.ts';
import { createMap, restyleMap } from '../../engine/map/graph-map.ts';
import { fitView } from '../../engine/map/view.ts';
import { placeText } from '../../engine/render/place-text.ts';

/** As if every letter were half as wide as high. */
const measure = (text: string, size: number): number => 0.5 * size * text.length;

const labels = ['delta', 'rivers', 'delta', 'lakes', 'hills', 'moors'];
const positions = Float32Array.of(0, 0, 40, 0, 100, 80, 0, 80, 50, 40, 100, 0);
const graph = pack({
  ids: labels.map((_, i) => String(i)),
  edges: Uint32Array.of(0, 1, 2, 3, 4, 5, 1, 4),
  nodes: [{ name: 'label', title: 'label', type: 'string', role: 'label', kind: 'string', values: labels }],
});
const landmark: Annotation = {
  kind: 'landmark',
  label: 'delta',
  description: '',
  evidence: {},
  shape: { type: 'Point', coordinates: [2, 1] },
  width: 0,
  others: {},
};
const map = createMap(graph, positions, { title: 'Waters', annotations: [landmark] });
const view = fitView(map.sheet, { width: 1200, height: 900 });

test('the node whose name a landmark bears is not named again, another of that name is', () => {
  const { labels: placed, names } = placeText(map, view, {}, measure);
  expect(names).toHaveLength(1);
  expect(placed.map(({ node }) => node).sort()).toEqual([1, 2, 3, 4, 5]);
  const emphasised = placeText(map, view, { emphasis: { nodes: [0], links: new Uint32Array() } }, measure);
  expect(emphasised.labels.map(({ node }) => node)).toContain(0);
});

test('names of annotations grow with the greatest labels, as paper wants them', () => {
  const sizeOf = (of: typeof map) => placeText(of, view, {}, measure).names[0].size;
  const larger = restyleMap(map, { labels: { maxSize: 2 * map.settings.labels.maxSize } });
  expect(sizeOf(larger)).toBeCloseTo(2 * sizeOf(map), 6);
});

describe('a title across the top', () => {
  test('stands in the middle, inside the margin, and is not said again in the legend', () => {
    const { heading, legend } = placeText(map, view, { legend: true, inset: 30, heading: 40 }, measure);
    expect(heading).toMatchObject({ text: 'Waters', size: 40, x: 540, width: 120 });
    expect(heading?.box.minY).toBe(30);
    const without = placeText(map, view, { legend: true, inset: 30 }, measure);
    expect(without.heading).toBeUndefined();
    expect(without.legend?.rows.length).toBe((legend?.rows.length ?? 0) + 1);
  });

  test('is set smaller where it is long, and cut where it would be less than half as large', () => {
    const titled = (title: string) => placeText({ ...map, title }, view, { inset: 100, heading: 40 }, measure).heading;
    const room = 1000;
    expect(titled('m'.repeat(80))).toMatchObject({ size: 25, width: room, text: 'm'.repeat(80) });
    const cut = titled('m'.repeat(400));
    expect(cut?.size).toBe(20);
    expect(cut?.text).toBe(`${'m'.repeat(99)}…`);
  });
});
