import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { mesh, plantedPartition } from '../../engine/graph/generators.ts';
import { type PackedGraph, type Positions, pack } from '../../engine/graph/packed-graph.ts';
import { energyOf } from '../../engine/layout/energy.ts';
import { layout } from '../../engine/layout/layout.ts';
import { gephiPlan } from '../../engine/layout/plan.ts';
import { checkSettings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';
import { connectedCloseness } from '../../engine/structure/closeness.ts';
import { edgeLengthUniformity } from '../../engine/structure/measures/edge-lengths.ts';
import { equilibriumOf } from '../../engine/structure/measures/equilibrium.ts';
import { measure } from '../../engine/structure/measures/measure.ts';
import { neighbourhoodPreservation } from '../../engine/structure/measures/neighbourhood.ts';
import { stress } from '../../engine/structure/measures/stress.ts';

function graphOf(nodeCount: number, edges: readonly (readonly [number, number])[]): PackedGraph {
  const ids = Array.from({ length: nodeCount }, (_, i) => String(i));
  return pack({ ids, edges: Uint32Array.from(edges.flat()) });
}

const pathOf = (nodeCount: number) =>
  graphOf(
    nodeCount,
    Array.from({ length: nodeCount - 1 }, (_, i) => [i, i + 1]),
  );
const onLine = (...places: readonly number[]): Positions => Float32Array.from(places.flatMap((x) => [x, 0]));
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Two triangles, 0 1 2 about 0, 0 and 3 4 5 about 100, 0, joined by their farthest nodes. */
const bridged = graphOf(6, [
  [0, 1],
  [1, 2],
  [2, 0],
  [3, 4],
  [4, 5],
  [5, 3],
  [0, 5],
]);
const bridgedPositions = Float32Array.of(0, 0, 0, 1, 1, 0, 100, 0, 101, 0, 101, 1);

describe('connectedCloseness of all pairs', () => {
  it('is that of a mesh by hand: exactly the edges are within their own length', () => {
    const graph = mesh({ columns: 60, rows: 60 });
    const positions = Float32Array.from(range(3600).flatMap((i) => [i % 60, Math.floor(i / 60)]));
    const closeness = connectedCloseness(graph, positions, { samples: 1e7 });
    expect(closeness).toMatchObject({ deltaMax: 1, edgesWithin: 1, exact: true, samples: 1800 * 3599 });
    expect(closeness.cMax).toBeCloseTo(1 - (2 * 60 * 59) / (1800 * 3599), 12);
  });

  it('is that of a star by hand', () => {
    const star = graphOf(5, [
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
    ]);
    const positions = Float32Array.of(0, 0, 2, 0, 0, 2, -2, 0, 0, -2);
    expect(connectedCloseness(star, positions)).toMatchObject({ deltaMax: 2, cMax: 1 - 4 / 10 });
  });

  it('is not misled by one edge that is far longer than the others', () => {
    const graph = graphOf(4, [
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(connectedCloseness(graph, onLine(0, 1, 2, 1e9))).toMatchObject({ deltaMax: 1, cMax: 2 / 3 - 2 / 6 });
  });
});

describe('neighbourhoodPreservation', () => {
  it('is 1 where all neighbours are the nearest, and what is missing by hand', () => {
    expect(neighbourhoodPreservation(pathOf(50), onLine(...range(50)))).toEqual({ value: 1, nodes: 50, exact: true });
    // Node 0 has its neighbour 1 as the third nearest; 1 finds 2 but not 0; 2 finds both; 3 finds 2.
    const moved = neighbourhoodPreservation(pathOf(4), onLine(10, 0, 1.5, 3.5));
    expect(moved.value).toBeCloseTo((0 + 1 / 2 + 1 + 1) / 4, 12);
  });

  it('is no more than chance where all nodes lie in one place', () => {
    const ring = graphOf(
      40,
      range(40).map((i) => [i, (i + 1) % 40]),
    );
    expect(neighbourhoodPreservation(ring, new Float32Array(80)).value).toBeCloseTo(2 / 39, 12);
  });

  it('leaves out nodes without neighbours, self-loops and parallel edges', () => {
    const graph = graphOf(5, [
      [0, 1],
      [1, 0],
      [0, 0],
      [3, 3],
    ]);
    expect(neighbourhoodPreservation(graph, onLine(0, 1, 5, 6, 7))).toEqual({ value: 1, nodes: 2, exact: true });
    expect(neighbourhoodPreservation(graphOf(2, []), new Float32Array(4)).value).toBeNull();
    expect(neighbourhoodPreservation(graphOf(0, []), new Float32Array(0))).toMatchObject({ value: null, nodes: 0 });
    expect(neighbourhoodPreservation(pathOf(2), new Float32Array(4)).value).toBe(1);
  });

  it.each([
    ['scattered', (random: () => number) => random() * 100],
    ['on a grid with many in one place', (random: () => number) => Math.floor(random() * 12)],
    ['in clusters of very different density', (random: () => number) => Math.exp(12 * random())],
  ])('is that of trying all pairs: %s', (_, place) => {
    const random = createRandom(3);
    const graph = plantedPartition({ nodes: 400, edges: 1500, blocks: 5, seed: 2 });
    const positions = new Float32Array(800).map(() => place(random));
    expect(neighbourhoodPreservation(graph, positions).value).toBeCloseTo(preservedByTrying(graph, positions), 12);
  });

  it('is estimated by a seeded sample of nodes', () => {
    const graph = mesh({ columns: 50, rows: 40 });
    const positions = randomStart(2000, 1).map((noise, i) => 0.002 * noise + (i % 2 ? (i >> 1) / 50 : (i >> 1) % 50));
    const exact = neighbourhoodPreservation(graph, positions).value!;
    const sampled = neighbourhoodPreservation(graph, positions, { nodes: 500, seed: 4 });
    expect(sampled).toMatchObject({ nodes: 500, exact: false });
    expect(Math.abs(sampled.value! - exact)).toBeLessThan(0.03);
    expect(sampled.value).not.toBe(exact);
    expect(neighbourhoodPreservation(graph, positions, { nodes: 500, seed: 4 })).toEqual(sampled);
  });
});

function preservedByTrying({ nodeCount, offsets, targets }: PackedGraph, positions: Positions): number {
  const shares = range(nodeCount).flatMap((node) => {
    const neighbours = new Set(targets.subarray(offsets[node], offsets[node + 1]));
    if (neighbours.size === 0) return [];
    const squares = range(nodeCount).map(
      (i) => (positions[2 * i] - positions[2 * node]) ** 2 + (positions[2 * i + 1] - positions[2 * node + 1]) ** 2,
    );
    const others = range(nodeCount).filter((i) => i !== node);
    const reach = others.map((i) => squares[i]).sort((a, b) => a - b)[neighbours.size - 1];
    const closer = others.filter((i) => squares[i] < reach).length;
    const chance = (neighbours.size - closer) / others.filter((i) => squares[i] === reach).length;
    const kept = [...neighbours].map((i) => (squares[i] < reach ? 1 : squares[i] === reach ? chance : 0));
    return [kept.reduce<number>((sum, share) => sum + share, 0) / neighbours.size];
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

describe('stress', () => {
  it('is 0 for a path drawn straight, at the scale of its steps', () => {
    const { value, ...rest } = stress(pathOf(20), onLine(...range(20).map((i) => 4 * i)));
    expect(value).toBeCloseTo(0, 12);
    expect(rest).toEqual({ scale: 0.25, pivots: 20, pairs: 380, exact: true });
  });

  it('is 1/3 for a path of three that is folded, and 1 for nodes in one place', () => {
    expect(stress(pathOf(3), onLine(0, 7, 0)).value).toBeCloseTo(1 / 3, 12);
    expect(stress(pathOf(3), new Float32Array(6))).toMatchObject({ value: 1, scale: 0 });
  });

  it('leaves out pairs that no path connects', () => {
    const graph = graphOf(5, [
      [0, 1],
      [2, 3],
    ]);
    expect(stress(graph, onLine(0, 1, 50, 51, 200))).toMatchObject({ value: 0, pairs: 4 });
    expect(stress(graphOf(3, []), onLine(0, 1, 2))).toMatchObject({ value: null, pairs: 0 });
  });

  it('is estimated by seeded pivots', () => {
    const graph = mesh({ columns: 30, rows: 20 });
    const positions = Float32Array.from(range(600).flatMap((i) => [i % 30, Math.floor(i / 30) ** 2 / 10]));
    const exact = stress(graph, positions).value!;
    const sampled = stress(graph, positions, { pivots: 60, seed: 2 });
    expect(sampled).toMatchObject({ pivots: 60, pairs: 60 * 599, exact: false });
    expect(Math.abs(sampled.value! / exact - 1)).toBeLessThan(0.1);
    expect(stress(graph, positions, { pivots: 60, seed: 2 })).toEqual(sampled);
  });
});

describe('edgeLengthUniformity', () => {
  it('is the standard deviation over the mean', () => {
    const graph = graphOf(3, [
      [0, 1],
      [1, 2],
      [2, 2],
    ]);
    expect(edgeLengthUniformity(graph, onLine(0, 1, 4))).toEqual({ mean: 2, uniformity: 0.5 });
    expect(edgeLengthUniformity(graph, onLine(0, 1, 2))).toEqual({ mean: 1, uniformity: 0 });
    expect(edgeLengthUniformity(graphOf(1, [[0, 0]]), onLine(0))).toEqual({ mean: null, uniformity: null });
  });
});

describe('the equilibrium', () => {
  it('is that of two nodes by hand', () => {
    const two = pathOf(2);
    const settings = checkSettings({ scalingRatio: 9, gravity: 0 }, 2);
    // Each of mass 2: repulsion 36/d against attraction d, in balance at 6.
    expect(equilibriumOf(two, onLine(0, 6), settings)).toEqual({
      virialRatio: 1,
      bestScale: 1,
      gap: 0,
      residualForce: 0,
    });
    const far = equilibriumOf(two, onLine(0, 12), settings);
    expect(far.virialRatio).toBeCloseTo(4, 12);
    expect(far.bestScale).toBeCloseTo(0.5, 10);
    expect(far.gap).toBeCloseTo((4 - 1 - Math.log(4)) / 2, 6);
    expect(far.residualForce).toBeCloseTo(3, 12);
  });

  it.each([
    {},
    { linLogMode: true, gravity: 3 },
    { strongGravityMode: true, outboundAttractionDistribution: true, gravity: 0.01 },
    { rule: 'graphology', gravity: 0 },
  ] as const)('has the least energy over all scales at its best one: %o', (overrides) => {
    const graph = plantedPartition({ nodes: 120, edges: 400, blocks: 4, seed: 1 });
    const settings = checkSettings(overrides, 120);
    const positions = randomStart(120, 1);
    const { bestScale, gap } = equilibriumOf(graph, positions, settings);
    const energyAt = (scale: number) =>
      energyOf(
        graph,
        positions.map((coordinate) => scale * coordinate),
        settings,
      ).total;
    const least = energyAt(bestScale!);
    expect(least).toBeLessThan(energyAt(1.01 * bestScale!));
    expect(least).toBeLessThan(energyAt(0.99 * bestScale!));
    const masses = Array.from(graph.offsets.subarray(1), (end, i) => 1 + end - graph.offsets[i]);
    const sum = masses.reduce((total, mass) => total + mass, 0);
    const pairs = (sum ** 2 - masses.reduce((total, mass) => total + mass ** 2, 0)) / 2;
    expect(gap).toBeCloseTo((energyAt(1) - least) / (settings.scalingRatio * pairs), 5);
    const there = equilibriumOf(
      graph,
      positions.map((coordinate) => bestScale! * coordinate),
      settings,
    );
    expect(there.virialRatio).toBeCloseTo(1, 5);
    expect(there.gap).toBeLessThan(1e-6);
  });

  it('comes nearer as a layout goes on', async () => {
    const graph = mesh({ columns: 15, rows: 10 });
    const settings = checkSettings({}, 150);
    const residuals = await Promise.all(
      [0, 60, 600].map(async (iterations) => {
        const { positions } = await layout(graph, { plan: gephiPlan(graph, iterations) });
        return equilibriumOf(graph, positions, settings).residualForce;
      }),
    );
    expect(residuals[1]).toBeLessThan(residuals[0]);
    expect(residuals[2]).toBeLessThan(residuals[1]);
  });

  it('says that no size is best where nothing attracts', () => {
    const apart = equilibriumOf(graphOf(3, []), onLine(0, 1, 3), checkSettings({ gravity: 0 }, 3));
    expect(apart).toEqual({ virialRatio: 0, bestScale: null, gap: null, residualForce: 1 });
    const alone = equilibriumOf(graphOf(1, []), onLine(5), checkSettings({}, 1));
    expect(alone).toMatchObject({ bestScale: null, gap: null, residualForce: 0 });
  });
});

describe('measure', () => {
  it('measures everything, each as its own function does', async () => {
    const measures = await measure(bridged, bridgedPositions);
    expect(measures).toMatchObject({
      ...{ nodes: 6, edges: 7, seed: 1, nonlocalShare: 1 / 7 },
      closeness: connectedCloseness(bridged, bridgedPositions),
      neighbourhoodPreservation: neighbourhoodPreservation(bridged, bridgedPositions),
      stress: stress(bridged, bridgedPositions),
      edgeLengths: edgeLengthUniformity(bridged, bridgedPositions),
    });
    expect(measures.energy).toBe(energyOf(bridged, bridgedPositions, checkSettings({}, 6)).total);
    expect(JSON.parse(JSON.stringify(measures))).toEqual(measures);
  });

  it('takes the settings of the energy, and the communities', async () => {
    const linLog = await measure(bridged, bridgedPositions, { settings: { linLogMode: true } });
    expect(linLog.energy).toBe(energyOf(bridged, bridgedPositions, checkSettings({ linLogMode: true }, 6)).total);
    const one = { of: new Uint32Array(6), count: 1, sizes: Uint32Array.of(6), modularity: 0 };
    expect((await measure(bridged, bridgedPositions, { communities: one })).nonlocalShare).toBe(0);
  });

  it('has something to say of graphs without nodes or edges', async () => {
    const empty = await measure(graphOf(0, []), new Float32Array(0));
    expect(empty).toMatchObject({ nodes: 0, energy: 0, nonlocalShare: null, stress: { value: null } });
    const loose = await measure(graphOf(3, []), onLine(0, 1, 2));
    expect(loose).toMatchObject({ nonlocalShare: null, neighbourhoodPreservation: { value: null } });
    expect(JSON.parse(JSON.stringify([empty, loose]))).toEqual([empty, loose]);
  });

  it('refuses positions and settings that make no sense, and stops when asked', async () => {
    await expect(measure(bridged, new Float32Array(3))).rejects.toThrow('Expected 12 coordinates for 6 nodes, but 3');
    await expect(measure(bridged, bridgedPositions.with(4, Number.NaN))).rejects.toThrow(
      'node 2 has a coordinate of NaN',
    );
    await expect(measure(bridged, bridgedPositions, { settings: { gravity: -1 } })).rejects.toThrow('gravity');
    const signal = AbortSignal.abort();
    await expect(measure(bridged, bridgedPositions, { signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
