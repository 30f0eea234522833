import type { Page } from 'puppeteer';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import type { TestTools } from './page/main.ts';

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.open('tests/render/page/index.html');
});
beforeEach(async () => {
  expect(page.isClosed()).toBe(false);
});
afterAll(async () => {
  await browser.close();
});

/** Runs a function inside the page with the library and the page's tools. It can use nothing else from out here. */
function inPage<Result>(run: (tools: TestTools) => Result | Promise<Result>): Promise<Awaited<Result>> {
  return page.evaluate(`(${run.toString()})(window.tools)`) as Promise<Awaited<Result>>;
}

describe('relief', () => {
  test('is shaded as the CPU shades it, by every method', async () => {
    const worst = await inPage(({ isthmus, clusters, render }) => {
      const map = isthmus.createMap(clusters.graph, clusters.positions, {
        relief: isthmus.relief(clusters.positions, { cells: 1_000_000 }),
      });
      const { field, peak } = map.relief;
      const view = isthmus.fitView(field.box, { width: field.width, height: field.height });
      const mix = (a: number, b: number, t: number) => a + (b - a) * t;
      const channel = (color: number, shift: number) => ((color >> shift) & 255) / 255;
      const differences: Record<string, number> = {};
      for (const method of ['standard', 'basic', 'combined', 'igor', 'multidirectional'] as const) {
        const bare = isthmus.restyleMap(map, {
          relief: { method },
          nodes: { scale: 0 },
          edges: { show: false },
          labels: { show: false },
        });
        const { pixels } = render({ ...bare, graph: { ...bare.graph, nodeCount: 0 } }, view);
        const light = isthmus.hillshade(map.relief, bare.settings.relief);
        let worst = 0;
        for (let row = 3; row < field.height - 3; row++) {
          for (let column = 3; column < field.width - 3; column++) {
            const cell = row * field.width + column;
            const tone = isthmus.toneOf(light[cell]);
            const tint = isthmus.tintAt(map.palette.tint, field.values[cell] / peak);
            for (const [k, shift] of [16, 8, 0].entries()) {
              const ground = mix(1, channel(tint, shift), map.palette.tintOpacity);
              const expected = 255 * ground * mix(1, channel(map.palette.shade, shift), 1 - tone);
              worst = Math.max(worst, Math.abs(expected - pixels[4 * cell + k]));
            }
          }
        }
        differences[method] = worst;
      }
      return differences;
    });
    // The screen smooths by a cubic B-spline where the CPU takes differences of the cells: 12 of 255 on the sharpest crest.
    for (const difference of Object.values(worst)) expect(difference).toBeLessThan(12);
  });

  test('goes on beyond the field without a step', async () => {
    const jumps = await inPage(({ isthmus, clusters, render }) => {
      const map = isthmus.restyleMap(isthmus.createMap(clusters.graph, clusters.positions), {
        edges: { show: false },
        labels: { show: false },
      });
      const view = isthmus.zoomView(isthmus.fitView(map.sheet, { width: 300, height: 300 }), 0.5);
      const { pixels } = render(map, view);
      let jump = 0;
      for (let x = 1; x < 300; x++)
        for (let k = 0; k < 3; k++)
          jump = Math.max(jump, Math.abs(pixels[4 * (20 * 300 + x) + k] - pixels[4 * (20 * 300 + x - 1) + k]));
      return jump;
    });
    expect(jumps).toBeLessThanOrEqual(2);
  });

  test('is the same to two steps of 255 where only every few pixels are computed', async () => {
    const differences = await inPage(({ isthmus, clusters, render }) => {
      const drawn = isthmus.createMap(clusters.graph, clusters.positions, {
        settings: { edges: { show: false }, labels: { show: false } },
      });
      const map = { ...drawn, graph: { ...drawn.graph, nodeCount: 0 } };
      // A contour at the very top shows nothing but has every pixel computed.
      const exact = isthmus.restyleMap(map, { relief: { contours: [1] } });
      const whole = isthmus.fitView(map.sheet, { width: 700, height: 500 });
      return [4, 10, 30].map((times) => {
        const view = isthmus.zoomView(whole, times, 420, 150);
        const [sampled, expected] = [map, exact].map((each) => render(each, view).pixels.filter((_, k) => k % 4 === 0));
        const worst = sampled.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
        const [low, high] = expected.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [255, 0]);
        return { worst, range: high - low };
      });
    });
    for (const { worst, range } of differences) {
      expect(worst).toBeLessThanOrEqual(2);
      expect(range).toBeGreaterThan(20);
    }
    expect(differences.some(({ worst }) => worst > 0)).toBe(true);
  });
});

