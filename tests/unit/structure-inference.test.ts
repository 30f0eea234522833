import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { plantedPartition, powerLaw, randomGraph, ringOfCliques } from '../../engine/graph/generators.ts';
import { type PackedGraph, pack } from '../../engine/graph/packed-graph.ts';
import { descriptionLengthOf, partitionModel } from '../../engine/structure/communities/description-length.ts';
import { lengthObjective, unweightedLevel } from '../../engine/structure/communities/inference.ts';
import { aggregate } from '../../engine/structure/communities/level.ts';
import { moveNodesInto } from '../../engine/structure/communities/move-nodes.ts';
import { compactInto } from '../../engine/structure/communities/partition.ts';
import { communities as find } from '../../engine/structure/communities.ts';

const infer = (graph: PackedGraph, seed = 1) => find(graph, { method: 'inference', seed });

/** ln Γ(x + 1) for whole x, by adding up. */
function logFactorial(x: number): number {
  let sum = 0;
  for (let i = 2; i <= x; i++) sum += Math.log(i);
  return sum;
}

/** The description length term by term, as the paper has it, for a graph in which every node has an edge. */
function lengthByDefinition({ nodeCount, edgeCount, edges }: PackedGraph, of: Uint32Array, isUniform: boolean): number {
  const count = new Set(of).size;
  const degree = new Map<number, number>();
  const parallel = new Map<string, number>();
  const innerEdges = new Map<number, number>();
  let inside = 0;
  for (let e = 0; e < edges.length; e += 2) {
    const [a, b] = [Math.min(edges[e], edges[e + 1]), Math.max(edges[e], edges[e + 1])];
    for (const node of [a, b]) degree.set(node, (degree.get(node) ?? 0) + 1);
    parallel.set(`${a} ${b}`, (parallel.get(`${a} ${b}`) ?? 0) + 1);
    if (of[a] !== of[b]) continue;
    inside++;
    innerEdges.set(of[a], (innerEdges.get(of[a]) ?? 0) + 1);
  }
  const choose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  let graphLength = -logFactorial(edgeCount - inside);
  if (isUniform) graphLength += inside * Math.log(count / 2) - logFactorial(inside);
  else graphLength += choose(count + inside - 1, inside) - inside * Math.log(2);
  if (!isUniform) for (const each of innerEdges.values()) graphLength -= logFactorial(each);
  if (count > 1) {
    graphLength += (edgeCount - inside) * Math.log((count * (count - 1)) / 2) + Math.log(edgeCount + 1);
  }
  let partitionLength = logFactorial(nodeCount) + choose(nodeCount - 1, count - 1) + Math.log(nodeCount);
  for (const community of new Set(of)) {
    const nodes = [...of.keys()].filter((node) => of[node] === community);
    const ends = nodes.reduce((sum, node) => sum + degree.get(node)!, 0);
    graphLength += logFactorial(ends + nodes.length - 1) - logFactorial(nodes.length - 1);
    partitionLength -= logFactorial(nodes.length);
  }
  for (const each of degree.values()) graphLength -= logFactorial(each);
  for (const each of parallel.values()) graphLength += logFactorial(each);
  return graphLength + partitionLength;
}

describe.each([true, false])('the description length, communities of one density: %s', (isUniform) => {
  const graph = plantedPartition({ nodes: 120, edges: 700, blocks: 6, mixing: 0.3, seed: 7 });
  const level = unweightedLevel(graph);
  const model = partitionModel(level, isUniform);
  const partitions = [1, 2, 6, 40].map((count) => Uint32Array.from({ length: 120 }, (_, node) => (node * 7) % count));

  it('is that of the paper', () => {
    for (const of of partitions)
      expect(descriptionLengthOf(level, of, model)).toBeCloseTo(lengthByDefinition(graph, of, isUniform), 7);
  });

  it('adds up move by move to what it is from scratch', () => {
    const random = createRandom(3);
    const labels = partitions[2].slice();
    const objective = lengthObjective(level, labels, model);
    let length = descriptionLengthOf(level, labels, model);
    const weightTo = (node: number, community: number) =>
      graph.targets
        .subarray(graph.offsets[node], graph.offsets[node + 1])
        .reduce((sum, other) => sum + (labels[other] === community ? 1 : 0), 0);
    for (let move = 0; move < 300; move++) {
      const node = Math.floor(random() * 120);
      const [from, to] = [labels[node], Math.floor(random() * 12)];
      objective.remove(node, from, weightTo(node, from));
      length -= objective.gain(node, to, weightTo(node, to)) - objective.gain(node, from, weightTo(node, from));
      objective.insert(node, to, weightTo(node, to));
      labels[node] = to;
    }
    expect(new Set(labels).size).toBeGreaterThan(6);
    expect(length).toBeCloseTo(descriptionLengthOf(level, labels, model), 7);
  });

  it('is the same for communities as for the nodes that they become, and falls as those move', () => {
    const labels = partitions[3].slice();
    const count = compactInto(labels);
    const coarse = aggregate(level, labels, count);
    const groups = Uint32Array.from({ length: count }, (_, group) => group);
    const before = descriptionLengthOf(level, labels, model);
    expect(descriptionLengthOf(coarse, groups, model)).toBeCloseTo(before, 7);
    expect(moveNodesInto(groups, coarse, lengthObjective(coarse, groups, model), createRandom(1))).toBe(true);
    const merged = labels.map((label) => groups[label]);
    expect(descriptionLengthOf(level, merged, model)).toBeCloseTo(descriptionLengthOf(coarse, groups, model), 7);
    expect(descriptionLengthOf(level, merged, model)).toBeLessThan(before);
  });
});

