import { beforeAll, describe, expect, it } from 'vitest';
import { plantedPartition, star } from '../../engine/graph/generators.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { createLayout, layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { checkSettings } from '../../engine/layout/settings.ts';
import { fakeGpu, testGpu } from '../support/gpu.ts';

const graph = plantedPartition({ nodes: 200, edges: 900, blocks: 5, seed: 1 });
const plan = gephiPlan(graph, 500);
const [{ settings }] = plan;

let gpu: GPU;
let adapter: GPUAdapter;
beforeAll(async () => {
  gpu = await testGpu();
  adapter = (await gpu.requestAdapter()) as GPUAdapter;
});

/** A GPU whose devices are known; `change` spoils each before it is given, or gives none. */
function spiedGpu(change: (device: GPUDevice, number: number) => void = () => {}) {
  const devices: GPUDevice[] = [];
  const spied = fakeGpu(adapter, async (descriptor) => {
    // An adapter gives one device only.
    const device = await ((await gpu.requestAdapter()) as GPUAdapter).requestDevice(descriptor);
    change(device, devices.length);
    devices.push(device);
    return device;
  });
  return { spied, devices };
}

describe('a GPU that is lost at iteration 100 of 500', () => {
  const whole = async (spied: GPU, lose: () => void) => {
    const run = createLayout(graph, { plan, gpu: spied, device: 'gpu' });
    await run.step(100);
    lose();
    const step = await run.step(400);
    const positions = await run.read();
    run.dispose();
    expect(step.iteration).toBe(500);
    const onCpu = await layout(graph, { plan });
    const energy = energyOf(graph, positions, settings).total;
    expect(Math.abs(energy / energyOf(graph, onCpu.positions, settings).total - 1)).toBeLessThan(0.01);
    return step.device;
  };

  it('is opened anew, and the layout ends with the energy it would have had', async () => {
    const { spied, devices } = spiedGpu();
    const report = await whole(spied, () => devices[0].destroy());
    expect(devices.length).toBe(2);
    expect(report.kind).toBe('gpu');
    expect(report.warning).toMatch(/^The GPU .*\. The layout went on from iteration 100 on the GPU, opened anew\.$/);
  });

  it('leaves the layout to the CPU if it does not come back', async () => {
    const { spied, devices } = spiedGpu((_, number) => {
      if (number > 0) throw new Error('gone for good');
    });
    const report = await whole(spied, () => devices[0].destroy());
    expect(report).toMatchObject({ kind: 'cpu', reason: 'The adapter gave no device: gone for good.' });
    expect(report.warning).toMatch(/The layout went on from iteration 100 on the CPU\.$/);
  });

  it('is not opened a third time', async () => {
    const { spied, devices } = spiedGpu();
    const run = createLayout(graph, { plan, gpu: spied, device: 'gpu' });
    for (const made of [10, 20, 30, 40]) {
      await run.step(10);
      devices.at(-1)?.destroy();
      expect((await run.step(0)).iteration).toBe(made);
    }
    expect(devices.length).toBe(2);
    expect(run.device).toMatchObject({ kind: 'cpu', reason: 'The GPU was lost twice.' });
    run.dispose();
  });

  it('goes on in the phase in which it was', async () => {
    const { spied, devices } = spiedGpu();
    const phases = [
      { name: 'first', iterations: 6, settings },
      { name: 'second', iterations: 6, settings: checkSettings({ linLogMode: true }, 200) },
    ];
    const run = createLayout(graph, { plan: phases, gpu: spied, device: 'gpu' });
    await run.step(4);
    devices[0].destroy();
    expect(await run.step(4)).toMatchObject({ iteration: 8, phase: 'second' });
    devices[1].destroy();
    expect(await run.step(4)).toMatchObject({ iteration: 12, phase: 'second', device: { kind: 'cpu' } });
    run.dispose();
  });
});

describe('a dispatch', () => {
  it.each(['exact', 'barnes-hut', 'multipole'] as const)(
    'folds where one dimension ends, with the same result (%s)',
    async (repulsion) => {
      const large = star({ leaves: 4200 });
      const iterations = gephiPlan(large, 2, { repulsion });
      const folding = spiedGpu((device) => {
        const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
        const limits = { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension: 3 };
        Object.defineProperty(device, 'limits', { value: limits });
      });
      const folded = await layout(large, { plan: iterations, gpu: folding.spied, device: 'gpu' });
      const straight = await layout(large, { plan: iterations, gpu, device: 'gpu' });
      expect([folded.device.kind, straight.device.kind]).toEqual(['gpu', 'gpu']);
      expect(folded.positions).toEqual(straight.positions);
    },
  );
});

describe('the choice of device', () => {
  const short = gephiPlan(graph, 3);
  const choose = async (given: GPU | undefined, device?: 'auto' | 'gpu' | 'cpu') =>
    (await layout(graph, { plan: short, gpu: given, device })).device;

  it('is the CPU unless there is a GPU, and the GPU where it is a real one', async () => {
    expect(await choose(undefined)).toEqual({ kind: 'cpu', name: 'CPU, one thread', reason: 'No GPU was asked for.' });
    expect((await choose(gpu, 'cpu')).kind).toBe('cpu');
    expect((await choose(gpu, 'gpu')).kind).toBe('gpu');
    const byItself = await choose(gpu);
    expect(byItself.warning).toBeUndefined();
    if (/swiftshader/.test(adapter.info.architecture)) {
      expect(byItself.reason).toBe('The only GPU here is SwiftShader driver 5.0.0 (software).');
    } else expect(byItself.kind).toBe('gpu');
  });

  it('is the CPU, with a warning, where a GPU was asked for and there is none', async () => {
    const none = { requestAdapter: async () => null } as unknown as GPU;
    expect(await choose(none, 'auto')).toMatchObject({ kind: 'cpu', reason: 'WebGPU has no adapter here.' });
    expect((await choose(none, 'auto')).warning).toBeUndefined();
    expect((await choose(none, 'gpu')).warning).toBe('WebGPU has no adapter here. The layout ran on the CPU instead.');
    expect((await choose(undefined, 'gpu')).warning).toBe(
      'There is no WebGPU here. The layout ran on the CPU instead.',
    );
  });

  it('is the CPU where a pipeline fails or memory runs out', async () => {
    const broken = spiedGpu((device) => {
      device.createComputePipelineAsync = () => Promise.reject(new Error('no compiler'));
    });
    expect((await choose(broken.spied, 'gpu')).warning).toMatch(
      /^The GPU could not compile the shader ".*": no compiler/,
    );
    const full = spiedGpu((device) => {
      device.popErrorScope = async () => ({ message: 'full' }) as GPUError;
    });
    expect((await choose(full.spied, 'gpu')).warning).toMatch(/^The GPU has not enough memory for this graph\./);
  });

  it('is the CPU, with the sizes in the warning, where a graph goes beyond the limits of the GPU', async () => {
    const small = spiedGpu((device) => {
      const limits = { maxBufferSize: 4096, maxStorageBufferBindingSize: 2048 };
      Object.defineProperty(device, 'limits', { value: limits });
    });
    const refused = await layout(graph, { plan: short, gpu: small.spied, device: 'gpu' });
    expect(refused.device).toMatchObject({ kind: 'cpu' });
    expect(refused.device.warning).toMatch(
      /^The buffer "nodes" needs \d\.\d KiB, but this GPU binds at most 2 KiB\. The layout ran on the CPU instead\.$/,
    );
    expect(refused.positions).toEqual((await layout(graph, { plan: short })).positions);
  });
});