describe('edges', () => {
  test('add up: the ink of a bundle follows 1 − exp(−κ·D), beyond what eight bits could hold', async () => {
    const alphas = await inPage(({ isthmus, bundle, render }) =>
      [1, 2, 4, 8, 40, 400].map((strokes) => {
        const map = bundle(strokes, { strength: 0.01, adaptation: 0, cap: 1, width: 3 });
        const view = isthmus.fitView({ minX: -50, maxX: 50, minY: -25, maxY: 25 }, { width: 400, height: 200 });
        const { pixels } = render(map, view);
        const paper = pixels[4 * (20 * 400 + 200)];
        const ink = (map.palette.bridge >> 16) & 255;
        return (paper - pixels[4 * (100 * 400 + 200)]) / (paper - ink);
      }),
    );
    [1, 2, 4, 8, 40, 400].forEach((strokes, i) => {
      expect(Math.abs(alphas[i] - (1 - Math.exp(-0.01 * strokes)))).toBeLessThan(0.006);
    });
  });

  test('stay at least one pixel wide at any scale', async () => {
    const darkest = await inPage(({ isthmus, bundle, render }) =>
      [400, 100, 40].map((width) => {
        const map = bundle(1, { strength: 2, adaptation: 0, cap: 1, width: 0.1 });
        const view = isthmus.fitView({ minX: -50, maxX: 50, minY: -25, maxY: 25 }, { width, height: width / 2 });
        const { pixels } = render(map, view);
        let darkness = 0;
        for (let y = 0; y < width / 2; y++) darkness += 255 - pixels[4 * (y * width + width / 2)];
        return darkness;
      }),
    );
    for (const darkness of darkest) expect(darkness).toBeGreaterThan(100);
  });

  test('of a bridge swing into one lane, and are apart at their ends', async () => {
    const lines = await inPage(({ isthmus, bundle, render }) => {
      const map = bundle(5, { strength: 2, adaptation: 0, cap: 1, width: 1 });
      const positions = map.positions.map((value, k) => (k % 2 === 1 ? 5 * ((k >> 2) - 2) : value));
      const axes = map.edges.axes.map((_, k) => 4 + (k % 2));
      const view = isthmus.fitView({ minX: -50, maxX: 50, minY: -25, maxY: 25 }, { width: 400, height: 200 });
      return [0, 1].map((bundling) => {
        const gathered = isthmus.restyleMap(map, { edges: { bundling } });
        const { pixels } = render({ ...gathered, positions, edges: { ...gathered.edges, axes } }, view);
        const isInked = (x: number, y: number) => pixels[4 * (y * 400 + x)] < 230;
        const linesAt = (x: number) =>
          Array.from({ length: 199 }, (_, y) => y).filter((y) => isInked(x, y + 1) && !isInked(x, y)).length;
        return [44, 120, 200, 280, 356].map(linesAt);
      });
    });
    expect(lines).toEqual([
      [5, 5, 5, 5, 5],
      [5, 1, 1, 1, 5],
    ]);
  });

  test('follow their curve to the pixel however large the sheet', async () => {
    const strays = await inPage(({ isthmus, bundle, render }) => {
      const made = bundle(3, { strength: 2, adaptation: 0, cap: 1, width: 1, bundling: 1, halo: 0 });
      const positions = made.positions.map((value, k) => (k % 2 === 1 ? 3 * ((k >> 2) - 1) : value));
      const axes = made.edges.axes.map((_, k) => 2 + (k % 2));
      const map = { ...made, positions, edges: { ...made.edges, axes } };
      const view = isthmus.fitView({ minX: -50, maxX: 50, minY: -25, maxY: 25 }, { width: 8000, height: 4000 });
      const tile = { x: 700, y: 1600, width: 2000, height: 800 };
      const { pixels } = render(map, view, { tile });
      const isInked = (x: number, y: number) =>
        [-1, 0, 1].some((dy) => pixels[4 * ((Math.floor(y) + dy) * tile.width + Math.floor(x))] < 200);
      const path = isthmus.strokePath(map.edges, positions, 0, 1, 2000);
      const seen = Array.from({ length: path.length / 2 }, (_, k) =>
        isthmus.toPixel(view, path[2 * k], path[2 * k + 1]),
      ).map(([x, y]) => [x - tile.x, y - tile.y]);
      const inTile = seen.filter(([x, y]) => x > 200 && y > 2 && x < tile.width - 2 && y < tile.height - 2);
      return { points: inTile.length, missed: inTile.filter(([x, y]) => !isInked(x, y)).length };
    });
    expect(strays.points).toBeGreaterThan(400);
    expect(strays.missed).toBe(0);
  });

  test('along great circles go over 180° to the map’s borders, where strokeLines says, and so do emphasised links', async () => {
    const found = await inPage(({ isthmus, render }) => {
      // Tokyo, San Francisco, and two places without edges.
      const places = [139.69, 35.69, -122.42, 37.77, 30, -60, 30, 70];
      const positions = Float32Array.from([0, 2, 4, 6].flatMap((k) => isthmus.toMercator(places[k], places[k + 1])));
      const graph = isthmus.pack({ ids: ['a', 'b', 'c', 'd'], edges: Uint32Array.of(0, 1) });
      const bare = { relief: { show: false }, labels: { show: false }, nodes: { scale: 0, color: 'plain' } } as const;
      const edges = { strength: 2, adaptation: 0, cap: 1, width: 1, local: 1 };
      const map = isthmus.createMap(graph, positions, { isGeographic: true, settings: { ...bare, edges } });
      const view = isthmus.fitView(isthmus.earthBox, { width: 400, height: 400 });
      const lines = isthmus.strokeLines(map.edges, positions, 0, 0, 1);
      const points = lines.flatMap((line) =>
        Array.from({ length: line.length / 2 }, (_, k) => isthmus.toPixel(view, line[2 * k], line[2 * k + 1])),
      );
      const hidden = isthmus.restyleMap(map, { edges: { show: false } });
      const emphasis = { nodes: [], links: Uint32Array.of(0, 1) };
      return [render(map, view), render(hidden, view, { emphasis })].map(({ pixels }) => {
        const paper = pixels[4 * (399 * 400 + 200) + 1];
        const inkAt = (x: number, y: number) => Math.abs(paper - pixels[4 * (Math.floor(y) * 400 + Math.floor(x)) + 1]);
        const column = (x: number) =>
          Array.from({ length: 399 }, (_, y) => inkAt(x, y)).filter((ink) => ink > 20).length;
        const within = points.filter(([x]) => x > 1 && x < 399);
        return {
          missed: within.filter(([x, y]) => Math.max(inkAt(x, y - 1), inkAt(x, y), inkAt(x, y + 1)) < 40).length,
          points: within.length,
          // Inked pixels at 170° E, 135° W, and where the line across the map would be: 0°, 90° E.
          columns: [388, 50, 200, 300].map(column).map((count) => count > 0),
        };
      });
    });
    for (const { missed, points, columns } of found) {
      expect(points).toBeGreaterThan(20);
      expect(missed).toBe(0);
      expect(columns).toEqual([true, true, false, false]);
    }
  });

  test('run where strokePath says', async () => {
    const missed = await inPage(({ isthmus, bundle, render }) => {
      const map = bundle(2, { strength: 2, adaptation: 0, cap: 1, width: 1, bundling: 0.7 });
      const positions = Float32Array.of(-40, -20, 40, 15, -30, 18, 35, -5);
      const axes = Uint32Array.of(2, 3, 2, 3);
      const view = isthmus.fitView({ minX: -50, maxX: 50, minY: -25, maxY: 25 }, { width: 400, height: 200 });
      const { pixels } = render({ ...map, positions, edges: { ...map.edges, axes } }, view);
      const path = isthmus.strokePath({ ends: map.edges.ends, axes }, positions, 0, 0.7, 16);
      const points = Array.from({ length: 17 }, (_, k) => isthmus.toPixel(view, path[2 * k], path[2 * k + 1]));
      const inkAt = (x: number, y: number) => 255 - pixels[4 * (Math.floor(y) * 400 + Math.floor(x))];
      return points.slice(1, -1).filter(([x, y]) => inkAt(x, y) < 60).length;
    });
    expect(missed).toBe(0);
  });

  test('fade over crowds of nodes that are not their own, as far as the halo says', async () => {
    const inks = await inPage(({ isthmus, bundle, render }) => {
      const random = isthmus.createRandom(7);
      const town = Float32Array.from({ length: 600 }, () => 6 * (random() + random() + random() - 1.5));
      const bare = bundle(1, { strength: 2, adaptation: 0, cap: 1, width: 1 });
      const map = { ...bare, relief: isthmus.relief(town), closeness: { ...bare.closeness, deltaMax: 5 } };
      const view = isthmus.fitView({ minX: -50, maxX: 50, minY: -25, maxY: 25 }, { width: 400, height: 200 });
      return [0, 0.5, 1].map((halo) => {
        const { pixels } = render(isthmus.restyleMap(map, { edges: { halo } }), view);
        const inkAt = (x: number) => [98, 99, 100, 101].reduce((sum, y) => sum + 255 - pixels[4 * (y * 400 + x)], 0);
        return [inkAt(50), inkAt(200), inkAt(350)];
      });
    });
    const [without, half, full] = inks;
    expect(without[1]).toBe(without[0]);
    expect(half[1]).toBeLessThan(0.8 * without[1]);
    expect(full[1]).toBe(0);
    for (const ink of [half, full]) expect([ink[0], ink[2]]).toEqual([without[0], without[2]]);
  });

  test('stand out of a crowd only where they exceed it', async () => {
    const { bundleInk, crowdInk } = await inPage(({ isthmus, crowd, render }) => {
      const { map, bundleAt, crowdAt } = crowd({ strength: 0.4, adaptation: 1 });
      const view = isthmus.fitView({ minX: -100, maxX: 100, minY: -100, maxY: 100 }, { width: 400, height: 400 });
      const { pixels } = render(map, view);
      const ink = ([x, y]: readonly [number, number]) => 255 - pixels[4 * (Math.round(y) * 400 + Math.round(x))];
      const mean = (points: readonly (readonly [number, number])[]) =>
        points.reduce((sum, point) => sum + ink(point), 0) / points.length;
      return { bundleInk: mean(bundleAt), crowdInk: mean(crowdAt) };
    });
    expect(bundleInk).toBeGreaterThan(2.5 * crowdInk);
  });
});

