/**
 * The size of a maximum matching: the most of these links of which no two share a node. The two sides must have no node
 * in common. Augmenting paths (Kuhn 1955), breadth first, so that no chain of links is too long for the stack.
 *
 * @param links pairs of nodes, the first on one side, the second on the other
 */
export function matchingSize(links: readonly (readonly [number, number])[]): number {
  const neighbours = new Map<number, number[]>();
  for (const [left, right] of links) {
    const row = neighbours.get(left);
    if (row === undefined) neighbours.set(left, [right]);
    else row.push(right);
  }
  const leftOf = new Map<number, number>();
  let size = 0;
  for (const start of neighbours.keys()) if (augment(start, neighbours, leftOf)) size++;
  return size;
}

/** Matches `start` too, moving others to other partners where that helps. Writes into `leftOf`. */
function augment(
  start: number,
  neighbours: ReadonlyMap<number, readonly number[]>,
  leftOf: Map<number, number>,
): boolean {
  const cameFrom = new Map<number, number>();
  const rightOf = new Map<number, number>();
  const queue = [start];
  for (const left of queue) {
    for (const right of neighbours.get(left)!) {
      if (cameFrom.has(right)) continue;
      cameFrom.set(right, left);
      const taken = leftOf.get(right);
      if (taken !== undefined) {
        rightOf.set(taken, right);
        queue.push(taken);
        continue;
      }
      for (let end: number | undefined = right; end !== undefined; ) {
        const partner: number = cameFrom.get(end)!;
        leftOf.set(end, partner);
        end = rightOf.get(partner);
      }
      return true;
    }
  }
  return false;
}
