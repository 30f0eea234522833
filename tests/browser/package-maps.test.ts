import { PNG } from 'pngjs';
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGraph } from '../../engine/formats/index.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { bundlers, pageOf } from '../support/bundlers.ts';
import { launchChromium, patience } from '../support/chromium.ts';
import { examplesUnder } from '../support/documented.ts';
import { openProject, type Project } from '../support/project.ts';
import { serveFolder } from '../support/serve.ts';
import { visit } from '../support/visit.ts';

const docs = 'docs/package.md';
/** In the order of the examples. */
const libraries = ['layer', 'maplibre', 'leaflet', 'openlayers'];

/** What the examples for web maps begin with. */
const begin = `import { createMap, createPageEngine } from 'isthmus';
const worker = new Worker(new URL('isthmus/worker', import.meta.url), { type: 'module' });
export const engine = createPageEngine(worker);
const file = await fetch('network.gexf');
const { graph } = await engine.readGraph(await file.blob());
const { positions } = await engine.layout(graph);
export const map = createMap(graph, positions);
`;

let project: Project;
let browser: Browser;

beforeAll(async () => {
  // MapLibre 5 needs no word on where its worker lies.
  project = await openProject({ 'maplibre-gl': 'maplibre-gl-5', leaflet: 'leaflet', ol: 'ol' });
  const examples = await examplesUnder(docs, 'In a web map', 'js');
  expect(examples.length).toBe(libraries.length);
  const choice = libraries.map((library) => `${library}: () => import('./${library}.js')`).join(', ');
  for (const { name } of bundlers) {
    await project.write(`${name}/begin.js`, begin);
    for (const [k, library] of libraries.entries()) {
      await project.write(`${name}/${library}.js`, `import { engine, map } from './begin.js';\n${examples[k]}`);
    }
    await project.write(`${name}/main.js`, `await ({ ${choice} })[location.hash.slice(1)]();`);
    const body = '<div id="map" style="width: 600px; height: 500px"></div>';
    await project.write(`${name}/${name === 'Vite' ? '' : 'public/'}index.html`, pageOf('./main.js', body));
    const network = plantedPartition({ nodes: 200, edges: 800, blocks: 4, seed: 1 });
    await project.write(`${name}/public/network.gexf`, writeGraph(network, { format: 'gexf' }));
  }
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await project?.close();
});

describe.each(bundlers)('web maps in a page built by $name', ({ name, build }) => {
  let folder: string;
  beforeAll(async () => {
    folder = await build(project, name);
  });

  test.each(libraries)('show the network: %s', async (library) => {
    const server = await serveFolder(folder);
    await visit(browser, `${server.origin}/#${library}`, async (page) => {
      const colours = async () => coloursOf(PNG.sync.read(Buffer.from(await page.screenshot())));
      // The libraries' own buttons and sentences have a few dozen.
      await expect.poll(colours, { timeout: patience, interval: 200 }).toBeGreaterThan(1000);
    });
    await server.close();
  });
});

/** How many different colours a picture holds. */
function coloursOf({ data }: PNG): number {
  return new Set(new Uint32Array(data.buffer, data.byteOffset, data.length / 4)).size;
}