test('nodes have their colour and their radius, also at two device pixels a pixel', async () => {
  const areas = await inPage(({ isthmus, render }) =>
    [1, 2].map((pixelRatio) => {
      const graph = isthmus.pack({ ids: ['a'], edges: new Uint32Array() });
      const map = isthmus.createMap(graph, Float32Array.of(0, 0), {
        settings: {
          nodes: { color: 'plain', scale: 4 },
          relief: { show: false },
          labels: { show: false },
        },
      });
      const across = map.sheet.maxX - map.sheet.minX;
      const view = { x: 0, y: 0, unitsPerPixel: across / 1200, width: 100, height: 100, pixelRatio };
      const { pixels } = render(map, view);
      let area = 0;
      for (let i = 0; i < pixels.length; i += 4) area += (255 - pixels[i]) / (255 - ((map.palette.node >> 16) & 255));
      return area / pixelRatio ** 2 / (Math.PI * map.nodes.radius[0] ** 2);
    }),
  );
  for (const share of areas) expect(Math.abs(share - 1)).toBeLessThan(0.04);
});

test('nodes too small to be drawn in their size are fainter instead: their ink follows their area', async () => {
  const inks = await inPage(({ isthmus, render }) =>
    [0.6, 0.3, 0.15, 0].map((radius) => {
      const graph = isthmus.pack({ ids: ['a'], edges: new Uint32Array() });
      const map = isthmus.createMap(graph, Float32Array.of(0, 0), {
        settings: { nodes: { color: 'plain' }, relief: { show: false }, labels: { show: false } },
      });
      const across = map.sheet.maxX - map.sheet.minX;
      const sized = { ...map, nodes: { ...map.nodes, radius: Float32Array.of(radius) } };
      const { pixels } = render(sized, {
        x: 0,
        y: 0,
        unitsPerPixel: across / 1200,
        width: 20,
        height: 20,
        pixelRatio: 1,
      });
      return pixels.reduce((sum, value, i) => sum + (i % 4 === 0 ? 255 - value : 0), 0);
    }),
  );
  expect(inks[0]).toBeGreaterThan(100);
  for (const [i, share] of [1, 0.25, 0.0625, 0].entries())
    expect(Math.abs(inks[i] / inks[0] - share)).toBeLessThan(0.04);
});