describe('communities by statistical inference', () => {
  it('finds planted blocks, and cliques below the resolution limit of modularity', () => {
    const blocks = infer(plantedPartition({ nodes: 600, edges: 6000, blocks: 20, mixing: 0.3, seed: 2 }));
    expect([...blocks.sizes]).toEqual(new Array(20).fill(30));
    for (let node = 0; node < 600; node++) expect(blocks.of[node]).toBe(blocks.of[node % 20]);
    const ring = ringOfCliques({ cliques: 100, size: 5 });
    expect(infer(ring).count).toBe(100);
    expect(find(ring).count).toBeLessThan(60);
  });

  it('finds dense and sparse communities of several sizes, by the form of the model that lets them be', () => {
    const random = createRandom(9);
    const sizes = [150, 90, 60, 40, 30, 20, 10];
    const of = sizes.flatMap((size, community) => new Array<number>(size).fill(community));
    const first = sizes.map((_, community) => of.indexOf(community));
    const edges = of.flatMap((community, node) =>
      Array.from({ length: 6 }, () => {
        const mate = first[community] + Math.floor(random() * sizes[community]);
        return [node, random() < 0.9 ? mate : Math.floor(random() * of.length)];
      }),
    );
    const ids = of.map((_, node) => String(node));
    const found = infer(pack({ ids, edges: Uint32Array.from(edges.flat()) }));
    expect([...found.sizes]).toEqual(sizes);
    expect(found.settings['densities']).toBe('free');
  });

  it.each([
    ['random', randomGraph({ nodes: 400, edges: 1200, seed: 6 })],
    ['preferential attachment', powerLaw({ nodes: 400, links: 3, seed: 6 })],
  ])('sees no structure in a %s graph, where modularity sees some', (_, graph) => {
    // Some nodes of a random graph have no edge; each of them is alone.
    const lone = [...graph.offsets.keys()].filter((i) => graph.offsets[i] === graph.offsets[i + 1]).length;
    const { sizes, score } = infer(graph);
    expect([...sizes]).toEqual([400 - lone, ...new Array(lone).fill(1)]);
    expect(score.value).toBe(score.baseline);
    expect(find(graph).count).toBeGreaterThan(6 + lone);
  });

  it('describes planted blocks at least as shortly as they were planted, in the same way for the same seed', () => {
    const graph = plantedPartition({ nodes: 500, edges: 4500, blocks: 10, mixing: 0.55, seed: 5 });
    const level = unweightedLevel(graph);
    const model = partitionModel(level, true);
    const planted = Uint32Array.from({ length: 500 }, (_, node) => node % 10);
    const found = infer(graph, 4);
    expect(found).toEqual(infer(graph, 4));
    expect(descriptionLengthOf(level, found.of, model)).toBeLessThanOrEqual(descriptionLengthOf(level, planted, model));
    expect(found.settings).toEqual({ seed: 4, densities: 'uniform' });
    expect(found.score).toMatchObject({ name: 'description length', unit: 'nats per edge' });
    expect(found.score.value).toBeCloseTo(descriptionLengthOf(level, found.of, model) / 4500, 9);
    expect(found.score.value).toBeLessThan(found.score.baseline);
  });

  it('ignores weights, and says so', () => {
    const values = Float64Array.from({ length: 435 }, (_, e) => (e % 7) + 1);
    const weight = { kind: 'number', name: 'weight', title: 'Weight', type: 'double', role: 'weight', values } as const;
    const plain = ringOfCliques({ cliques: 15, size: 8 });
    const graph = pack({ ids: plain.ids, edges: plain.edges, edgeColumns: [weight] });
    expect(infer(graph).of).toEqual(infer(plain).of);
    expect(infer(graph).weights).toBe('ignored');
    expect(infer(plain).weights).toBe('none');
  });

  it('stands without nodes or edges', () => {
    expect(infer(pack({ ids: [], edges: new Uint32Array(0) })).count).toBe(0);
    expect(infer(pack({ ids: ['a', 'b'], edges: new Uint32Array(0) })).count).toBe(2);
    expect(infer(pack({ ids: ['a', 'b', 'c'], edges: Uint32Array.of(0, 1) })).count).toBe(2);
  });
});
