import type { Positions } from '../../graph/packed-graph.ts';

/** How near the nodes of a layout are to each other. */
export interface Nearest {
  /** The square of the distance from a node to its k-th nearest other node, 1 ≤ k < nodes. */
  squareOf(node: number, k: number): number;
  /** How many other nodes are nearer to a node than the root of `square`, > 0 or 0, and how many just that far. */
  countAt(node: number, square: number): { readonly closer: number; readonly tied: number };
}

const leafSize = 16;

/**
 * A k-d tree over a layout. It is balanced, so that it needs no pointers: the children of cell t are 2t + 1 and 2t + 2,
 * each with half of its nodes. Searches are exact whatever the density, since cells have the true boxes of their nodes.
 */
export function createNearest(positions: Positions): Nearest {
  const nodeCount = positions.length / 2;
  const order = Uint32Array.from({ length: nodeCount }, (_, node) => node);
  // Halves differ by at most one node, so the leaves of a cell lie on at most two levels.
  const cells = 2 ** (Math.ceil(Math.log2(Math.max(1, nodeCount / leafSize))) + 1) - 1;
  const boxes = new Float64Array(4 * cells);
  split(0, 0, nodeCount);
  // In tree order a leaf's points lie side by side.
  const points = Float64Array.from({ length: 2 * nodeCount }, (_, i) => positions[2 * order[i >> 1] + (i & 1)]);
  let heap = new Float64Array(leafSize);

  function split(cell: number, start: number, end: number): void {
    const wide = boxInto(boxes, cell, positions, order, start, end);
    if (end - start <= leafSize) return;
    const middle = (start + end) >> 1;
    select(order, positions, wide, start, end - 1, middle);
    split(2 * cell + 1, start, middle);
    split(2 * cell + 2, middle, end);
  }

  /** The square of the distance from x, y to the point at points[i], points[i + 1]. */
  function squareAt(i: number, x: number, y: number): number {
    const dx = points[i] - x;
    const dy = points[i + 1] - y;
    return dx * dx + dy * dy;
  }

  return {
    squareOf(node, k) {
      const x = positions[2 * node];
      const y = positions[2 * node + 1];
      if (heap.length < k) heap = new Float64Array(2 * k);
      let held = 0;
      let skipsSelf = true;
      const visit = (cell: number, start: number, end: number): void => {
        if (end - start > leafSize) {
          const middle = (start + end) >> 1;
          const left = leastSquare(boxes, 2 * cell + 1, x, y);
          const right = leastSquare(boxes, 2 * cell + 2, x, y);
          if (left <= right) {
            if (held < k || left < heap[0]) visit(2 * cell + 1, start, middle);
            if (held < k || right < heap[0]) visit(2 * cell + 2, middle, end);
          } else {
            if (held < k || right < heap[0]) visit(2 * cell + 2, middle, end);
            if (held < k || left < heap[0]) visit(2 * cell + 1, start, middle);
          }
          return;
        }
        for (let i = 2 * start; i < 2 * end; i += 2) {
          const square = squareAt(i, x, y);
          // One of the points in this very place is the node itself.
          if (square === 0 && skipsSelf) skipsSelf = false;
          else if (held < k) rise(heap, held++, square);
          else if (square < heap[0]) sink(heap, k, square);
        }
      };
      visit(0, 0, nodeCount);
      return heap[0];
    },
    countAt(node, square) {
      const x = positions[2 * node];
      const y = positions[2 * node + 1];
      let closer = square > 0 ? -1 : 0;
      let tied = square > 0 ? 0 : -1;
      const visit = (cell: number, start: number, end: number): void => {
        const least = leastSquare(boxes, cell, x, y);
        if (least > square) return;
        const most = mostSquare(boxes, cell, x, y);
        if (most < square) closer += end - start;
        else if (most === least) tied += end - start;
        else if (end - start > leafSize) {
          const middle = (start + end) >> 1;
          visit(2 * cell + 1, start, middle);
          visit(2 * cell + 2, middle, end);
        } else {
          for (let i = 2 * start; i < 2 * end; i += 2) {
            const found = squareAt(i, x, y);
            if (found < square) closer++;
            else if (found === square) tied++;
          }
        }
      };
      if (nodeCount > 0) visit(0, 0, nodeCount);
      return { closer, tied };
    },
  };
}

/** Writes the box of order[start … end) as minX, minY, maxX, maxY; returns its wider axis, 0 for x. */
function boxInto(
  boxes: Float64Array,
  cell: number,
  positions: Positions,
  order: Uint32Array,
  start: number,
  end: number,
): number {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = start; i < end; i++) {
    const x = positions[2 * order[i]];
    const y = positions[2 * order[i] + 1];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  boxes.set([minX, minY, maxX, maxY], 4 * cell);
  return maxX - minX >= maxY - minY ? 0 : 1;
}

/** Hoare's selection: afterwards no coordinate before `middle` is greater than those from there on. */
function select(
  order: Uint32Array,
  positions: Positions,
  axis: number,
  start: number,
  last: number,
  middle: number,
): void {
  let low = start;
  let high = last;
  while (low < high) {
    const pivot = positions[2 * order[(low + high) >> 1] + axis];
    let i = low;
    let j = high;
    while (i <= j) {
      while (positions[2 * order[i] + axis] < pivot) i++;
      while (positions[2 * order[j] + axis] > pivot) j--;
      if (i > j) break;
      const swapped = order[i];
      order[i++] = order[j];
      order[j--] = swapped;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

function leastSquare(boxes: Float64Array, cell: number, x: number, y: number): number {
  const dx = Math.max(boxes[4 * cell] - x, 0, x - boxes[4 * cell + 2]);
  const dy = Math.max(boxes[4 * cell + 1] - y, 0, y - boxes[4 * cell + 3]);
  return dx * dx + dy * dy;
}

function mostSquare(boxes: Float64Array, cell: number, x: number, y: number): number {
  const dx = Math.max(x - boxes[4 * cell], boxes[4 * cell + 2] - x);
  const dy = Math.max(y - boxes[4 * cell + 1], boxes[4 * cell + 3] - y);
  return dx * dx + dy * dy;
}

/** Adds a value to a heap of `count` values whose greatest is first. */
function rise(heap: Float64Array, count: number, value: number): void {
  let at = count;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent] >= value) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = value;
}

/** Puts a value in the place of the greatest of `count` values. */
function sink(heap: Float64Array, count: number, value: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= count) break;
    if (child + 1 < count && heap[child + 1] > heap[child]) child++;
    if (heap[child] <= value) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = value;
}
