import { stat } from 'node:fs/promises';
import { type FormatName, formatOfName, type ReadResult, readGraph } from '../../formats/index.ts';
import { readInput } from '../files.ts';
import type { Run } from '../run.ts';
import { type CommonOptions, refuse } from './options.ts';

/** Reads the graph that a command line names, and tells what was repaired. */
export async function readFile(run: Run, file: string, options: CommonOptions): Promise<ReadResult> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (file === '-' && options.nodes === '-') refuse('FILE and --nodes can’t both be stdin.');
  const result = await run.time('read', () =>
    readGraph(readInput(file), {
      name: nameOf(file),
      format: options.inputFormat === undefined ? undefined : formatNamed(options.inputFormat),
      ...(options.nodes === undefined ? {} : { nodes: readInput(options.nodes), nodesName: nameOf(options.nodes) }),
      signal: run.signal,
      onProgress: (progress) => run.onProgress({ ...progress, total: progress.total || size }),
    }),
  );
  for (const { message } of result.warnings) run.terminal.warn(`${nameOf(file)}: ${message}`);
  return result;
}

/** The format of that name, or of a file ending of that name. @throws UsageError where there is none. */
export function formatNamed(name: string): FormatName {
  return formatOfName(`x.${name}`)?.format ?? refuse(`There is no format "${name}".`);
}

function nameOf(file: string): string {
  return file === '-' ? 'stdin' : file;
}
