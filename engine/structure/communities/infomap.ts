import { IsthmusError } from '../../base/errors.ts';
import type { PackedGraph } from '../../graph/packed-graph.ts';
import { type Communities, foundCommunities } from './found.ts';

/** The part of Infomap's JSON output that is read. */
export interface InfomapOutput {
  readonly json?:
    | {
        /** Bits per step of the random walk. */
        readonly codelength: number;
        /** By which share that is less than with a single module. */
        readonly relativeCodelengthSavings: number;
        readonly nodes: readonly { readonly id: number; readonly path: readonly number[] }[];
      }
    | undefined;
}

/**
 * Runs Infomap on a network (a link list: source, target, weight) with command-line arguments. Infomap is licensed under
 * the GPL and not part of this package: whoever wants it installs `@mapequation/infomap` and gives its function, in Node
 * `(network, args) => run(network, { args })` with `run` of `@mapequation/infomap/node`, in a page
 * `(network, args) => new Infomap().runAsync({ network, args })`.
 */
export type RunInfomap = (network: string, args: string) => Promise<InfomapOutput>;

/** Options of `infomapCommunities`. */
export interface InfomapOptions {
  /** Seed of Infomap's random numbers (default 1). */
  readonly seed?: number | undefined;
  /** How often Infomap tries, the best try being taken, 1 or more (default 1). */
  readonly trials?: number | undefined;
}

/**
 * Communities by the map equation (Rosvall and Bergstrom 2008), two levels, edges undirected and counted by weight;
 * self-loops and edges without a positive weight do not count. Nodes without edges are communities of their own.
 *
 * @throws UsageError for a number of trials below 1, DeviceError if Infomap fails or answers something else.
 */
export async function infomapCommunities(
  graph: PackedGraph,
  run: RunInfomap,
  options: InfomapOptions = {},
): Promise<Communities> {
  const { seed = 1, trials = 1 } = options;
  if (!(Number.isInteger(trials) && trials >= 1)) {
    throw new IsthmusError('UsageError', `Infomap needs a whole number of trials of 1 or more, but ${trials} came.`);
  }
  const labels = Uint32Array.from({ length: graph.nodeCount }, (_, node) => node);
  const network = linkList(graph);
  const method = { method: 'infomap' as const, isWeighted: true, settings: { seed, trials } };
  const score = { name: 'codelength', unit: 'bits per step' } as const;
  if (network === '') return foundCommunities(graph, labels, { ...method, score: { ...score, value: 0, baseline: 0 } });
  // Infomap refuses a seed of 0.
  const args = `--two-level --silent --output json --seed ${seed + 1} --num-trials ${trials}`;
  const { json } = await run(network, args).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new IsthmusError('DeviceError', `Infomap failed: ${reason}`, { cause });
  });
  if (!Array.isArray(json?.nodes) || !Number.isFinite(json.codelength)) {
    throw new IsthmusError('DeviceError', 'Infomap was expected to answer with nodes and a codelength as JSON.');
  }
  for (const { id, path } of json.nodes) labels[id] = graph.nodeCount + path[0];
  const baseline = json.codelength / (1 - json.relativeCodelengthSavings);
  return foundCommunities(graph, labels, { ...method, score: { ...score, value: json.codelength, baseline } });
}

/** One line an edge. */
function linkList({ nodeCount, offsets, targets, weights }: PackedGraph): string {
  const lines: string[] = [];
  for (let node = 0; node < nodeCount; node++) {
    for (let k = offsets[node]; k < offsets[node + 1]; k++) {
      if (targets[k] > node && weights[k] > 0) lines.push(`${node} ${targets[k]} ${weights[k]}\n`);
    }
  }
  return lines.join('');
}
