import * as Comlink from 'comlink';
import { describe, expect, it } from 'vitest';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { connect } from '../../engine/hosts/remote.ts';
import { createService } from '../../engine/hosts/service.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { sharedGpu } from '../support/gpu.ts';
import { inFolder, runIsthmus } from '../support/run-isthmus.ts';

const graph = plantedPartition({ nodes: 300, edges: 900, blocks: 5, seed: 1 });
const plan = gephiPlan(graph, 12);

describe('the engine behind a port', () => {
  it('lays out on the GPU of its side, and only when that is asked for', async () => {
    const gpu = await sharedGpu();
    const asked: string[] = [];
    const { port1, port2 } = new MessageChannel();
    const service = createService(async (device) => {
      asked.push(device);
      return gpu;
    });
    Comlink.expose(service, port1);
    const engine = connect(port2, {
      close: () => {
        port1.close();
        port2.close();
      },
    });
    const ours = await layout(graph, { plan, gpu, device: 'gpu' });
    expect((await engine.layout(graph, { plan })).device.kind).toBe('cpu');
    expect(asked).toEqual([]);
    const theirs = await engine.layout(graph, { plan, device: 'gpu' });
    expect(theirs.device).toEqual(ours.device);
    expect(theirs.positions).toEqual(ours.positions);
    const run = await engine.createLayout(graph, { plan, gpu });
    await run.step(12);
    expect(run.device).toEqual((await layout(graph, { plan, gpu })).device);
    expect(asked).toEqual(['gpu', 'auto']);
    run.dispose();
    engine.dispose();
  });
});

describe('isthmus layout', () => {
  it('runs on the device asked for and says which that is', async () => {
    await inFolder(async (folder) => {
      const input = Array.from(graph.edges, (node, k) => (k % 2 === 0 ? `\n${node},` : node)).join('');
      const lay = async (device: string) => {
        const args = ['layout', '-', '-o', `${device}.csv`, '--iterations', '12', '--device', device, '--json'];
        const { code, stdout, stderr } = await runIsthmus(args, { cwd: folder, input: `source,target${input}` });
        expect(stderr).toContain(`Wrote ${device}.csv`);
        expect(code).toBe(0);
        return JSON.parse(stdout.toString()).devices.layout;
      };
      expect(await lay('cpu')).toEqual({ kind: 'cpu', name: 'CPU, one thread', reason: 'No GPU was asked for.' });
      expect(await lay('gpu')).toMatchObject({ kind: 'gpu', reason: 'A GPU was asked for.' });
      const byItself = await lay('auto');
      expect(byItself.warning).toBeUndefined();
      if (byItself.kind === 'cpu')
        expect(byItself.reason).toMatch(
          /^(There is no WebGPU here|The only GPU here is .*|WebGPU has no adapter here)\.$/,
        );
      else expect(byItself.name).not.toMatch(/software/);
      expect((await runIsthmus(['layout', '-', '-o', 'x.csv', '--device', 'tpu'], { cwd: folder })).code).toBe(2);
    });
  });
});
