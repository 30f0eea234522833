import * as Comlink from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isErrorOfKind } from '../../engine/base/errors.ts';
import type { Progress } from '../../engine/base/progress.ts';
import { extendGraph, keptNodes } from '../../engine/graph/edit.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { withPositions } from '../../engine/graph/packed-graph.ts';
import { createNodeEngine } from '../../engine/hosts/node-engine.ts';
import { connect, type RemoteEngine } from '../../engine/hosts/remote.ts';
import { createService } from '../../engine/hosts/service.ts';
import { createLayout, layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { relief } from '../../engine/relief/relief.ts';
import { connectedCloseness } from '../../engine/structure/closeness.ts';
import { communities } from '../../engine/structure/communities.ts';
import { measure } from '../../engine/structure/measures/measure.ts';
import { buildNodeWorker } from '../support/node-worker.ts';

const small = plantedPartition({ nodes: 300, edges: 900, blocks: 5, seed: 1 });
const large = plantedPartition({ nodes: 3000, edges: 9000, blocks: 5, seed: 1 });

const gexf = `<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph><nodes><node id="a"/><node id="b"/></nodes>
<edges><edge id="0" source="a" target="b"/></edges></graph></gexf>`;

/** Fires the signal after 60 ms and returns what the call rejected with. */
async function abortedCall(call: (signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 60);
  return call(controller.signal).then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

/** What holds for the engine behind any endpoint. */
function describeEngine(title: string, open: () => RemoteEngine): void {
  describe(title, () => {
    let engine: RemoteEngine;
    beforeAll(() => {
      engine = open();
    });
    afterAll(() => engine.dispose());

    it('reads, lays out, shades and measures as the engine does in this thread', async () => {
      const read = await engine.readGraph(new Blob([gexf]), { name: 'a.gexf' });
      expect(read.graph.ids).toEqual(['a', 'b']);
      const plan = gephiPlan(small, 40);
      const theirs = await engine.layout(small, { plan, seed: 3 });
      const ours = await layout(small, { plan, seed: 3 });
      expect(theirs.positions).toEqual(ours.positions);
      expect(theirs).toMatchObject({ iterations: 40, seed: 3, device: { kind: 'cpu' } });
      const field = await engine.relief(ours.positions, { cells: 1000 });
      expect(field).toEqual(relief(ours.positions, { cells: 1000 }));
      expect(await engine.communities(small, { seed: 2 })).toEqual(communities(small, { seed: 2 }));
      const placed = withPositions(small, ours.positions);
      const byColumn = { method: { column: 'x' } };
      expect(await engine.communities(placed, byColumn)).toEqual(communities(placed, byColumn));
      const closeness = connectedCloseness(small, ours.positions, { samples: 500 });
      expect(await engine.connectedCloseness(small, ours.positions, { samples: 500 })).toEqual(closeness);
      expect(await engine.measure(small, ours.positions, { seed: 2 })).toEqual(
        await measure(small, ours.positions, { seed: 2 }),
      );
    });

    it('steps a layout that stays on the other side', async () => {
      const run = await engine.createLayout(small, { plan: gephiPlan(small, 40), seed: 3 });
      expect(run.device.kind).toBe('cpu');
      expect(await run.step(15)).toMatchObject({ iteration: 15, iterations: 40, phase: 'ForceAtlas2' });
      await run.step(25);
      const { positions } = await layout(small, { plan: gephiPlan(small, 40), seed: 3 });
      expect(await run.read()).toEqual(positions);
      expect(await run.read()).toEqual(positions);
      run.dispose();
    });

    it('holds nodes and changes the graph of such a layout as of one in this thread', async () => {
      const plan = gephiPlan(small, 40);
      const more = extendGraph(small, { nodes: ['new'], edges: [['new', small.ids[5]]] });
      const [theirs, ours] = [await engine.createLayout(small, { plan }), createLayout(small, { plan })];
      const found = [theirs, ours].map(async (run) => {
        await run.step(5);
        await run.hold(new Map([[7, [300, 100]]]));
        await run.step(5);
        await run.change(more, keptNodes(small, more));
        await run.step(5);
        return run.read();
      });
      expect(await found[0]).toEqual(await found[1]);
      expect([...(await found[0]).subarray(14, 16)]).toEqual([300, 100]);
      await expect(theirs.hold(new Map([[1, [Number.NaN, 0]]]))).rejects.toMatchObject({ name: 'UsageError' });
      theirs.dispose();
    });

    it('tells how far it is, the end included, before the result comes', async () => {
      const news: Progress[] = [];
      await engine.layout(large, { plan: gephiPlan(large, 30), onProgress: (progress) => news.push(progress) });
      expect(news.at(-1)).toEqual({ stage: 'layout', done: 30, total: 30 });
    });

    it('stops at once when asked, and goes on working', async () => {
      const endless = gephiPlan(large, 1_000_000);
      const whole = await abortedCall((signal) => engine.layout(large, { plan: endless, signal }));
      expect(isErrorOfKind(whole, 'AbortError')).toBe(true);
      const stepped = await abortedCall(async (signal) => {
        const run = await engine.createLayout(large, { plan: endless, signal });
        await run.step(1_000_000).finally(() => run.dispose());
      });
      expect(isErrorOfKind(stepped, 'AbortError')).toBe(true);
      const early = AbortSignal.abort();
      await expect(engine.layout(large, { signal: early })).rejects.toMatchObject({ name: 'AbortError' });
      // The worker has heard it too: it answers this, which waits in line behind anything still running.
      expect(await engine.layout(small, { plan: gephiPlan(small, 1) })).toMatchObject({ iterations: 1 });
    });

    it('hands errors over with their kind and sentence', async () => {
      await expect(engine.layout(small, { seed: 0.5 })).rejects.toMatchObject({
        name: 'UsageError',
        message: 'The seed is a whole number, but it was 0.5.',
      });
      await expect(engine.createLayout(small, { plan: [] })).rejects.toMatchObject({ name: 'UsageError' });
      await expect(engine.readGraph('<gexf', { name: 'b.gexf' })).rejects.toMatchObject({ name: 'InputError' });
    });
  });
}

describeEngine('the engine behind a message channel', () => {
  const { port1, port2 } = new MessageChannel();
  Comlink.expose(createService(), port2);
  port1.start();
  return connect(port1, { close: () => port1.close() });
});

describe('a worker thread', () => {
  let url = new URL('file:///');
  let remove = async () => {};
  beforeAll(async () => {
    ({ url, remove } = await buildNodeWorker());
  });
  afterAll(() => remove());

  describeEngine('behaves as the engine in this thread', () => createNodeEngine(url));

  it('keeps this thread free', async () => {
    const engine = createNodeEngine(url);
    const call = engine.layout(large, { plan: gephiPlan(large, 1_000_000) });
    let isUnderWay = true;
    const ended = call.catch(() => {
      isUnderWay = false;
    });
    for (let beat = 0; beat < 10; beat++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isUnderWay).toBe(true);
    engine.dispose();
    await ended;
  });

  it('fails every call when it is lost or disposed of', async () => {
    const missing = createNodeEngine(new URL('missing.mjs', url));
    await expect(missing.layout(small)).rejects.toMatchObject({ name: 'DeviceError' });
    missing.dispose();
    const disposed = createNodeEngine(url);
    const call = disposed.layout(large, { plan: gephiPlan(large, 1_000_000) });
    setTimeout(() => disposed.dispose(), 50);
    await expect(call).rejects.toMatchObject({ name: 'DeviceError' });
  });
});
