import { type Command, InvalidArgumentError } from 'commander';
import { IsthmusError } from '../../base/errors.ts';
import type { PackedGraph } from '../../graph/packed-graph.ts';
import { type Communities, describeCommunities } from '../../structure/communities/found.ts';
import { infomapCommunities, type RunInfomap } from '../../structure/communities/infomap.ts';
import { type CommunityMethod, communities } from '../../structure/communities.ts';
import type { Run } from '../run.ts';
import { optionAdder, toNumber } from './options.ts';

/** How communities are found, as the command line says it. */
export interface CommunityChoices {
  readonly communities?: CommunityMethod | 'infomap';
  readonly resolution?: number;
}

const methods = ['leiden', 'louvain', 'inference', 'clique-percolation', 'infomap'] as const;

export function addCommunityOptions(command: Command): Command {
  const add = optionAdder(command, 'Communities:');
  add('--communities <method>', `${methods.join(', ')} or column:NAME (default: leiden)`, toMethod);
  add('--resolution <number>', 'leiden and louvain: above 1 for more and smaller communities (default: 1)', toNumber);
  return command;
}

/** Finds communities as asked for, and tells how many and how good. */
export async function findCommunities(
  run: Run,
  graph: PackedGraph,
  { communities: method, resolution, seed }: CommunityChoices & { readonly seed: number },
): Promise<Communities> {
  const found = await run.time('communities', async () =>
    method === 'infomap'
      ? infomapCommunities(graph, await loadInfomap(), { seed })
      : communities(graph, { method, resolution, seed }),
  );
  run.terminal.note(`Communities: ${describeCommunities(found)}.`);
  return found;
}

/** What `--json` says of communities. */
export function communityFacts({ method, count, score, modularity, weights, settings, unplaced }: Communities): object {
  return { method, count, score, modularity, weights, settings, unplaced };
}

/**
 * The peer `@mapequation/infomap`, if it is installed; its licence is the GPL, so that it is never part of this package.
 *
 * @throws DeviceError, with what to do, if it is missing.
 */
export async function loadInfomap(specifier = '@mapequation/infomap/node'): Promise<RunInfomap> {
  const { run } = await import(specifier).catch((cause: unknown) => {
    const message =
      'Communities by Infomap need the package @mapequation/infomap, which is not installed: type npm install @mapequation/infomap.';
    throw new IsthmusError('DeviceError', message, { cause });
  });
  return (network, args) => run(network, { args });
}

function toMethod(text: string): CommunityMethod | 'infomap' {
  if (text.startsWith('column:')) return { column: text.slice('column:'.length) };
  const method = methods.find((name) => name === text);
  if (method !== undefined) return method;
  throw new InvalidArgumentError(`Expected ${methods.join(', ')} or column:NAME.`);
}
