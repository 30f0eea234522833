import { afterEach, expect, it } from 'vitest';
import { mesh } from '../../engine/graph/generators.ts';
import { massesInto } from '../../engine/layout/cpu/bodies.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { pairEnergy } from '../../engine/layout/scale.ts';
import { measure } from '../../engine/structure/measures/measure.ts';

const api = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly') as PropertyDescriptor;
afterEach(() => void Object.defineProperty(globalThis, 'WebAssembly', api));

it('a layout without WebAssembly comes to rest at the same energy and measures as one with it', async () => {
  const graph = mesh({ columns: 34, rows: 30 });
  const plan = gephiPlan(graph);
  const [{ settings }] = plan;
  const scale = pairEnergy(massesInto(new Float64Array(graph.nodeCount), graph, settings.rule), settings);
  const layOut = async (name: string) => {
    const { positions, stopped, device } = await layout(graph, { plan });
    expect({ stopped, name: device.name }).toEqual({ stopped: 'converged', name });
    return measure(graph, positions);
  };
  const inWasm = await layOut('CPU, one thread, WASM');
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  const plain = await layOut('CPU, one thread');
  expect(Math.abs(plain.energy - inWasm.energy)).toBeLessThan(1e-4 * scale);
  const valuesOf = ({ neighbourhoodPreservation, stress, closeness }: typeof plain) => [
    neighbourhoodPreservation.value ?? Number.NaN,
    stress.value ?? Number.NaN,
    closeness.cMax,
  ];
  const expected = valuesOf(inWasm);
  for (const [k, value] of valuesOf(plain).entries()) expect(Math.abs(value - expected[k])).toBeLessThan(0.01);
});
