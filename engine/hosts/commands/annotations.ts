import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { IsthmusError } from '../../base/errors.ts';
import type { PackedGraph, Positions } from '../../graph/packed-graph.ts';
import type { Annotation } from '../../map/annotations/annotation.ts';
import { readAnnotations } from '../../map/annotations/geojson.ts';
import { proposeAnnotations } from '../../map/annotations/propose.ts';
import type { Bridges } from '../../structure/bridges/kinds.ts';
import { createNodeEngine } from '../node-engine.ts';
import type { Run } from '../run.ts';
import { count } from '../terminal.ts';

/** What is marked on a map, as the command line says it. */
export interface AnnotationChoices {
  /** `auto` for proposals, `none`, or a GeoJSON file. */
  readonly annotations: string;
}

export function addAnnotationOptions(command: Command): Command {
  return command.addOption(
    new Option(
      '--annotations <from>',
      'landmarks, bridges, areas and borders: auto proposes some, none, or a GeoJSON file',
    )
      .default('none')
      .helpGroup('Look:'),
  );
}

/** The annotations of a GeoJSON file, each feature that had to be left out told by a warning; undefined for proposals. */
export async function givenAnnotations(
  run: Run,
  { annotations: from }: AnnotationChoices,
): Promise<readonly Annotation[] | undefined> {
  if (from === 'auto') return undefined;
  if (from === 'none') return [];
  const text = await readFile(from, 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new IsthmusError('InputError', `The annotations in ${from} can't be read: ${reason}.`, { cause });
  });
  const { annotations, warnings } = readAnnotations(text);
  for (const warning of warnings) run.terminal.warn(`${from}: ${warning}`);
  run.terminal.note(`Annotations: ${count(annotations.length, 'feature')} of ${from}.`);
  return annotations;
}

/** Finds bridges as the stage `bridges`, in a thread of its own so that an interrupt is heard at once. */
export function bridgesIn(run: Run, graph: PackedGraph, positions: Positions, seed: number): Promise<Bridges> {
  const { signal, onProgress } = run;
  return run.time('bridges', async () => {
    const engine = createNodeEngine();
    try {
      return await engine.findBridges(graph, positions, { seed, signal, onProgress });
    } finally {
      engine.dispose();
    }
  });
}

/** Landmarks and bridges that were found on the map. */
export async function proposedAnnotations(
  run: Run,
  graph: PackedGraph,
  positions: Positions,
  seed: number,
): Promise<readonly Annotation[]> {
  const found = await bridgesIn(run, graph, positions, seed);
  const proposed = proposeAnnotations(graph, found);
  run.terminal.note(`Annotations: ${count(proposed.length, 'proposal')}; \`isthmus bridges\` lists what was found.`);
  return proposed;
}