test('tiles put together are the whole drawing, byte for byte', async () => {
  const { differences, gathered } = await inPage(({ isthmus, clusters, render }) => {
    const map = isthmus.createMap(clusters.graph, clusters.positions, { settings: { edges: { halo: 0.6 } } });
    const gathered = map.edges.axes.filter((node, k) => node !== map.edges.ends[k]).length;
    const fitted = isthmus.fitView(map.sheet, { width: 300, height: 220, pixelRatio: 1.5 });
    const [width, height] = [450, 330];
    // From near, where relief is computed every few pixels, too.
    const cases = [64, 113, 200].flatMap((side) => [1, 12].map((times) => ({ side, times })));
    const differences = cases.map(({ side, times }) => {
      const view = isthmus.zoomView(fitted, times, 60, 110);
      const whole = render(map, view, { legend: true }).pixels;
      let different = 0;
      for (let y = 0; y < height; y += side) {
        for (let x = 0; x < width; x += side) {
          const tile = { x, y, width: Math.min(side, width - x), height: Math.min(side, height - y) };
          const part = render(map, view, { legend: true, tile }).pixels;
          for (let row = 0; row < tile.height; row++) {
            for (let k = 0; k < 4 * tile.width; k++) {
              if (part[4 * tile.width * row + k] !== whole[4 * (width * (y + row) + x) + k]) different++;
            }
          }
        }
      }
      return different;
    });
    return { differences, gathered };
  });
  expect(gathered).toBeGreaterThan(100);
  expect(differences).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a turned and tilted sheet is drawn where its pixels are computed to be', async () => {
  const { misplaced, missed, isEmptySky } = await inPage(({ isthmus, bundle, render }) => {
    const map = bundle(40, { strength: 2, adaptation: 0, cap: 1, width: 1 });
    const random = isthmus.createRandom(3);
    const positions = map.positions.map(() => 100 * (random() - 0.5));
    // The eye looks down at 45 degrees from the south-west, near enough that some ends lie behind it.
    const perspective = { right: [3, -3], down: [-2, -2], away: [0.015, 0.015] } as const;
    const view = {
      x: 0,
      y: 0,
      unitsPerPixel: 1 / Math.hypot(3, 3),
      width: 400,
      height: 300,
      pixelRatio: 1,
      perspective,
    };
    const seen = (node: number) => isthmus.toPixel(view, positions[2 * node], positions[2 * node + 1]);
    const isInside = ([x, y]: readonly [number, number]) => x > 3 && y > 3 && x < 397 && y < 297;
    const { pixels } = render({ ...map, positions }, view);
    const inkAt = (x: number, y: number) => 255 - pixels[4 * (Math.floor(y) * 400 + Math.floor(x))];
    const points = Array.from({ length: 40 }, (_, stroke) => {
      const at = (share: number, k: number) =>
        positions[4 * stroke + k] + share * (positions[4 * stroke + 2 + k] - positions[4 * stroke + k]);
      return [0.2, 0.4, 0.6, 0.8].map((share) => isthmus.toPixel(view, at(share, 0), at(share, 1)));
    }).flat();
    const dots = { ...map, graph: { ...map.graph, nodeCount: 80 }, positions };
    const labelled = isthmus.restyleMap(dots, { nodes: { scale: 3 }, edges: { show: false } });
    const discs = render(labelled, view).pixels;
    const colorAt = ([x, y]: readonly [number, number]) => discs[4 * (Math.floor(y) * 400 + Math.floor(x))];
    const nodes = Array.from({ length: 80 }, (_, node) => node).filter((node) => isInside(seen(node)));
    const sky = isthmus.toLayout(view, 200, -400);
    return {
      missed: [points.filter(isInside).length, points.filter((p) => isInside(p) && inkAt(...p) < 60).length],
      misplaced: [nodes.length, nodes.filter((node) => colorAt(seen(node)) > 200).length],
      isEmptySky: sky.every(Number.isNaN),
    };
  });
  expect(missed[0]).toBeGreaterThan(40);
  expect(missed[1]).toBe(0);
  expect(misplaced[0]).toBeGreaterThan(20);
  expect(misplaced[1]).toBe(0);
  expect(isEmptySky).toBe(true);
});

