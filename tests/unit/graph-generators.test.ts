import { describe, expect, it } from 'vitest';
import { componentsOf } from '../../engine/graph/components.ts';
import {
  bipartite,
  mesh,
  plantedPartition,
  powerLaw,
  randomGraph,
  ringOfCliques,
  roads,
  smallWorld,
  star,
  tree,
} from '../../engine/graph/generators.ts';
import { degreeOf, type PackedGraph } from '../../engine/graph/packed-graph.ts';

function degrees(graph: PackedGraph): number[] {
  return Array.from({ length: graph.nodeCount }, (_, i) => degreeOf(graph, i));
}

describe('generators', () => {
  it('give the same graph for the same seed', () => {
    const options = { nodes: 200, edges: 900, blocks: 4, seed: 9 };
    expect(plantedPartition(options)).toEqual(plantedPartition(options));
    expect(plantedPartition(options).edges).not.toEqual(plantedPartition({ ...options, seed: 10 }).edges);
  });

  it('plant blocks: the share of edges that leave one is the mixing of pairs', () => {
    const blocks = 10;
    const graph = plantedPartition({ nodes: 1003, edges: 20_000, blocks, mixing: 0.2, seed: 1 });
    let leaving = 0;
    for (let e = 0; e < graph.edgeCount; e++) {
      expect(graph.edges[2 * e]).not.toBe(graph.edges[2 * e + 1]);
      if (graph.edges[2 * e] % blocks !== graph.edges[2 * e + 1] % blocks) leaving++;
    }
    expect(leaving / graph.edgeCount).toBeCloseTo(0.2 * 0.9, 2);
    expect(graph.nodeCount).toBe(1003);
  });

  it('spread random edges evenly', () => {
    const graph = randomGraph({ nodes: 100, edges: 50_000, seed: 1 });
    expect(graph.edgeCount).toBe(50_000);
    expect(Math.min(...degrees(graph))).toBeGreaterThan(850);
    expect(randomGraph({ nodes: 1, edges: 5, seed: 1 }).edgeCount).toBe(0);
  });

  it('draw meshes, stars, rings of cliques and trees with the right degrees', () => {
    expect(mesh({ columns: 3, rows: 2 }).edges).toEqual(Uint32Array.of(0, 1, 0, 3, 1, 2, 1, 4, 2, 5, 3, 4, 4, 5));
    expect(degrees(star({ leaves: 4, isolates: 2 }))).toEqual([4, 1, 1, 1, 1, 0, 0]);
    const ring = ringOfCliques({ cliques: 4, size: 5 });
    expect(ring.edgeCount).toBe(4 * 10 + 4);
    expect(degrees(ring).filter((degree) => degree === 5)).toHaveLength(8);
    expect(degrees(tree({ nodes: 7, children: 2 }))).toEqual([2, 3, 3, 1, 1, 1, 1]);
  });

  it('grow heavy tails', () => {
    const graph = powerLaw({ nodes: 5000, links: 2, seed: 1 });
    expect(graph.edgeCount).toBe(1 + 2 * 4998);
    const sorted = degrees(graph).sort((a, b) => b - a);
    expect(sorted[0]).toBeGreaterThan(100);
    expect(sorted[2500]).toBeLessThan(5);
  });

  it('lay roads: all of a grid connected, with dead ends', () => {
    const graph = roads({ columns: 30, rows: 20, seed: 1 });
    expect(componentsOf(graph).count).toBe(1);
    // A spanning tree has 599 edges; the grid has 571 others.
    expect(graph.edgeCount).toBeGreaterThan(599 + 0.2 * 571);
    expect(graph.edgeCount).toBeLessThan(599 + 0.4 * 571);
    expect(degrees(graph).filter((degree) => degree === 1).length).toBeGreaterThan(30);
    expect(Math.max(...degrees(graph))).toBeLessThanOrEqual(4);
  });

  it('join the two sides of a bipartite graph only', () => {
    const { edges } = bipartite({ left: 10, right: 40, edges: 300, seed: 1 });
    for (let e = 0; e < 600; e += 2) {
      expect(edges[e]).toBeLessThan(10);
      expect(edges[e + 1]).toBeGreaterThanOrEqual(10);
      expect(edges[e + 1]).toBeLessThan(50);
    }
  });

  it('rewire a share of a small world', () => {
    const { edges, edgeCount } = smallWorld({ nodes: 1000, neighbours: 3, rewiring: 0.1, seed: 1 });
    expect(edgeCount).toBe(3000);
    let far = 0;
    for (let e = 0; e < 6000; e += 2) if ((edges[e + 1] - edges[e] + 1000) % 1000 > 3) far++;
    expect(far / 3000).toBeCloseTo(0.1, 1);
  });
});
