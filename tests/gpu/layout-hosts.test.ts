import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as Comlink from 'comlink';
import { describe, expect, it } from 'vitest';
import { readGraph } from '../../engine/formats/index.ts';
import { openDevice } from '../../engine/gpu/device.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { positionsOf } from '../../engine/graph/packed-graph.ts';
import { connect } from '../../engine/hosts/remote.ts';
import { createService } from '../../engine/hosts/service.ts';
import type { OpenGpu } from '../../engine/hosts/worker-relief.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { relief } from '../../engine/relief/relief.ts';
import { fakeGpu, sharedGpu, testGpu } from '../support/gpu.ts';
import { inFolder, installWithout, runIsthmus, sample } from '../support/run-isthmus.ts';

const graph = plantedPartition({ nodes: 300, edges: 900, blocks: 5, seed: 1 });
const plan = gephiPlan(graph, 12);

describe('the engine behind a port', () => {
  it('lays out on the GPU of its side, and only when that is asked for', async () => {
    const gpu = await sharedGpu();
    const asked: string[] = [];
    const { port1, port2 } = new MessageChannel();
    const openGpu: OpenGpu = async (device) => {
      asked.push(device);
      return gpu;
    };
    const service = createService({ openGpu });
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

describe('the relief behind a port', () => {
  const behindPort = (openGpu: OpenGpu) => {
    const { port1, port2 } = new MessageChannel();
    Comlink.expose(createService({ openGpu }), port1);
    return connect(port2, {
      close: () => {
        port1.close();
        port2.close();
      },
    });
  };

  it('is that of the CPU to 0.1 %, on the GPU where one is asked for, and on a software one only then', async () => {
    const gpu = await sharedGpu();
    const asked: string[] = [];
    const engine = behindPort(async (device) => {
      asked.push(device);
      return gpu;
    });
    const positions = randomStart(2000, 1);
    const options = { cells: 20_000 };
    const onCpu = relief(positions, options);
    expect(await engine.relief(positions, options)).toEqual(onCpu);
    expect(asked).toEqual([]);
    const onGpu = await engine.relief(positions, { ...options, device: 'gpu' });
    expect(asked).toEqual(['gpu']);
    expect(onGpu.field.values).not.toEqual(onCpu.field.values);
    expect(onGpu.field.box).toEqual(onCpu.field.box);
    const off = onGpu.field.values.map((value, cell) => Math.abs(value - onCpu.field.values[cell]));
    expect(Math.max(...off) / onCpu.peak).toBeLessThan(1e-3);
    const byItself = await engine.relief(positions, { ...options, device: 'auto' });
    const { isSoftware } = (await openDevice(gpu)).adapter;
    expect(byItself).toEqual(isSoftware ? onCpu : onGpu);
    engine.dispose();
  });

  it('is made by the CPU once the GPU is lost', async () => {
    const gpu = await testGpu();
    const adapter = (await gpu.requestAdapter()) as GPUAdapter;
    const devices: GPUDevice[] = [];
    const engine = behindPort(async () =>
      fakeGpu(adapter, async (descriptor) => {
        devices.push(await adapter.requestDevice(descriptor));
        return devices[0];
      }),
    );
    const positions = randomStart(500, 1);
    const options = { cells: 5000, device: 'gpu' } as const;
    const onCpu = relief(positions, options);
    expect(await engine.relief(positions, options)).not.toEqual(onCpu);
    devices[0].destroy();
    expect(await engine.relief(positions, options)).toEqual(onCpu);
    expect(await engine.relief(positions, options)).toEqual(onCpu);
    expect(devices.length).toBe(1);
    engine.dispose();
  });
});

/** The energy of the layout in a file over that of the CPU after as many iterations. */
async function energyRatio(file: string, iterations: number): Promise<number> {
  const { graph: read } = await readGraph(await readFile(file));
  const [{ settings }] = gephiPlan(read, iterations);
  const onCpu = await layout(read, { plan: gephiPlan(read, iterations) });
  const energy = energyOf(read, positionsOf(read) ?? new Float32Array(0), settings).total;
  return energy / energyOf(read, onCpu.positions, settings).total;
}

/** The graph as an edge list. */
const edgeList = `source,target${Array.from(graph.edges, (node, k) => (k % 2 === 0 ? `\n${node},` : node)).join('')}`;

describe('isthmus layout', () => {
  it('runs on the device asked for and says which that is', async () => {
    await inFolder(async (folder) => {
      const lay = async (device: string) => {
        const args = ['layout', '-', '-o', `${device}.csv`, '--iterations', '12', '--device', device, '--json'];
        const { code, stdout, stderr } = await runIsthmus(args, { cwd: folder, input: edgeList });
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

describe('isthmus layout --device gpu', () => {
  it('lays out the sample to the energy that the CPU has after as many iterations', async () => {
    await inFolder(async (folder) => {
      const args = ['layout', sample, '-o', 'out.gexf', '--iterations', '30', '--device', 'gpu', '--json'];
      const { code, stdout } = await runIsthmus(args, { cwd: folder });
      expect(code).toBe(0);
      expect(JSON.parse(stdout.toString())).toMatchObject({ iterations: 30, devices: { layout: { kind: 'gpu' } } });
      expect(Math.abs((await energyRatio(join(folder, 'out.gexf'), 30)) - 1)).toBeLessThan(0.01);
    });
  });
});

describe('isthmus without the package webgpu', () => {
  /** The process's only child is the browser. */
  const childrenOf = (pid: number) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');

  it('lays out on the GPU of a headless browser, to the energy of the CPU', async () => {
    await inFolder(async (folder) => {
      const cli = await installWithout('webgpu', folder);
      const args = ['layout', '-', '-o', 'out.gexf', '--iterations', '60', '--device', 'gpu', '--json'];
      const { code, stdout, stderr } = await runIsthmus(args, { cli, cwd: folder, input: edgeList });
      expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('in headless Chromium') });
      const { kind, name, warning } = JSON.parse(stdout.toString()).devices.layout;
      expect({ kind, warning }).toEqual({ kind: 'gpu', warning: undefined });
      expect(name).toMatch(/., in headless Chromium$/);
      expect(Math.abs((await energyRatio(join(folder, 'out.gexf'), 60)) - 1)).toBeLessThan(0.01);
    });
  });

  it.skipIf(process.platform !== 'linux')('goes on on the CPU where the browser is killed, and says so', async () => {
    await inFolder(async (folder) => {
      const cli = await installWithout('webgpu', folder);
      const args = ['layout', '-', '-o', 'out.gexf', '--iterations', '2000', '--device', 'gpu', '--json'];
      const kill = (child: { readonly pid?: number | undefined }) => {
        for (const pid of childrenOf(child.pid ?? 0)) process.kill(Number(pid), 'SIGKILL');
      };
      const when = [/layout \d+ %/, kill] as const;
      const { code, stdout, stderr } = await runIsthmus(args, { cli, cwd: folder, input: edgeList, when });
      expect(code).toBe(0);
      expect(stderr).toMatch(/Chromium ended unexpectedly\. The layout went on from iteration \d+ on the CPU\./);
      expect(JSON.parse(stdout.toString())).toMatchObject({ iterations: 2000, devices: { layout: { kind: 'cpu' } } });
      expect(Math.abs((await energyRatio(join(folder, 'out.gexf'), 2000)) - 1)).toBeLessThan(0.01);
    });
  });

  it('says what is missing where there is no browser either, and lays out on the CPU', async () => {
    await inFolder(async (folder) => {
      const cli = await installWithout('webgpu', folder);
      const args = ['layout', '-', '-o', 'out.gexf', '--iterations', '5', '--device', 'gpu', '--chrome', '/no/chrome'];
      const { code, stderr } = await runIsthmus(args, { cli, cwd: folder, input: edgeList });
      expect(code).toBe(0);
      expect(stderr).toContain('There is no Chromium at /no/chrome');
      expect(stderr).toContain('The layout ran on the CPU instead. WebGPU in Node comes with the package webgpu');
    });
  });
});
