import { type Command, Option } from 'commander';
import { isErrorOfKind } from '../../base/errors.ts';
import { type FormatName, formatOfName, type ReadResult, type WriteOptions, writeGraph } from '../../formats/index.ts';
import { type PackedGraph, type Positions, positionsOf, withPositions } from '../../graph/packed-graph.ts';
import type { LayoutOptions as EngineOptions, LayoutResult } from '../../layout/layout.ts';
import { gephiPlan, type Phase } from '../../layout/plan.ts';
import { layoutInBrowser } from '../browser-layout.ts';
import { hasDawn } from '../dawn.ts';
import { checkOutput, writeOutput } from '../files.ts';
import { type Headless, openHeadless } from '../headless.ts';
import { createNodeEngine } from '../node-engine.ts';
import type { Run, Start } from '../run.ts';
import { count, duration } from '../terminal.ts';
import { addGeographyOptions, type GeographyOptions, isOnEarth, placeOnEarth, tellCoordinates } from './geography.ts';
import {
  addCommonOptions,
  addLayoutOptions,
  type CommonOptions,
  checkLayoutOptions,
  type LayoutOptions,
  refuse,
  remarksOn,
  settingsOf,
} from './options.ts';
import { withoutOverlap } from './overlap.ts';
import { formatNamed, readFile } from './read.ts';

interface LayoutCommandOptions extends CommonOptions, LayoutOptions, GeographyOptions {
  readonly output: string;
  readonly format?: string;
  readonly start?: 'multilevel' | 'random' | 'file';
  readonly chrome?: string;
  readonly overlap: boolean;
}

/** `isthmus layout FILE -o OUT`: positions, without a picture. */
export function addLayoutCommand(program: Command, start: Start): void {
  const command = program
    .command('layout')
    .description('lay a graph out by ForceAtlas2, or on the Earth, and write it with its positions; Gephi’s defaults')
    .argument('<file>', 'a graph, or - for stdin')
    .requiredOption(
      '-o, --output <file>',
      'where to; its ending names the format (.gexf, .graphml, .csv, .json, also .gz); - is stdout',
    )
    .option('--format <name>', 'the format of the output, where its name does not tell')
    .addOption(
      new Option(
        '--start <where>',
        'where nodes start: placed on coarser graphs first, at random, or as in the file (default: multilevel; gephi and graphology: random)',
      ).choices(['multilevel', 'random', 'file']),
    )
    .option('--no-overlap', 'at the end move nodes that overlap apart, by the sizes in the file or else by links')
    .option('--chrome <path>', 'the Chromium or Chrome whose WebGPU is used where the package webgpu is missing')
    .action((file: string, options: LayoutCommandOptions) => start(options, (run) => layoutFile(run, file, options)));
  addCommonOptions(addLayoutOptions(addGeographyOptions(command)));
}

async function layoutFile(run: Run, file: string, options: LayoutCommandOptions): Promise<void> {
  const { output } = options;
  const writing = outputFormat(output, options.format);
  checkLayoutOptions(options);
  if (isOnEarth(options)) checkGeography(options);
  await checkOutput(output);
  for (const remark of remarksOn(options)) run.terminal.note(remark);
  const read = await readFile(run, file, options);
  if (isOnEarth(options)) return writeOnEarth(run, file, read, options, writing);
  tellCoordinates(run, read.graph);
  const positions = options.start === 'file' ? startOf(read.graph, file) : undefined;
  // Gravity `auto` takes a small layout of its own.
  const plan = await run.time('layout', async () => gephiPlan(read.graph, options.iterations, settingsOf(options)));
  const headless = needsBrowser(options) ? await openBrowser(run, options.chrome) : undefined;
  const { seed: startSeed, device: wanted, components, threads, start: from } = options;
  const given = { seed: startSeed, positions, device: wanted, components, threads };
  const start = { ...given, start: from === 'file' ? undefined : from };
  const result = await runLayout(run, read.graph, plan, start, headless).finally(() => headless?.dispose());
  const apart = async () => withoutOverlap(read.graph, result.positions);
  const placed = withPositions(read.graph, options.overlap ? result.positions : await run.time('overlap', apart));
  const bytes = await run.time('write', () => writeOutput(output, writeGraph(placed, writing), run.signal));
  const { nodeCount, edgeCount } = read.graph;
  const { iterations, stopped, seed, device } = result;
  if (options.json) {
    const summary = {
      input: file,
      format: read.format,
      nodes: nodeCount,
      edges: edgeCount,
      seed,
      iterations,
      stopped,
      device: device.name,
    };
    const details = { devices: { layout: device }, output, bytes, plan: result.plan, warnings: read.warnings };
    printSummary(run, output, { ...summary, ...details });
  }
  run.terminal.note(
    `Wrote ${output === '-' ? 'to stdout' : output}: ${count(nodeCount, 'node')} and ${count(edgeCount, 'edge')}, ${endingOf(result)} on ${device.name}, seed ${seed}, in ${duration(total(run))}.`,
  );
}