test('labels are drawn whole, and the legend in a corner', async () => {
  const ink = await inPage(({ isthmus, clusters, render }) => {
    const bare = { relief: { show: false }, edges: { show: false } };
    const map = isthmus.createMap(clusters.graph, clusters.positions, { settings: bare, title: 'A title' });
    const view = isthmus.fitView(map.sheet, { width: 500, height: 400 });
    const changed = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, value, i) => sum + (value === b[i] ? 0 : 1), 0);
    const without = render(isthmus.restyleMap(map, { labels: { show: false } }), view).pixels;
    const labelled = render(map, view).pixels;
    const legend = render(map, view, { legend: true }).pixels;
    return { labels: changed(without, labelled), legend: changed(labelled, legend) };
  });
  expect(ink.labels).toBeGreaterThan(2000);
  expect(ink.legend).toBeGreaterThan(4000);
});

test('a title longer than an atlas page is drawn without a gap', async () => {
  const columns = await inPage(({ isthmus, clusters, render }) => {
    const map = isthmus.createMap(clusters.graph, clusters.positions, { title: 'mmmmmmmmmmmmmmmm' });
    const view = isthmus.fitView(map.sheet, { width: 3000, height: 3000 });
    const { pixels } = render(isthmus.restyleMap(map, { labels: { show: false } }), view, {
      heading: 180,
      tile: { x: 0, y: 0, width: 3000, height: 270 },
    });
    return Array.from({ length: 3000 }, (_, x) => x).filter((x) =>
      Array.from({ length: 270 }, (_, y) => y).some((y) => pixels[4 * (y * 3000 + x)] < 60),
    );
  });
  const widest = Math.max(...columns.slice(1).map((x, k) => x - columns[k]));
  expect(columns[columns.length - 1] - columns[0]).toBeGreaterThan(2100);
  expect(widest).toBeLessThan(80);
});

