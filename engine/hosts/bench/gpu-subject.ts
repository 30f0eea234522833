import { nameOf, type OpenDevice, openDevice } from '../../gpu/device.ts';
import { createSpeed } from '../../layout/cpu/speed.ts';
import { gpuRepulsionOf } from '../../layout/gpu/repulsion-of.ts';
import { createGpuRun } from '../../layout/gpu/run.ts';
import { createGpuRelief, type GpuRelief } from '../../relief/gpu/relief.ts';
import type { Adapter } from './result.ts';
import type { Subject } from './subject.ts';
import { wallTime } from './timing.ts';

/** Reliefs in a batch that is timed; a software adapter takes a second for one. */
const reliefsAtOnce = 8;

/** A GPU, opened. @param driver its version where only the host knows. @throws DeviceError if there is none. */
export async function gpuSubject(gpu: GPU | undefined, driver: string | null): Promise<Subject> {
  const open = await openDevice(gpu);
  let ground: GpuRelief | undefined;
  return {
    device: {
      kind: 'gpu',
      name: nameOf(open.adapter),
      isSoftware: open.adapter.isSoftware,
      adapter: adapterOf(open, driver),
    },
    async startLayout(graph, settings, positions) {
      const run = await createGpuRun(open, graph, { positions, speed: createSpeed(), iteration: 0 }, settings);
      const step = async (iterations: number) => {
        for (let made = 0; made < iterations; ) made += await run.advance(iterations - made);
      };
      return {
        get repulsion() {
          return run.repulsion ?? settings.repulsion;
        },
        step,
        async time(iterations) {
          const wall = (await wallTime(() => step(iterations))) / iterations;
          const { clock, milliseconds } = await run.time(iterations);
          return { wall, timestamp: clock === 'timestamp' ? milliseconds / iterations : undefined };
        },
        read: async () => (await run.read()).positions,
        dispose: () => run.dispose(),
      };
    },
    repulsion: (graph, positions, settings) => gpuRepulsionOf(open, graph, positions, settings),
    async relief(positions, options) {
      ground ??= await createGpuRelief(open);
      return ground.relief(positions, options);
    },
    async timeRelief() {
      ground ??= await createGpuRelief(open);
      return ground.time(open.adapter.isSoftware ? 1 : reliefsAtOnce);
    },
    dispose() {
      ground?.dispose();
      open.dispose();
    },
  };
}

function adapterOf({ adapter, device, limits }: OpenDevice, driver: string | null): Adapter {
  const { vendor, architecture, description } = adapter;
  const known: Record<string, number> = {};
  // Limits are accessors of the prototype, which only this loop visits.
  for (const name in limits) {
    const limit: unknown = limits[name as keyof GPUSupportedLimits];
    if (typeof limit === 'number') known[name] = limit;
  }
  return { vendor, architecture, description, driver, features: [...device.features].sort(), limits: known };
}