/** Refuses what would lay nodes out or move them from their places. */
function checkGeography({ start, overlap }: LayoutCommandOptions): void {
  const clash = [start !== undefined && '--start', !overlap && '--no-overlap'].find((flag) => flag !== false);
  if (clash !== undefined)
    refuse(`--geo puts nodes where they lie on the Earth, so ${clash} has no say: leave it out.`);
}

/** Writes the graph with its nodes on the Earth. */
async function writeOnEarth(
  run: Run,
  file: string,
  { graph, format, warnings }: ReadResult,
  options: LayoutCommandOptions,
  writing: WriteOptions,
): Promise<void> {
  const { output } = options;
  const { positions, longitude, latitude } = await placeOnEarth(run, graph, options);
  const placed = withPositions(graph, positions);
  const bytes = await run.time('write', () => writeOutput(output, writeGraph(placed, writing), run.signal));
  const { nodeCount, edgeCount } = graph;
  if (options.json) {
    const summary = { input: file, format, nodes: nodeCount, edges: edgeCount, positions: 'geography' };
    printSummary(run, output, { ...summary, longitude, latitude, output, bytes, warnings });
  }
  run.terminal.note(
    `Wrote ${output === '-' ? 'to stdout' : output}: ${count(nodeCount, 'node')} on the Earth and ${count(edgeCount, 'edge')}, in ${duration(total(run))}.`,
  );
}

/** Whether only a browser can lay out on the GPU that is asked for. */
export function needsBrowser({ device }: LayoutOptions): boolean {
  return device === 'gpu' && !hasDawn();
}

/** A browser with WebGPU; where none can be opened it says why, and the layout is left to the CPU. */
async function openBrowser(run: Run, chrome: string | undefined): Promise<Headless | undefined> {
  try {
    return await run.time('browser', () => openHeadless({ chrome, signal: run.signal, webgpu: true }));
  } catch (error) {
    if (!isErrorOfKind(error, 'DeviceError')) throw error;
    run.terminal.warn((error as Error).message);
    return undefined;
  }
}

/**
 * Runs a layout plan as the stage `layout`: in a thread of its own so that an interrupt is heard at once, or on the GPU of
 * a headless browser.
 */
export function runLayout(
  run: Run,
  graph: PackedGraph,
  plan: readonly Phase[],
  start: Pick<EngineOptions, 'seed' | 'positions' | 'device' | 'start' | 'components' | 'threads'>,
  headless?: Headless,
): Promise<LayoutResult> {
  const { signal, onProgress } = run;
  return run.time('layout', async () => {
    const engine = createNodeEngine();
    const options = { ...start, plan, signal, onProgress };
    try {
      const result = await (headless === undefined
        ? engine.layout(graph, options)
        : layoutInBrowser(headless, graph, options, engine.layout));
      const { warning } = result.device;
      if (warning !== undefined) {
        const advice = hasDawn() ? '' : ' WebGPU in Node comes with the package webgpu: npm install webgpu.';
        run.terminal.warn(warning + advice);
      }
      return result;
    } finally {
      engine.dispose();
    }
  });
}

/** How many iterations were made, and why no more. */
export function endingOf({ iterations, stopped }: LayoutResult): string {
  const made = count(iterations, 'iteration');
  if (stopped === 'converged') return `at rest after ${made}`;
  return stopped === 'limit' ? `stopped after ${made}, before it was at rest` : `${made} made`;
}

/** One JSON object on stdout, with the time of each stage; on stderr where the output itself goes to stdout. */
export function printSummary(run: Run, output: string, summary: object): void {
  const text = `${JSON.stringify({ ...summary, milliseconds: run.milliseconds })}\n`;
  if (output === '-') process.stderr.write(text);
  else run.print(text);
}

/** Milliseconds of all stages so far. */
export function total(run: Run): number {
  return Object.values(run.milliseconds).reduce((sum, time) => sum + time, 0);
}

function startOf(graph: PackedGraph, file: string): Positions {
  return positionsOf(graph) ?? refuse(`${file} has no positions to start from.`);
}

function outputFormat(
  output: string,
  name: string | undefined,
): { readonly format: FormatName; readonly gzip: boolean } {
  const gzip = /\.gz$/i.test(output);
  if (name !== undefined) return { format: formatNamed(name), gzip };
  if (output === '-') return refuse('Writing to stdout needs --format (gexf, graphml, csv, tsv or json).');
  const endings = '.gexf, .graphml, .csv, .tsv or .json';
  return (
    formatOfName(output) ??
    refuse(`The name ${output} does not tell a format: end it with ${endings}, or give --format.`)
  );
}
