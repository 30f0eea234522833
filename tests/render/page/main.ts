import * as isthmus from '../../../engine/index.ts';
import { contextOf } from '../../../engine/render/canvas-context.ts';
import { createTextRaster } from '../../../engine/render/text-raster.ts';

/** What tests that run inside the page have at hand. */
export interface TestTools {
  readonly isthmus: typeof isthmus;
  /** A seeded network of eight clusters in a ring, with labels. */
  readonly clusters: { readonly graph: isthmus.PackedGraph; readonly positions: isthmus.Positions };
  /** Draws on a canvas that is kept for all tests. */
  render(map: isthmus.GraphMap, view: isthmus.View, options?: isthmus.DrawOptions): { readonly pixels: Uint8Array };
  borderOf: typeof borderOf;
  /** A map of nothing but `strokes` coinciding nonlocal strokes from (-40, 0) to (40, 0), of energy 1 each. */
  bundle(strokes: number, edges: Partial<isthmus.MapSettings['edges']>): isthmus.GraphMap;
  /** 500 strokes strewn over a square, and 20 along one line; with pixels on that line, and others, of a 400-pixel view. */
  crowd(edges: Partial<isthmus.MapSettings['edges']>): {
    readonly map: isthmus.GraphMap;
    readonly bundleAt: readonly (readonly [number, number])[];
    readonly crowdAt: readonly (readonly [number, number])[];
  };
}

/** The strongest alpha along the border of a text's picture, 0 to 255. */
function borderOf(text: string, strong: boolean): number {
  const style = { size: 40, font: 'sans-serif', strong, color: 0, halo: 0xffffff, reach: 5 };
  const { canvas } = createTextRaster().text(text, style);
  const { width, height } = canvas;
  const { data } = contextOf(canvas).getImageData(0, 0, width, height);
  let most = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1)
        most = Math.max(most, data[4 * (y * width + x) + 3]);
    }
  }
  return most;
}

declare global {
  interface Window {
    tools: TestTools;
    isReady: boolean;
  }
}

const canvas = document.createElement('canvas');
const renderer = isthmus.createRenderer(canvas);

function makeClusters(): TestTools['clusters'] {
  const random = isthmus.createRandom(5);
  const bare = isthmus.plantedPartition({ nodes: 400, edges: 2000, blocks: 8, seed: 5 });
  const labels = Array.from({ length: 400 }, (_, i) => `node ${i}`);
  const graph = isthmus.pack({
    ids: bare.ids,
    edges: bare.edges,
    nodes: [{ name: 'label', title: 'label', type: 'string', role: 'label', kind: 'string', values: labels }],
  });
  const positions = Float32Array.from({ length: 800 }, (_, i) => {
    const angle = ((Math.floor(i / 2) % 8) / 8) * 2 * Math.PI;
    const spread = (random() + random() + random() - 1.5) * 30;
    return (i % 2 ? Math.sin(angle) : Math.cos(angle)) * 100 + spread;
  });
  return { graph, positions };
}

/** A map of strokes alone, every edge nonlocal and of energy 1. */
function strokes(ends: readonly number[], settings: Partial<isthmus.MapSettings['edges']>): isthmus.GraphMap {
  const count = ends.length / 4;
  const graph = isthmus.pack({
    ids: Array.from({ length: 2 * count }, (_, i) => String(i)),
    edges: Uint32Array.from({ length: 2 * count }, (_, i) => i),
  });
  return isthmus.createMap(graph, Float32Array.from(ends), {
    settings: {
      edges: settings,
      relief: { show: false },
      labels: { show: false },
      nodes: { scale: 0, color: 'plain' },
    },
    communities: {
      of: Uint32Array.from({ length: 2 * count }, (_, i) => i % 2),
      count: 2,
      sizes: Uint32Array.of(count, count),
      method: 'leiden',
      score: { name: 'modularity', value: 0, unit: '', baseline: 0 },
      modularity: 0,
      weights: 'none',
      settings: {},
      unplaced: 0,
    },
    closeness: { deltaMax: 0, cMax: 1, applicable: true, edgesWithin: 0, pairsWithin: 0, samples: 0, exact: true },
  });
}

/** Nodes and support play no part in how strokes add up. */
function only(map: isthmus.GraphMap): isthmus.GraphMap {
  return {
    ...map,
    graph: { ...map.graph, nodeCount: 0 },
    edges: { ...map.edges, energy: map.edges.energy.map(() => 1) },
  };
}

function crowd(settings: Partial<isthmus.MapSettings['edges']>): ReturnType<TestTools['crowd']> {
  const random = isthmus.createRandom(11);
  const ends: number[] = [];
  while (ends.length < 4 * 500) ends.push((random() - 0.5) * 200);
  const offsets = Array.from({ length: 20 }, () => 30 + random() * 0.2);
  for (const y of offsets) ends.push(-90, y, 90, y);
  const row = (y: number) => Array.from({ length: 60 }, (_, i) => [60 + 5 * i, y] as const);
  const map = only(strokes(ends, settings));
  return { map, bundleAt: row(139.5), crowdAt: [...row(120), ...row(160), ...row(220), ...row(260)] };
}

window.tools = {
  isthmus,
  borderOf,
  clusters: makeClusters(),
  render(map, view, options) {
    renderer.draw(map, view, options);
    return { pixels: renderer.pixels() };
  },
  bundle: (count, settings) => only(strokes(Array.from({ length: count }, () => [-40, 0, 40, 0]).flat(), settings)),
  crowd,
};
window.isReady = true;
