import { beforeAll, describe, expect, it } from 'vitest';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { massesInto } from '../../engine/layout/cpu/bodies.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { pairEnergy } from '../../engine/layout/scale.ts';
import type { Repulsion } from '../../engine/layout/settings.ts';
import { sharedGpu } from '../support/gpu.ts';

let gpu: GPU;
beforeAll(async () => {
  gpu = await sharedGpu();
});

const graph = plantedPartition({ nodes: 400, edges: 1600, blocks: 4, seed: 1 });

describe('a layout that stops by itself on the GPU', () => {
  it.each<Repulsion>(['exact', 'multipole'])(
    'ends under %s repulsion about as soon and with the energy of the CPU',
    async (repulsion) => {
      const plan = gephiPlan(graph, 'auto', { repulsion });
      const onCpu = await layout(graph, { plan });
      const onGpu = await layout(graph, { plan, gpu, device: 'gpu' });
      expect(onGpu.device.kind).toBe('gpu');
      expect([onCpu.stopped, onGpu.stopped]).toEqual(['converged', 'converged']);
      expect(Math.abs(onGpu.iterations - onCpu.iterations)).toBeLessThanOrEqual(40);
      const [{ settings }] = plan;
      const [ours, theirs] = [onGpu, onCpu].map(({ positions }) => energyOf(graph, positions, settings).total);
      // By k_r Σ mᵢmⱼ the energy changes when a layout grows e times in size.
      const scale = pairEnergy(massesInto(new Float64Array(graph.nodeCount), graph, 'momentum'), settings);
      expect(Math.abs(ours - theirs)).toBeLessThan(0.002 * scale);
    },
  );
});
