import { describe, expect, it } from 'vitest';
import { mesh, plantedPartition, star } from '../../engine/graph/generators.ts';
import { type PackedGraph, pack } from '../../engine/graph/packed-graph.ts';
import { annotationsOf } from '../../engine/map/annotations/from-bridges.ts';
import { readAnnotations, writeAnnotations } from '../../engine/map/annotations/geojson.ts';
import { findBridges } from '../../engine/structure/bridges/bridges.ts';
import { surpriseOf, surpriseThreshold } from '../../engine/structure/bridges/chance.ts';
import type { Bridge } from '../../engine/structure/bridges/kinds.ts';
import { matchingSize } from '../../engine/structure/bridges/matching.ts';
import { plantedMap } from '../support/planted-bridges.ts';

type Links = readonly (readonly [number, number])[];

const size = 8;

/** Three cliques of eight, 10 apart on a line: nodes 0–7, 8–15 and 16–23, and node 24 at 5 between the first two. */
function threeCliques(links: Links): { readonly graph: PackedGraph; readonly positions: Float32Array } {
  const edges = [...links];
  for (let first = 0; first < 3 * size; first += size) {
    for (let i = first; i < first + size; i++) for (let j = i + 1; j < first + size; j++) edges.push([i, j]);
  }
  const ids = Array.from({ length: 3 * size + 1 }, (_, i) => `n${i}`);
  const xy = ids.flatMap((_, i) => {
    const angle = (2 * Math.PI * i) / size;
    return i === 3 * size ? [5, 3] : [10 * Math.floor(i / size) + 0.5 * Math.cos(angle), 0.5 * Math.sin(angle)];
  });
  return { graph: pack({ ids, edges: Uint32Array.from(edges.flat()) }), positions: Float32Array.from(xy) };
}

const groups = {
  of: new Uint32Array(3 * size + 1).map((_, i) => Math.floor(i / size)),
  count: 4,
  sizes: Uint32Array.of(size, size, size, 1),
};

/** What joins the first two cliques. */
function between(links: Links): Bridge[] {
  const { graph, positions } = threeCliques(links);
  return findBridges(graph, positions, { communities: groups, delta: 2 }).bridges.filter(({ ends }) => ends.length > 1);
}

