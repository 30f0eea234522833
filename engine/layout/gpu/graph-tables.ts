import type { PackedGraph } from '../../graph/packed-graph.ts';
import { createBodies, massesInto } from '../cpu/bodies.ts';
import { stiffnessInto } from '../cpu/momentum.ts';
import { createSprings } from '../cpu/springs.ts';
import { naturalSpacing } from '../scale.ts';
import type { ForceAtlas2Settings } from '../settings.ts';

/** A node of more edges than this is a hub: its edges are summed by workgroups, in chunks. */
const hubDegree = 128;
const chunkSize = 1024;

/** The graph as the shaders read it: `Node`, `Edge` and `Chunk` of shaders/layout/structs.wgsl. */
export interface GraphTables {
  /** mass (float32), size (float32), first edge, first chunk; stride 16 bytes, nodeCount + 1 entries. */
  readonly nodes: Uint32Array<ArrayBuffer>;
  /** Neighbour and pull (float32) of each end of each edge, by node; stride 8 bytes. */
  readonly edges: Uint32Array<ArrayBuffer>;
  /** Node, first edge, end edge; stride 12 bytes. */
  readonly chunks: Uint32Array<ArrayBuffer>;
  readonly chunkCount: number;
  readonly edgeEndCount: number;
  readonly largestSize: number;
  /** The distance of neighbours where the layout is at rest, in layout units: `naturalSpacing`. */
  readonly spacing: number;
}

/** Nodes nearer than this must act on each other one by one: further apart, distances between rims differ little. */
export function reachOf({ largestSize }: GraphTables, { adjustSizes }: ForceAtlas2Settings): number {
  return adjustSizes ? 4 * largestSize : 0;
}

/**
 * Masses, sizes and springs under these settings. A pull has the weight's power in it and, where hubs are dissuaded, the
 * mean mass over that of the edge's source, so that both ends can be summed alike.
 */
export function graphTables(graph: PackedGraph, settings: ForceAtlas2Settings): GraphTables {
  const { nodeCount } = graph;
  const bodies = createBodies(graph, new Float32Array(2 * nodeCount));
  massesInto(bodies.mass, graph, settings.rule);
  const springs = createSprings(graph, settings);
  stiffnessInto(bodies, springs, settings);
  const offsets = new Uint32Array(nodeCount + 1);
  for (let i = 0; i < nodeCount; i++) {
    offsets[i + 1] += springs.offsets[i + 1] - springs.offsets[i];
    for (let k = springs.offsets[i]; k < springs.offsets[i + 1]; k++) offsets[springs.targets[k] + 1]++;
  }
  for (let i = 0; i < nodeCount; i++) offsets[i + 1] += offsets[i];

  const edges = new Uint32Array(2 * offsets[nodeCount]);
  const pulls = new Float32Array(edges.buffer);
  const cursor = offsets.slice(0, nodeCount);
  const put = (node: number, neighbour: number, pull: number) => {
    const at = 2 * cursor[node]++;
    edges[at] = neighbour;
    pulls[at + 1] = pull;
  };
  const meanMass = bodies.mass.reduce((sum, mass) => sum + mass, 0) / nodeCount;
  for (let i = 0; i < nodeCount; i++) {
    const strength = settings.outboundAttractionDistribution ? meanMass / bodies.mass[i] : 1;
    for (let k = springs.offsets[i]; k < springs.offsets[i + 1]; k++) {
      put(i, springs.targets[k], strength * springs.pulls[k]);
      put(springs.targets[k], i, strength * springs.pulls[k]);
    }
  }

  const chunks: number[] = [];
  const nodes = new Uint32Array(4 * (nodeCount + 1));
  const floats = new Float32Array(nodes.buffer);
  for (let i = 0; i <= nodeCount; i++) {
    nodes[4 * i + 2] = offsets[i];
    nodes[4 * i + 3] = chunks.length / 3;
    if (i === nodeCount) break;
    floats[4 * i] = bodies.mass[i];
    floats[4 * i + 1] = bodies.size[i];
    const end = offsets[i + 1];
    if (end - offsets[i] <= hubDegree) continue;
    for (let k = offsets[i]; k < end; k += chunkSize) chunks.push(i, k, Math.min(k + chunkSize, end));
  }
  return {
    nodes,
    edges,
    chunks: Uint32Array.from(chunks),
    chunkCount: chunks.length / 3,
    edgeEndCount: offsets[nodeCount],
    spacing: naturalSpacing(bodies.mass, bodies.stiffness, springs, settings),
    largestSize: bodies.size.reduce((most, size) => Math.max(most, size), 0),
  };
}
