import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { isComplaint } from '../support/visit.ts';
import type { MapLibrePage } from './page/maplibre.ts';

let browser: TestBrowser;

beforeAll(async () => {
  browser = await openBrowser({ packages: ['maplibre-gl', 'maplibre-gl-5'] });
});
afterAll(() => browser.close());

describe.each(['6', '5'])('the live layer in MapLibre %s', (version) => {
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    page = await browser.open(`tests/browser/page/maplibre.html?version=${version}`);
    page.on('console', (message) => {
      if (isComplaint(message)) complaints.push(message.text());
    });
  });
  afterEach(async () => {
    expect(await inPage(({ errors }) => errors)).toEqual([]);
    expect(complaints).toEqual([]);
  });
  afterAll(() => page.close());

  /** Runs a function inside the page with what the page offers. It can use nothing else from out here. */
  function inPage<Result>(run: (page: MapLibrePage) => Result | Promise<Result>): Promise<Awaited<Result>> {
    return page.evaluate(`(${run.toString()})(window.mapLibrePage)`) as Promise<Awaited<Result>>;
  }

  test('shows the picture of our own renderer, on paper, at any zoom', async () => {
    const differences = await inPage(async ({ embed, map, graphMap, settled, pixels, expected, compare }) => {
      const layer = embed.networkLayer(graphMap, { paper: true });
      map.addLayer(layer as never);
      const cameras = [
        { center: [0, 0], zoom: 0 },
        { center: [40, 30], zoom: 2.3 },
        { center: [-20.123, 11.7], zoom: 9.4 },
      ] as const;
      const found = [];
      for (const { center, zoom } of cameras) {
        await settled({ center: [...center], zoom });
        const shown = pixels();
        const colors = new Set(new Uint32Array(shown.buffer)).size;
        found.push({ ...compare(shown, expected(graphMap, layer.placement)), colors });
      }
      map.removeLayer('network');
      return found;
    });
    // On SwiftShader no channel differs; other drivers may round otherwise between WebGL 1 and 2.
    for (const { share } of differences) expect(share).toBeLessThan(0.002);
    expect(differences[0].colors).toBeGreaterThan(500);
  });

  test('without paper lets what is below show through, and leaves what is above alone', async () => {
    const { same, far, dot, below } = await inPage(
      async ({ embed, isthmus, map, graphMap, settled, pixels, expected, compare }) => {
        // Far from the network, which lies at the lower edge, all is as it was without it.
        const placement = embed.placementWithin(graphMap, [-60, -75, 60, -45]);
        await settled({ center: [0, 0], zoom: 0.4 });
        const before = pixels();
        map.addLayer(embed.networkLayer(graphMap, { placement }) as never, 'dot');
        await settled();
        const after = pixels();
        const upper = 4 * 480 * 100;
        const far = compare(before.subarray(0, upper), after.subarray(0, upper)).worst;
        const below = compare(before.subarray(upper), after.subarray(upper)).share;
        map.removeLayer('network');

        // On ground in the paper's colour it is the drawing on paper, but for hills, which multiply there.
        const plain = isthmus.restyleMap(graphMap, { relief: { show: false } });
        const { paper } = plain.palette;
        map.setPaintProperty(
          'ground',
          'background-color',
          `rgb(${paper >> 16}, ${(paper >> 8) & 255}, ${paper & 255})`,
        );
        map.setLayoutProperty('square', 'visibility', 'none');
        const layer = embed.networkLayer(plain);
        map.addLayer(layer as never, 'dot');
        await settled({ center: [0, 0], zoom: 0 });
        const shown = pixels();
        const middle = 4 * (180 * 480 + 240);
        const dot = [...shown.subarray(middle, middle + 4)];
        map.setLayoutProperty('dot', 'visibility', 'none');
        await settled();
        const same = compare(pixels(), expected(plain, layer.placement));
        map.removeLayer('network');
        map.setPaintProperty('ground', 'background-color', '#cce8cc');
        for (const id of ['square', 'dot']) map.setLayoutProperty(id, 'visibility', 'visible');
        return { same, far, dot, below };
      },
    );
    expect(far).toBe(0);
    expect(below).toBeGreaterThan(0.01);
    expect(dot).toEqual([255, 0, 0, 255]);
    expect(same.share).toBeLessThan(0.002);
    expect(same.worst).toBeLessThanOrEqual(4);
  });

  test('turns and tilts with the camera: nodes are where MapLibre projects them to, and are found there', async () => {
    const found = await inPage(async ({ embed, map, discs, isInside, isPainted, settled, pixels }) => {
      const layer = embed.networkLayer(discs, { paper: true });
      map.addLayer(layer as never);
      await settled({ center: [30, -20], zoom: 1.5, bearing: 40, pitch: 55 });
      const shown = pixels();
      let [inside, painted, picked] = [0, 0, 0];
      for (let node = 0; node < discs.graph.nodeCount; node++) {
        const feature = embed.nodeFeature(discs, layer.placement, node);
        const { x, y } = map.project(feature.geometry.coordinates as [number, number]);
        if (!isInside({ x, y })) continue;
        inside++;
        if (isPainted(shown, { x, y }, node, 40)) painted++;
        // Another node may lie over this one: the one that is found must be as near.
        const hit = layer.pick({ x, y });
        if (hit?.layer === 'nodes' && hit.properties['community'] === feature.properties['community']) picked++;
      }
      const sky = layer.pick({ x: 240, y: -4000 });
      map.removeLayer('network');
      await settled({ bearing: 0, pitch: 0 });
      return { inside, painted, picked, hasSky: sky === undefined };
    });
    expect(found.inside).toBeGreaterThan(30);
    expect(found.painted / found.inside).toBeGreaterThan(0.8);
    expect(found.picked).toBe(found.inside);
    expect(found.hasSky).toBe(true);
  });

  test('lies on the ground where the map has terrain, and is found there', async () => {
    const { inside, painted, picked } = await inPage(
      async ({ embed, map, discs, isInside, isPainted, settled, pixels, setGround }) => {
        const layer = embed.networkLayer(discs, { paper: true });
        map.addLayer(layer as never);
        setGround(0);
        await settled({ center: [30, -20], zoom: 0.4, bearing: 20, pitch: 40 });
        const shown = pixels();
        const counts = { inside: 0, painted: 0, picked: 0 };
        for (let node = 0; node < discs.graph.nodeCount; node++) {
          const { geometry, properties } = embed.nodeFeature(discs, layer.placement, node);
          const { x, y } = map.project(geometry.coordinates as [number, number]);
          if (!isInside({ x, y })) continue;
          counts.inside++;
          if (isPainted(shown, { x, y }, node, 60)) counts.painted++;
          if (layer.pick({ x, y })?.properties['community'] === properties['community']) counts.picked++;
        }
        setGround(undefined);
        map.removeLayer('network');
        await settled({ bearing: 0, pitch: 0 });
        return counts;
      },
    );
    expect(inside).toBeGreaterThan(30);
    expect(painted / inside).toBeGreaterThan(0.75);
    expect(picked / inside).toBeGreaterThan(0.95);
  });

  test('tells of clicks and of what the pointer comes over, with all attributes', async () => {
    await inPage(async ({ embed, map, graphMap, settled }) => {
      const layer = embed.networkLayer(graphMap, { hover: true });
      map.addLayer(layer as never);
      const heard: unknown[] = [];
      for (const type of ['click', 'hover'] as const) {
        layer.on(type, ({ feature }) =>
          heard.push([type, feature?.layer ?? null, feature?.properties['label'] ?? null]),
        );
      }
      await settled({ center: [0, 0], zoom: 0 });
      const at = (feature: ReturnType<typeof embed.nodeFeature>) =>
        map.project(feature.geometry.coordinates as [number, number]);
      const node = at(embed.nodeFeature(graphMap, layer.placement, 0));
      const mark = at(embed.annotationFeature(graphMap, layer.placement, 0));
      Object.assign(window, { heard, node: [node.x, node.y], mark: [mark.x, mark.y], layer });
    });
    const place = async (name: string) => (await page.evaluate(`window.${name}`)) as [number, number];
    const { left, top } = await page.$eval('#map', (element) => {
      const { left, top } = element.getBoundingClientRect();
      return { left, top };
    });
    for (const name of ['node', 'mark']) {
      const [x, y] = await place(name);
      await page.mouse.move(left + x, top + y);
      await page.mouse.click(left + x, top + y);
    }
    await page.mouse.move(left + 240, top + 5);
    await page.mouse.click(left + 240, top + 5);
    const { heard, label, links } = await inPage(({ map, graphMap }) => {
      const { heard, layer } = window as unknown as { heard: unknown[]; layer: { pick(at: object): unknown } };
      map.removeLayer('network');
      const nothing = layer.pick({ x: 240, y: 180 });
      return { heard, label: graphMap.labels.texts[graphMap.labels.nodes.indexOf(0)], links: nothing === undefined };
    });
    expect(heard).toEqual([
      ['hover', 'nodes', label],
      ['click', 'nodes', label],
      ['hover', 'annotations', 'Origin'],
      ['click', 'annotations', 'Origin'],
      ['hover', null, null],
    ]);
    expect(links).toBe(true);
  });

  test('follows a layout that moves, an emphasis and an opacity', async () => {
    const changes = await inPage(async ({ embed, isthmus, map, graphMap, settled, pixels, expected, compare }) => {
      const layer = embed.networkLayer(graphMap, { paper: true });
      map.addLayer(layer as never);
      await settled({ center: [0, 0], zoom: 0 });
      const first = pixels();
      const moved = isthmus.moveMap(
        graphMap,
        graphMap.positions.map((value) => 0.5 * value),
        graphMap.relief,
      );
      layer.setMap(moved);
      await settled();
      const second = pixels();
      const same = compare(second, expected(moved, layer.placement)).share;
      layer.setEmphasis(isthmus.emphasisOfNode(graphMap, 0));
      await settled();
      const third = pixels();
      layer.setOpacity(0);
      await settled();
      const fourth = pixels();
      map.removeLayer('network');
      await settled();
      return {
        same,
        moved: compare(first, second).share,
        emphasised: compare(second, third).share,
        left: compare(fourth, pixels()).worst,
      };
    });
    expect(changes.same).toBeLessThan(0.002);
    expect(changes.moved).toBeGreaterThan(0.05);
    expect(changes.emphasised).toBeGreaterThan(0.001);
    expect(changes.left).toBe(0);
  });

  // Version 5 has no projections of others' making.
  if (version === '6')
    test('is the same picture on a plane of its own, whose metres are layout units', async () => {
      const { same, picked, apart } = await inPage(
        async ({ embed, library, map, graphMap, settled, pixels, expected, compare }) => {
          // Sources of GeoJSON would need a handler in the workers.
          for (const id of ['square', 'dot']) map.setLayoutProperty(id, 'visibility', 'none');
          const layer = embed.networkLayer(graphMap, { paper: true });
          library.addProjection(embed.planeProjection(layer.placement));
          map.setProjection({ type: 'isthmus:plane' as never });
          map.addLayer(layer as never);
          await settled({ center: [40, 30], zoom: 1.3 });
          const same = compare(pixels(), expected(graphMap, layer.placement)).share;
          const { geometry } = embed.nodeFeature(graphMap, layer.placement, 0);
          const picked = layer.pick(map.project(geometry.coordinates as [number, number]))?.id;
          const [a, b] = [map.unproject([100, 180]), map.unproject([300, 180])].map(({ lng, lat }) =>
            embed.fromLngLat(layer.placement, lng, lat),
          );
          const { minX, maxX } = layer.placement.world;
          const apart = ((b[0] - a[0]) * 512 * 2 ** map.getZoom()) / (maxX - minX);
          map.removeLayer('network');
          map.setProjection({ type: 'mercator' });
          library.removeProjection('isthmus:plane');
          for (const id of ['square', 'dot']) map.setLayoutProperty(id, 'visibility', 'visible');
          await settled();
          return { same, picked, apart };
        },
      );
      expect(same).toBeLessThan(0.002);
      expect(picked).toBe(0);
      expect(apart).toBeCloseTo(200, 6);
    });

  test('lies on a globe, whose far side hides it, and is found there', async () => {
    const { whole, tilted, nearly, beside, besidePicked, emphasised } = await inPage(
      async ({ embed, isthmus, map, discs, isInside, isPainted, settled, pixels, compare }) => {
        for (const id of ['square', 'dot']) map.setLayoutProperty(id, 'visibility', 'none');
        map.setProjection({ type: 'globe' });
        await settled({ center: [0, 0], zoom: 0 });
        const empty = pixels();
        const layer = embed.networkLayer(discs, { paper: true });
        const places = Array.from({ length: discs.graph.nodeCount }, (_, node) => {
          const { geometry, properties } = embed.nodeFeature(discs, layer.placement, node);
          return { node, lngLat: geometry.coordinates as [number, number], community: properties['community'] };
        });
        /** Nodes on the near side that are in sight, painted and found, and nodes of the far side that are found. */
        const look = async (camera: Parameters<typeof settled>[0]) => {
          await settled(camera);
          const shown = pixels();
          const counts = { inside: 0, painted: 0, picked: 0, hidden: 0, pickedHidden: 0 };
          for (const { node, lngLat, community } of places) {
            const { x, y } = map.project(lngLat);
            if (!isInside({ x, y })) continue;
            const back = map.unproject([x, y]);
            const isNear = Math.abs(back.lng - lngLat[0]) < 1 && Math.abs(back.lat - lngLat[1]) < 1;
            const found = layer.pick({ x, y });
            if (!isNear) {
              counts.hidden++;
              if (found?.id === node) counts.pickedHidden++;
              continue;
            }
            counts.inside++;
            if (isPainted(shown, { x, y }, node, 60)) counts.painted++;
            if (found?.properties['community'] === community) counts.picked++;
          }
          return counts;
        };
        map.addLayer(layer as never);
        const whole = await look({ center: [0, 40], zoom: 0.6 });
        const tilted = await look({ center: places[0].lngLat, zoom: 2.4, bearing: 40, pitch: 50 });
        const [lng, lat] = places[0].lngLat;
        // Between zooms 11 and 12 a globe turns into a plane.
        const nearly = await look({ center: [lng + 0.01, lat], zoom: 11.5, bearing: 0, pitch: 0 });
        await settled({ center: [0, 0], zoom: 0 });
        const first = pixels();
        const corner = 4 * 480 * 40;
        const beside = compare(empty.subarray(0, corner), first.subarray(0, corner)).worst;
        const besidePicked = layer.pick({ x: 20, y: 20 }) !== undefined;
        layer.setEmphasis(isthmus.emphasisOfNode(discs, 0));
        await settled();
        const emphasised = compare(first, pixels()).share;
        map.removeLayer('network');
        map.setProjection({ type: 'mercator' });
        for (const id of ['square', 'dot']) map.setLayoutProperty(id, 'visibility', 'visible');
        await settled();
        return { whole, tilted, nearly, beside, besidePicked, emphasised };
      },
    );
    for (const { inside, painted, picked, pickedHidden } of [whole, tilted, nearly]) {
      expect(painted / inside).toBeGreaterThan(0.75);
      expect(picked / inside).toBeGreaterThan(0.95);
      expect(pickedHidden).toBe(0);
    }
    expect(Math.min(whole.inside, tilted.inside, whole.hidden)).toBeGreaterThan(10);
    expect(nearly.inside).toBeGreaterThan(0);
    expect(beside).toBe(0);
    expect(besidePicked).toBe(false);
    expect(emphasised).toBeGreaterThan(0.0005);
  });

  test('is removed without a trace, a hundred times', async () => {
    const found = await inPage(async ({ embed, map, graphMap, settled, alive }) => {
      let listening = 0;
      const [on, off] = [map.on, map.off];
      const counted = (method: (...args: never[]) => unknown, step: number) =>
        function (this: unknown, ...args: never[]) {
          listening += step;
          return method.apply(map, args);
        };
      Object.assign(map, { on: counted(on, 1), off: counted(off, -1) });
      const layers: WeakRef<object>[] = [];
      const round = (shown: boolean) => {
        const layer = embed.networkLayer(graphMap, { hover: true });
        layers.push(new WeakRef(layer));
        map.addLayer(layer as never);
        if (shown) map.redraw();
        map.removeLayer('network');
      };
      const rounds = async (projection: 'mercator' | 'globe', count: number) => {
        map.setProjection({ type: projection });
        await settled({ center: [0, 0], zoom: 0 });
        round(true);
        await settled();
        const before = { ...alive };
        listening = 0;
        // Some are also drawn: what a frame makes has to go too.
        for (let k = 0; k < count; k++) round(k % 25 === 0);
        await settled();
        return [before, { ...alive }, listening] as const;
      };
      const found = [await rounds('mercator', 100), await rounds('globe', 26)];
      map.setProjection({ type: 'mercator' });
      Object.assign(map, { on, off });
      Object.assign(window, { layers });
      await settled();
      return found;
    });
    for (const [before, after, listening] of found) {
      expect(after).toEqual(before);
      expect(before).toMatchObject({ Context: expect.any(Number), Listener: expect.any(Number) });
      expect(listening).toBe(0);
    }
    expect(await page.$$eval('canvas', (canvases) => canvases.length)).toBe(1);
    const session = await page.createCDPSession();
    await session.send('HeapProfiler.collectGarbage');
    const left = await inPage(() => {
      const { layers } = window as unknown as { layers: WeakRef<object>[] };
      return layers.filter((layer) => layer.deref() !== undefined).length;
    });
    // The last may still be held by whoever removed it; a leak holds all.
    expect(left).toBeLessThan(5);
  });

  test('keeps nothing of the maps that it has shown before', async () => {
    const [before, after] = await inPage(async ({ embed, isthmus, map, graphMap, settled, alive }) => {
      const layer = embed.networkLayer(graphMap);
      map.addLayer(layer as never);
      await settled({ center: [0, 0], zoom: 0 });
      const show = async (step: number) => {
        const { positions, relief } = graphMap;
        layer.setMap(
          isthmus.moveMap(
            graphMap,
            positions.map((value) => value * (1 - 0.01 * step)),
            { ...relief },
          ),
        );
        layer.setEmphasis(isthmus.emphasisOfNode(graphMap, step));
        await settled();
        return { ...alive };
      };
      const before = await show(1);
      for (let step = 2; step < 6; step++) await show(step);
      const after = { ...alive };
      map.removeLayer('network');
      return [before, after];
    });
    expect(after).toEqual(before);
  });

  test('comes back in its place after the context was lost', async () => {
    const { same, order } = await inPage(async ({ embed, map, graphMap, settled, pixels, compare }) => {
      map.addLayer(embed.networkLayer(graphMap) as never, 'dot');
      await settled({ center: [10, 10], zoom: 1 });
      const before = pixels();
      const losing = map.getCanvas().getContext('webgl2')?.getExtension('WEBGL_lose_context');
      const event = (name: string) => new Promise((resolve) => map.once(name as 'idle', resolve));
      const lost = event('webglcontextlost');
      losing?.loseContext();
      await lost;
      // A context may be restored once its loss has been told to everybody.
      await new Promise((resolve) => setTimeout(resolve, 0));
      const [restored, loaded] = [event('webglcontextrestored'), event('style.load')];
      losing?.restoreContext();
      await Promise.all([restored, loaded]);
      await settled();
      const order = map.getLayersOrder();
      const { share } = compare(before, pixels());
      map.removeLayer('network');
      return { same: share, order };
    });
    expect(order).toEqual(['ground', 'square', 'network', 'dot']);
    expect(same).toBeLessThan(0.002);
    // MapLibre warns that it drops custom layers, which is why ours adds itself again.
    expect(complaints.splice(0).every((text) => text.includes('context loss'))).toBe(true);
  });
});

