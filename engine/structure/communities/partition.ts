/** Every node in one community. */
export interface Partition {
  /** The community of each node; 0 is the largest, ties in order of their first node. */
  readonly of: Uint32Array;
  readonly count: number;
  /** Nodes in each community, falling. */
  readonly sizes: Uint32Array;
}

/** The partition that these labels (any numbers, one a node) stand for, numbered from the largest community down. */
export function partitionOf(labels: Uint32Array): Partition {
  const members = new Map<number, number>();
  for (const label of labels) members.set(label, (members.get(label) ?? 0) + 1);
  // A Map remembers who came first and sorting is stable, so ties stay in order of their first node.
  const ranked = [...members].sort(([, a], [, b]) => b - a);
  const ranks = new Map(ranked.map(([label], rank) => [label, rank]));
  return {
    of: labels.map((label) => ranks.get(label)!),
    count: ranked.length,
    sizes: Uint32Array.from(ranked, ([, size]) => size),
  };
}

/** Renumbers labels below `labels.length` in place to 0, 1, …, in order of their first node; returns how many there are. */
export function compactInto(labels: Uint32Array): number {
  const numbers = new Int32Array(labels.length).fill(-1);
  let count = 0;
  for (let node = 0; node < labels.length; node++) {
    const label = labels[node];
    if (numbers[label] === -1) numbers[label] = count++;
    labels[node] = numbers[label];
  }
  return count;
}