describe('findBridges', () => {
  it('calls links of many nodes to many a bridge, and says on what grounds', () => {
    const links: Links = Array.from({ length: 6 }, (_, i) => [i, size + i]);
    const [bridge, ...others] = between(links);
    expect(others).toEqual([]);
    expect(bridge).toMatchObject({ kind: 'bridge', traits: ['bridge'] });
    expect(bridge.evidence).toMatchObject({ links: 6, strongest: 1, survivors: 5, matching: 6, crossings: 0 });
    expect([...bridge.edges]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(new Set(bridge.nodes)).toEqual(new Set(links.flat()));
    expect(bridge.ends.map(({ community }) => community)).toEqual([0, 1]);
    const [path] = bridge.paths;
    expect(path[0]).toBeCloseTo(bridge.ends[0].x, 5);
    expect(path[path.length - 2]).toBeCloseTo(bridge.ends[1].x, 5);
  });

  it('takes parallel edges for one link and counts no self-loops', () => {
    const single: Links = [
      [0, size],
      [size, 0],
      [0, size],
      [3, 3],
      [0, size],
      [0, size],
      [0, size],
    ];
    expect(between(single)).toEqual([]);
  });

  it('holds the strict rule: a star about one node is an artifact, as long as no edge does without it', () => {
    const rays: Links = Array.from({ length: 5 }, (_, i) => [0, size + i]);
    const [artifact, ...others] = between(rays);
    expect(others).toEqual([]);
    expect(artifact).toMatchObject({ kind: 'artifact', label: 'n0' });
    expect([...artifact.nodes]).toEqual([0]);
    expect(artifact.evidence).toMatchObject({ isStrict: 1, hubLinksA: 7, hubLinksB: 5, linksBetween: 0, survivors: 0 });
    expect(artifact.evidence.artifactScore).toBe(1);
    expect(between([...rays, [1, size]]).filter(({ kind }) => kind === 'artifact')).toEqual([]);
    // An edge beside the node's own neighbours leaves it two meanings, but the rule is no longer kept to the letter.
    expect(between([...rays, [1, size + 6]])[0]).toMatchObject({ kind: 'artifact', evidence: { isStrict: 0 } });
    const second: Links = Array.from({ length: 5 }, (_, i) => [1, size + i]);
    expect(between([...rays, ...second])[0].kind).toBe('bridge');
  });

  it('finds the node outside of both that only seems to join them, alone where nothing is', () => {
    const outside = 3 * size;
    const links: Links = [0, 1, 2, 3, size, size + 1, size + 2, size + 3].map((node) => [outside, node]);
    const [artifact] = between(links);
    expect([...artifact.nodes]).toEqual([outside]);
    expect(artifact.evidence).toMatchObject({ isStrict: 1, hubLinksA: 4, hubLinksB: 4 });
    expect(artifact.traits).toContain('artifact');
    expect(artifact.kind).toBe('into-nothingness');
  });

  it('leaves out what nearness says already', () => {
    const links: Links = Array.from({ length: 6 }, (_, i) => [i, size + i]);
    const { graph, positions } = threeCliques(links);
    const near = findBridges(graph, positions, { communities: groups, delta: 9.5 });
    expect(near.bridges.filter(({ kind }) => kind !== 'landmark')).toEqual([]);
  });

  it('names clusters by the nodes that mark them out', () => {
    const { graph, positions } = threeCliques([
      ...Array.from({ length: 6 }, (_, i) => [0, size + i] as const),
      ...Array.from({ length: 6 }, (_, i) => [0, 2 * size + i] as const),
    ]);
    const { bridges } = findBridges(graph, positions, { communities: groups, delta: 2 });
    const landmark = bridges.find(({ kind, ends }) => kind === 'landmark' && ends[0].community === 0)!;
    expect(landmark.ends[0].words).toHaveLength(3);
    expect(landmark.ends[0].words).not.toContain('n0');
    expect(landmark.evidence.sigma).toBeCloseTo(1, 1);
  });

  it('gives the same for the same seed, and leaves its inputs alone', () => {
    const { graph, positions } = plantedMap({ kinds: ['bridge', 'branching', 'bent'], seed: 5 });
    const before = positions.slice();
    expect(findBridges(graph, positions, { seed: 3 })).toEqual(findBridges(graph, positions, { seed: 3 }));
    expect(positions).toEqual(before);
  });

  it('travels as annotations that read back the same', () => {
    const { graph, positions } = plantedMap({ kinds: ['bridge', 'branching', 'not-annotatable'], seed: 8 });
    const found = findBridges(graph, positions);
    const annotations = annotationsOf(graph, found);
    const read = readAnnotations(writeAnnotations(annotations));
    expect(read.warnings).toEqual([]);
    expect(read.annotations.map(({ kind }) => kind)).toEqual(annotations.map(({ kind }) => kind));
    expect(new Set(annotations.map(({ kind }) => kind))).toEqual(new Set(['landmark', 'bridge', 'area']));
    expect(read.annotations.map(({ others }) => others['bridgeKind'])).toEqual(found.bridges.map(({ kind }) => kind));
  });

  it('stands without edges, with one community, two nodes, isolates or all nodes in one spot', () => {
    const at = (graph: PackedGraph, place: (i: number) => number) =>
      new Float32Array(2 * graph.nodeCount).map((_, i) => place(i));
    const bare = (nodes: number) =>
      pack({ ids: Array.from({ length: nodes }, (_, i) => `${i}`), edges: new Uint32Array(0) });
    const spread = (i: number) => Math.sin(i * 7.3) * 100;
    for (const graph of [bare(0), bare(1), bare(5)]) {
      expect(findBridges(graph, at(graph, spread)).bridges).toEqual([]);
    }
    const pair = pack({ ids: ['a', 'b'], edges: Uint32Array.of(0, 1) });
    expect(findBridges(pair, Float32Array.of(0, 0, 1, 1)).bridges).toEqual([]);
    const grid = mesh({ columns: 6, rows: 6, isolates: 4 });
    for (const place of [spread, () => 3]) expect(findBridges(grid, at(grid, place)).delta).toBeGreaterThanOrEqual(0);
    const hub = star({ leaves: 30 });
    expect(findBridges(hub, at(hub, spread), { delta: 1e-9 }).bridges).toEqual([]);
    const whole = { of: new Uint32Array(40), count: 1, sizes: Uint32Array.of(40) };
    for (const { ends } of findBridges(grid, at(grid, spread), { communities: whole }).bridges) {
      expect(ends.every(({ community }) => community === 0)).toBe(true);
    }
  });

  it('finds nothing but landmarks where links follow no places', () => {
    const graph = plantedPartition({ nodes: 400, edges: 1600, blocks: 8, mixing: 0, seed: 4 });
    const positions = new Float32Array(800);
    for (let node = 0; node < 400; node++) {
      positions[2 * node] = 10 * (node % 8) + Math.sin(node);
      positions[2 * node + 1] = Math.cos(node * 1.7);
    }
    expect(findBridges(graph, positions).bridges.map(({ kind }) => kind)).toEqual(new Array(8).fill('landmark'));
  });

  it('refuses what does not fit, and stops when told to', () => {
    const graph = star({ leaves: 3 });
    const positions = new Float32Array(8);
    expect(() => findBridges(graph, new Float32Array(6))).toThrow('Expected 8 coordinates for 4 nodes, but 6 came.');
    expect(() => findBridges(graph, positions, { delta: 0 })).toThrow('but 0 came.');
    expect(() => findBridges(graph, positions, { limit: -1 })).toThrow('but -1 came.');
    expect(() => findBridges(graph, positions, { falseDiscoveryRate: 1 })).toThrow('but 1 came.');
    expect(() => findBridges(graph, positions, { communities: groups })).toThrow('those of 25 came.');
    const { graph: joined, positions: places } = threeCliques(Array.from({ length: 6 }, (_, i) => [i, size + i]));
    const options = { communities: groups, delta: 2, signal: AbortSignal.abort() };
    expect(() => findBridges(joined, places, options)).toThrow('Stopped on request.');
  });
});

describe('surpriseOf', () => {
  it('is the upper tail of the Poisson distribution in digits', () => {
    const tail = (count: number, mean: number) => 10 ** -surpriseOf(count, mean);
    expect(tail(1, 0.5)).toBeCloseTo(1 - Math.exp(-0.5), 12);
    expect(tail(3, 2)).toBeCloseTo(1 - 5 * Math.exp(-2), 12);
    expect(tail(2, 5)).toBeCloseTo(1 - 6 * Math.exp(-5), 12);
    expect(surpriseOf(0, 4)).toBe(0);
    expect(surpriseOf(2000, 1)).toBeGreaterThan(5000);
    expect(surpriseOf(1, 0)).toBe(Infinity);
  });

  it('passes what outdoes chance at the false discovery rate', () => {
    expect(surpriseThreshold([4, 2.5, 1, 0.2], 10, 0.05)).toBe(2.5);
    expect(surpriseThreshold([1, 0.5], 10, 0.05)).toBe(Infinity);
    expect(surpriseThreshold([], 10, 0.05)).toBe(Infinity);
  });
});

describe('matchingSize', () => {
  it('is the most links without a node in common', () => {
    expect(matchingSize([])).toBe(0);
    expect(matchingSize([0, 1, 2].map((right) => [9, right]))).toBe(1);
    // Taking links greedily would stop at two.
    const chain: Links = [
      [0, 10],
      [0, 11],
      [1, 10],
      [2, 11],
      [2, 12],
      [1, 11],
    ];
    expect(matchingSize(chain)).toBe(3);
  });
});
