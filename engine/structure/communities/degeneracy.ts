import type { PackedGraph } from '../../graph/packed-graph.ts';

/** A simple graph whose rows are split by degeneracy order. */
export interface Degeneracy {
  /** Nodes such that each has the fewest neighbours among those that come after it. */
  readonly order: Uint32Array;
  /** The neighbours of i are targets[offsets[i]] … targets[offsets[i + 1] - 1], each once; from `middle[i]` on the later ones. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly middle: Uint32Array;
  /** Room for one number a node, all 0. */
  readonly rowOf: Uint32Array;
}

/** Degeneracy order by repeatedly taking away a node of least degree (Matula and Beck 1983), in O(nodes + edges). */
export function degeneracyOf(graph: PackedGraph): Degeneracy {
  const { nodeCount } = graph;
  const { offsets, targets } = simpleRows(graph);
  const degree = Uint32Array.from({ length: nodeCount }, (_, node) => offsets[node + 1] - offsets[node]);
  // Nodes sorted by the degree that is left, with where each degree begins.
  const begin = new Uint32Array(degree.reduce((most, each) => Math.max(most, each), 0) + 2);
  for (const each of degree) begin[each + 1]++;
  for (let d = 1; d < begin.length; d++) begin[d] += begin[d - 1];
  const cursor = begin.slice();
  const place = degree.map((each) => cursor[each]++);
  const order = new Uint32Array(nodeCount);
  place.forEach((at, node) => {
    order[at] = node;
  });
  for (let i = 0; i < nodeCount; i++) {
    const node = order[i];
    for (let k = offsets[node]; k < offsets[node + 1]; k++) {
      const other = targets[k];
      if (degree[other] <= degree[node]) continue;
      // Swapped with the first of its degree, it becomes the last of the degree below.
      const first = begin[degree[other]]++;
      const swapped = order[first];
      order[place[other]] = swapped;
      place[swapped] = place[other];
      order[first] = other;
      place[other] = first;
      degree[other]--;
    }
  }
  return { order, offsets, targets, middle: splitRows(offsets, targets, place), rowOf: new Uint32Array(nodeCount) };
}

/** Moves the later neighbours to the end of each row; returns where they begin. */
function splitRows(offsets: Uint32Array, targets: Uint32Array, place: Uint32Array): Uint32Array {
  return place.map((at, node) => {
    const row = targets.subarray(offsets[node], offsets[node + 1]);
    row.sort((a, b) => place[a] - place[b]);
    return offsets[node] + row.reduce((count, other) => count + (place[other] < at ? 1 : 0), 0);
  });
}

/** The rows of a graph with each neighbour once. */
function simpleRows(graph: PackedGraph): { readonly offsets: Uint32Array; readonly targets: Uint32Array } {
  const { nodeCount } = graph;
  const offsets = new Uint32Array(nodeCount + 1);
  const targets = new Uint32Array(graph.targets.length);
  const seenFrom = new Int32Array(nodeCount).fill(-1);
  let end = 0;
  for (let node = 0; node < nodeCount; node++) {
    for (let k = graph.offsets[node]; k < graph.offsets[node + 1]; k++) {
      const other = graph.targets[k];
      if (seenFrom[other] === node) continue;
      seenFrom[other] = node;
      targets[end++] = other;
    }
    offsets[node + 1] = end;
  }
  return { offsets, targets: targets.slice(0, end) };
}
