import { afterEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { mesh, plantedPartition } from '../../engine/graph/generators.ts';
import { bytesOf, viewsOf } from '../../engine/layout/cpu/arena.ts';
import { attract } from '../../engine/layout/cpu/attract.ts';
import { type Bodies, numberAsNodes } from '../../engine/layout/cpu/bodies.ts';
import { gravitate } from '../../engine/layout/cpu/gravity.ts';
import { createForces, type ForcesOptions } from '../../engine/layout/cpu/multipole/forces.ts';
import { createPlainKernel, type Kernel } from '../../engine/layout/cpu/multipole/kernel.ts';
import { enterRoom, openRoom } from '../../engine/layout/cpu/multipole/room.ts';
import { walkTables } from '../../engine/layout/cpu/multipole/tables.ts';
import type { Push } from '../../engine/layout/cpu/push.ts';
import { repelExactly } from '../../engine/layout/cpu/repel.ts';
import { createSprings } from '../../engine/layout/cpu/springs.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan, mapPlan } from '../../engine/layout/plan.ts';
import { checkSettings, defaultSettings, type ForceAtlas2Settings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { relativeL2 } from '../support/relative-error.ts';
import { bodiesAt, repulsionCases, repulsionError } from '../support/repulsion-cases.ts';
import { readSample } from '../support/sample.ts';

const settings = defaultSettings(7908);
const graph = plantedPartition({ nodes: 2000, edges: 6000, blocks: 5, seed: 1 });

/** The error of multipoles in one form, which must be the one that is meant. */
function errorOf(bodies: Bodies, given: ForceAtlas2Settings, withWasm: boolean): number {
  const forces = createForces(bodies.count, undefined, { withWasm });
  expect(forces.isWasm).toBe(withWasm);
  return repulsionError(forces.sumInto, bodies, { ...given, gravity: 0 });
}

describe.each([
  ['in WASM', true],
  ['in plain JavaScript', false],
])('the error of multipoles %s at the default θ', (_, withWasm) => {
  it.each(repulsionCases)('is at most 3e-3 on %s', (_name, of, positions) => {
    expect(errorOf(bodiesAt(of, positions), settings, withWasm)).toBeLessThan(3e-3);
  });

  it.each([0, 1, 2, 3, 32, 33, 255, 256, 257])('is at most 3e-3 for %i nodes', (nodes) => {
    const bodies = bodiesAt(mesh({ columns: 0, rows: 0, isolates: nodes }), randomStart(nodes, nodes));
    if (nodes < 2) createForces(nodes, undefined, { withWasm }).sumInto(bodies, settings);
    else expect(errorOf(bodies, settings, withWasm)).toBeLessThan(3e-3);
    expect([...bodies.forces].every(Number.isFinite)).toBe(true);
  });

  it('is at most 3e-3 where sizes count, and overlaps dominate the sum', () => {
    const bodies = bodiesAt(graph, randomStart(2000, 1));
    const random = createRandom(1);
    for (let i = 0; i < bodies.count; i++) bodies.size[i] = 1 + 20 * random();
    expect(errorOf(bodies, checkSettings({ adjustSizes: true }, 2000), withWasm)).toBeLessThan(3e-3);
  });

  it('grows with θ, from next to nothing at 0', () => {
    const bodies = bodiesAt(graph, randomStart(2000, 1));
    const errorAt = (barnesHutTheta: number) => errorOf(bodies, checkSettings({ barnesHutTheta }, 2000), withWasm);
    const errors = [0, 0.4, 0.8, 1.2, 2].map(errorAt);
    expect(errors[0]).toBeLessThan(1e-6);
    for (let k = 1; k < errors.length; k++) expect(errors[k]).toBeGreaterThan(errors[k - 1]);
    expect(errorAt(1e9)).toBeLessThan(0.05);
  });
});

describe('the error of multipoles on the formed sample', () => {
  it.each([
    ['plain', 'gephi'],
    ['LinLog', 'map'],
  ])('is at most 3e-3: %s', { timeout: 120_000 }, async (_, form) => {
    const sample = await readSample();
    const plan = form === 'gephi' ? gephiPlan(sample, 50) : mapPlan(sample, 50);
    const { positions } = await layout(sample, { plan });
    expect(errorOf(bodiesAt(sample, positions), settings, true)).toBeLessThan(3e-3);
  });
});

describe('all forces together', () => {
  const positions = randomStart(2000, 1);
  // Where rims nearly touch, 1/d′² multiplies the rounding of d.
  const modes: [string, Partial<ForceAtlas2Settings>, rounding: number][] = [
    ['by default', {}, 1e-6],
    ['LinLog', { linLogMode: true }, 1e-6],
    ['sizes', { adjustSizes: true }, 1e-3],
    ['sizes and LinLog', { adjustSizes: true, linLogMode: true }, 1e-3],
    ['dissuaded hubs', { outboundAttractionDistribution: true }, 1e-6],
    ['strong gravity', { strongGravityMode: true }, 1e-6],
  ];

  /** Forces and stiffness. */
  function sum(given: ForceAtlas2Settings, options: ForcesOptions): number[] {
    const bodies = bodiesAt(graph, positions);
    bodies.size.fill(3);
    const springs = createSprings(graph, given);
    const forces = createForces(bodies.count, springs, options);
    forces.load({ springs, settings: given });
    forces.sumInto(bodies, given);
    numberAsNodes(bodies);
    return [...bodies.forces, ...bodies.stiffness];
  }

  it.each(modes)('are those of all pairs and edges, at θ 0: %s', (_, overrides, rounding) => {
    const given = checkSettings({ ...overrides, barnesHutTheta: 0 }, 2000);
    const bodies = bodiesAt(graph, positions);
    bodies.size.fill(3);
    repelExactly(bodies, given);
    attract(bodies, createSprings(graph, given), given);
    gravitate(bodies, given);
    const exact = [...bodies.forces, ...bodies.stiffness];
    expect(relativeL2(sum(given, {}), exact)).toBeLessThan(rounding);
    expect(relativeL2(sum(given, { withWasm: false }), exact)).toBeLessThan(rounding);
  });

  it.each(modes)('are the same in WASM and in plain JavaScript but for rounding: %s', (_, overrides, rounding) => {
    const given = checkSettings({ ...overrides, repulsion: 'multipole' }, 2000);
    const plain = sum(given, { withWasm: false, leafSize: 24 });
    expect(relativeL2(sum(given, { leafSize: 24 }), plain)).toBeLessThan(rounding);
  });
});

it.each([true, false])('without edges they are those of all pairs and gravity, in WASM: %s', (withWasm) => {
  const isolates = mesh({ columns: 0, rows: 0, isolates: 40 });
  const [exact, bodies] = [0, 1].map(() => bodiesAt(isolates, randomStart(40, 1)));
  const given = defaultSettings(40);
  repelExactly(exact, given);
  gravitate(exact, given);
  const springs = createSprings(isolates, given);
  const forces = createForces(40, springs, { withWasm });
  forces.load({ springs, settings: given });
  forces.sumInto(bodies, given);
  numberAsNodes(bodies);
  expect(relativeL2([...bodies.forces], [...exact.forces])).toBeLessThan(1e-3);
});

describe('the tree in WASM', () => {
  it.each(repulsionCases)('is that of plain JavaScript on %s', (_, of, positions) => {
    const [inWasm, plain] = [true, false].map((withWasm) => {
      const { tables, kernel } = enterRoom(openRoom({ count: of.nodeCount, links: 0, threads: 1 }, withWasm), 0);
      tables.places.set(positions);
      tables.order.forEach((_, place) => {
        tables.order[place] = place;
      });
      const cellCount = kernel.build(of.nodeCount, 16);
      const { first, last, next, slot } = tables;
      return [tables.order, ...[first, last, next, slot].map((table) => table.subarray(0, cellCount))];
    });
    expect(inWasm[1].length).toBeGreaterThan(100);
    expect(inWasm).toEqual(plain);
  });
});

describe('steps in WASM are those of plain JavaScript but for rounding', () => {
  const count = 301;
  const push: Push = { inertia: 0.9, stride: 0.5, longest: 3, gravity: 2, strongGravityMode: false };
  const steps: [string, (kernel: Kernel) => void][] = [
    ['swinging and traction', (kernel) => kernel.measure(0, count, 1)],
    ['Gephi’s rule', (kernel) => kernel.integrate(0, count, 0.3, false)],
    ['Gephi’s rule with sizes', (kernel) => kernel.integrate(0, count, 300, true)],
    ['the momentum rule', (kernel) => kernel.push(0, count, 1, push)],
    ['strong gravity', (kernel) => kernel.push(0, count, 1, { ...push, strongGravityMode: true })],
    ['no gravity', (kernel) => kernel.push(0, count, 1, { ...push, gravity: 0 })],
  ];

  it.each(steps)('%s', (_, step) => {
    const [inWasm, plain] = [true, false].map((withWasm) => {
      const { tables, kernel } = enterRoom(openRoom({ count, links: 0, threads: 1 }, withWasm), 0);
      const random = createRandom(1);
      const { places, forces, oldForces, velocities, mass, stiffness, sums } = tables;
      for (const table of [places, forces, oldForces, velocities, mass, stiffness]) {
        table.forEach((_value, k) => {
          table[k] = 10 * random();
        });
      }
      // One body lies in the origin, one has no force, and one nothing that holds it.
      for (const nothing of [places.subarray(4, 6), forces.subarray(8, 10), stiffness.subarray(6, 7)]) nothing.fill(0);
      step(kernel);
      expect([...sums.subarray(4)].every((sum) => sum === 0)).toBe(true);
      return [...places, ...oldForces, ...velocities, ...sums];
    });
    expect(plain.every(Number.isFinite)).toBe(true);
    expect(inWasm).toHaveLength(plain.length);
    for (const [k, value] of plain.entries()) expect(inWasm[k]).toBeCloseTo(value, 7);
  });
});

it('what finds no room in the lists of a cell is taken body by body', () => {
  const { tables, kernel } = enterRoom(openRoom({ count: 2000, links: 0, threads: 1 }, false), 0);
  tables.places.set(randomStart(2000, 1));
  tables.mass.fill(1);
  tables.order.set(Uint32Array.from({ length: 2000 }, (_, i) => i));
  const cellCount = kernel.build(2000, 8);
  const sumWith = (pendingLength: number, opening: number) => {
    const walk = viewsOf(walkTables(2000), new ArrayBuffer(bytesOf(walkTables(2000))));
    const { gather, interact, spread } = createPlainKernel(tables, {
      ...walk,
      pending: walk.pending.subarray(0, pendingLength),
    });
    tables.forces.fill(0);
    gather(0, cellCount, false);
    interact(0, opening, 1e9, false);
    spread(0, cellCount, 1);
    return [...tables.forces];
  };
  const exact = sumWith(10_000, 0);
  expect(relativeL2(sumWith(10, 0), exact)).toBeLessThan(1e-6);
  const [errorOfFew, errorOfAll] = [10, 10_000].map((pendingLength) => relativeL2(sumWith(pendingLength, 1), exact));
  expect(errorOfFew).toBeLessThan(errorOfAll);
  expect(errorOfAll).toBeLessThan(0.01);
});

describe('where there is no WebAssembly', () => {
  const api = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly') as PropertyDescriptor;
  afterEach(() => void Object.defineProperty(globalThis, 'WebAssembly', api));

  it('a layout is made in plain JavaScript', async () => {
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    const plan = gephiPlan(graph, 20);
    const { device, positions } = await layout(graph, { plan });
    expect(device.name).toBe('CPU, one thread');
    expect(positions.every(Number.isFinite)).toBe(true);
  });
});