test('the example shows a network whose nodes answer to a click, and hostile names do nothing', async () => {
  const names = ['<img src=x onerror="window.isHit = true">', '\u202e<script>isHit = true</script>', '</bdi><b>bold'];
  const nodes = names.map((label, id) => ({ key: String(id), attributes: { label } }));
  const edges = [0, 1, 2].map((id) => ({ source: String(id), target: String((id + 1) % 3) }));
  const complaints: string[] = [];
  const page = await browser.open('demo/maplibre/index.html', {
    ready: "document.querySelector('.maplibregl-canvas') !== null",
    async prepare(page) {
      page.on('console', (message) => {
        if (isComplaint(message)) complaints.push(message.text());
      });
      await page.setViewport({ width: 400, height: 300 });
      await page.evaluateOnNewDocument((text) => {
        window.fetch = async () => new Response(text);
      }, JSON.stringify({ nodes, edges }));
    },
  });
  const isOver = () => page.$eval('.maplibregl-canvas', (canvas) => (canvas as HTMLElement).style.cursor === 'pointer');
  // The layer answers once it has been drawn.
  let at: readonly [number, number] | undefined;
  while (at === undefined) {
    for (let place = 0; place < 30 * 40 && at === undefined; place++) {
      const [x, y] = [10 * (place % 40), 10 * Math.floor(place / 40)];
      await page.mouse.move(x, y);
      if (await isOver()) at = [x, y];
    }
  }
  await page.mouse.click(...at);
  const popup = await page.waitForSelector('.isthmus-popup');
  const text = await popup?.evaluate((element) => element.textContent);
  expect(names.some((name) => text?.includes(name.replace('\u202e', '')))).toBe(true);
  expect(text).not.toContain('\u202e');
  expect(await page.$$eval('.isthmus-popup :is(img, script, b)', (elements) => elements.length)).toBe(0);
  expect(await page.evaluate('window.isHit')).toBeUndefined();
  expect(complaints).toEqual([]);
  await page.close();
});