test('no text is cut at the border of its picture, whatever its weight and script', async () => {
  const borders = await inPage(({ borderOf }) =>
    ['machine learning', 'Wagga fjord', 'ÄÅg', 'العربية', '漢字'].flatMap((text) => [
      borderOf(text, false),
      borderOf(text, true),
    ]),
  );
  expect(borders).toEqual(new Array(10).fill(0));
});

test('emphasis shows links and names in the accent colour', async () => {
  const orange = await inPage(({ isthmus, clusters, render }) => {
    const map = isthmus.createMap(clusters.graph, clusters.positions, { settings: { labels: { show: false } } });
    const view = isthmus.fitView(map.sheet, { width: 400, height: 300 });
    const neighbours = isthmus.neighboursOf(map, 0);
    const links = Uint32Array.from(neighbours.flatMap((node) => [0, node]));
    const count = (pixels: Uint8Array) => {
      let sum = 0;
      for (let i = 0; i < pixels.length; i += 4) if (pixels[i] > 160 && pixels[i + 2] < 90) sum++;
      return sum;
    };
    return [count(render(map, view).pixels), count(render(map, view, { emphasis: { nodes: [0], links } }).pixels)];
  });
  expect(orange[1]).toBeGreaterThan(orange[0] + 100);
});

test('a lost context is survived: the last drawing comes back by itself', async () => {
  const { before, during, after, restored } = await inPage(async ({ isthmus, clusters }) => {
    const map = isthmus.createMap(clusters.graph, clusters.positions);
    const view = isthmus.fitView(map.sheet, { width: 200, height: 200 });
    const canvas = document.createElement('canvas');
    let onRestored = () => {};
    const back = new Promise<void>((resolve) => {
      onRestored = resolve;
    });
    const renderer = isthmus.createRenderer(canvas, { onRestored });
    const sum = () => renderer.pixels().reduce((total, value) => total + value, 0);
    renderer.draw(map, view);
    const before = sum();
    const lose = canvas.getContext('webgl')?.getExtension('WEBGL_lose_context');
    const lost = new Promise((resolve) => canvas.addEventListener('webglcontextlost', resolve));
    lose?.loseContext();
    await lost;
    // It can be restored once all have heard of the loss.
    await new Promise((resolve) => setTimeout(resolve));
    renderer.draw(map, view);
    const during = sum();
    lose?.restoreContext();
    await back;
    const after = sum();
    renderer.dispose();
    return { before, during, after, restored: true };
  });
  expect(during).toBe(0);
  expect(after).toBe(before);
  expect(restored).toBe(true);
});

test('a canvas larger than the browser gives is refused, not cropped', async () => {
  const message = await inPage(({ isthmus, clusters }) => {
    const map = isthmus.createMap(clusters.graph, clusters.positions);
    const renderer = isthmus.createRenderer(document.createElement('canvas'));
    try {
      renderer.draw(map, isthmus.fitView(map.sheet, { width: 40_000, height: 40_000 }));
      return 'drawn';
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`;
    }
  });
  expect(message).toMatch(
    /^DeviceError: A canvas of 40000 × 40000 pixels was asked for, but the browser gave \d+ × \d+\.$/,
  );
});

test('no pixel is without colour on a graph of one node, of none, or with all nodes in one spot', async () => {
  const sums = await inPage(({ isthmus, render }) =>
    [[], [3, 4], [1, 1, 1, 1, 1, 1]].map((at) => {
      const ids = Array.from({ length: at.length / 2 }, (_, i) => String(i));
      const map = isthmus.createMap(isthmus.pack({ ids, edges: new Uint32Array() }), Float32Array.from(at));
      const { pixels } = render(map, isthmus.fitView(map.sheet, { width: 60, height: 60 }), { legend: true });
      return pixels.filter((value, i) => i % 4 === 3 && value === 255).length;
    }),
  );
  expect(sums).toEqual([3600, 3600, 3600]);
});
