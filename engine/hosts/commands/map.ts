import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { isSpread } from '../../base/box.ts';
import { type PackedGraph, type Positions, positionsOf } from '../../graph/packed-graph.ts';
import type { LayoutResult } from '../../layout/layout.ts';
import { mapPlan, type Phase } from '../../layout/plan.ts';
import type { Annotation } from '../../map/annotations/annotation.ts';
import { createMap, type GraphMap } from '../../map/graph-map.ts';
import { describeLegend } from '../../map/legend.ts';
import { checkMapSettings } from '../../map/settings.ts';
import { fitView, type View } from '../../map/view.ts';
import { encodePng } from '../../output/png.ts';
import { checkOutput, writeOutput } from '../files.ts';
import { type Drawing, type Headless, openHeadless } from '../headless.ts';
import type { Run, Start } from '../run.ts';
import { count, duration } from '../terminal.ts';
import { type AnnotationChoices, addAnnotationOptions, givenAnnotations, proposedAnnotations } from './annotations.ts';
import { communityFacts, findCommunities } from './communities.ts';
import { endingOf, needsBrowser, printSummary, runLayout, total } from './layout.ts';
import { addMapOptions, type MapLook, mapSettingsOf } from './map-options.ts';
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
import { readFile } from './read.ts';

interface MapCommandOptions extends CommonOptions, LayoutOptions, MapLook, AnnotationChoices {
  readonly output?: string;
  readonly positions?: 'file' | 'layout';
  readonly chrome?: string;
}

/** The sheet that sizes of text and lines are meant for: a wider picture shows the same sheet, sharper. */
const sheetWidth = 1200;
/** A higher sheet than this many times its width, or a lower one than its inverse, would be mostly empty. */
const widestRatio = 1.5;
/** Beside a round map a sheet of 4:3 has room for the legend in its corners. */
const roomyRatio = 0.75;
const margin = 8;

/** `isthmus map FILE`: a graph file becomes a PNG. */
export function addMapCommand(program: Command, start: Start): void {
  const command = program
    .command('map')
    .description('draw a hillshaded map of a graph; settings are chosen for the eye and said')
    .argument('<file>', 'a graph, or - for stdin')
    .option('-o, --output <file>', 'the PNG to write, - is stdout (default: FILE’s name with .png)')
    .addOption(
      new Option('--positions <from>', 'where nodes lie: as in the file, or by a new layout').choices([
        'file',
        'layout',
      ]),
    )
    .option('--chrome <path>', 'the Chromium or Chrome that draws')
    .action((file: string, options: MapCommandOptions) => start(options, (run) => mapFile(run, file, options)));
  addCommonOptions(addLayoutOptions(addAnnotationOptions(addMapOptions(command))));
}

async function mapFile(run: Run, file: string, options: MapCommandOptions): Promise<void> {
  const output = options.output ?? defaultOutput(file);
  checkMapSettings(mapSettingsOf(options));
  checkLayoutOptions(options);
  await checkOutput(output);
  for (const remark of remarksOn(options)) run.terminal.note(remark);
  const read = await readFile(run, file, options);
  if (read.graph.nodeCount === 0) refuse(`${file} has no nodes, so there is no map to draw.`);
  const marked = await givenAnnotations(run, options);
  // A browser that is missing is told before the layout, not after it.
  const browser = { chrome: options.chrome, signal: run.signal, webgpu: needsBrowser(options) };
  const headless = await run.time('browser', () => openHeadless(browser));
  const { placed, map, drawing } = await makeAndDraw(run, read.graph, nameOf(file), marked, headless, options).finally(
    () => headless.dispose(),
  );
  const bytes = await run.time('write', () => writeOutput(output, encodePng(drawing, [drawing.pixels]), run.signal));
  const { nodeCount, edgeCount } = read.graph;
  if (options.json) {
    const { width, height, device } = drawing;
    const summary = { input: file, format: read.format, nodes: nodeCount, edges: edgeCount, seed: options.seed };
    const made = {
      iterations: placed.layout?.iterations ?? 0,
      stopped: placed.layout?.stopped ?? null,
      device,
      devices: { layout: placed.layout?.device ?? null, draw: device },
    };
    const plan = placed.layout?.plan ?? null;
    const communities = communityFacts(map.communities);
    const details = { output, width, height, bytes, plan, communities, settings: map.settings };
    printSummary(run, output, { ...summary, ...made, ...details, warnings: read.warnings });
  }
  run.terminal.note(
    `Wrote ${output === '-' ? 'to stdout' : output}: ${drawing.width} × ${drawing.height} pixels, a map of ${count(nodeCount, 'node')} and ${count(edgeCount, 'edge')}, ${placed.layout === undefined ? '' : `laid out on ${placed.layout.device.name}, `}drawn on ${drawing.device}, in ${duration(total(run))}.`,
  );
}

async function makeAndDraw(
  run: Run,
  graph: PackedGraph,
  name: string,
  marked: readonly Annotation[] | undefined,
  headless: Headless,
  options: MapCommandOptions,
): Promise<{ readonly placed: Placed; readonly map: GraphMap; readonly drawing: Drawing }> {
  const communities = await findCommunities(run, graph, options);
  const placed = await place(run, graph, headless, options);
  const annotations = marked ?? (await proposedAnnotations(run, graph, placed.positions, options.seed));
  const map = await run.time('map', async () =>
    createMap(graph, placed.positions, {
      settings: mapSettingsOf(options),
      communities,
      annotations,
      seed: options.seed,
      title: options.title ?? graph.attributes['title'] ?? name,
      notes: placed.notes,
    }),
  );
  tellChoices(run, map, options);
  run.onProgress({ stage: 'draw', done: 0, total: 0 });
  const { legend } = options;
  const drawing = await run.time('draw', () => headless.draw(map, viewOf(map, options), { legend }));
  return { placed, map, drawing };
}

interface Placed {
  readonly positions: Positions;
  readonly layout?: LayoutResult;
  /** How the positions came about, for the map's legend. */
  readonly notes: readonly string[];
}

/** Positions from the file where it has some and nothing else is asked for, else from a layout for the eye. */
async function place(run: Run, graph: PackedGraph, headless: Headless, options: MapCommandOptions): Promise<Placed> {
  const inFile = positionsOf(graph);
  if (options.positions === 'file' && inFile === undefined) refuse('The file has no positions; leave --positions out.');
  if (inFile !== undefined && options.positions !== 'layout' && (options.positions === 'file' || isSpread(inFile))) {
    run.terminal.note('Positions: as in the file (--positions layout makes new ones).');
    return { positions: inFile, notes: ['Positions as in the file.'] };
  }
  const plan = mapPlan(graph, options.iterations, settingsOf(options));
  const note = `ForceAtlas2: ${plan.map(describePhase).join(', then ')}; seed ${options.seed}`;
  run.terminal.note(`Layout: ${note}.`);
  const { seed, device, components, threads } = options;
  const layout = await runLayout(
    run,
    graph,
    plan,
    { seed, device, components, threads },
    needsBrowser(options) ? headless : undefined,
  );
  return { positions: layout.positions, layout, notes: [`${note}; ${endingOf(layout)}.`] };
}

function describePhase({ name, iterations, settings }: Phase): string {
  const mode = settings.strongGravityMode ? 'strong gravity' : 'gravity';
  const gravity = `${mode} ${Number(settings.gravity.toPrecision(2))}`;
  const length = iterations === 'auto' ? 'to rest' : count(iterations, 'iteration');
  return `${name} ${length} (${gravity}, scaling ${settings.scalingRatio}, ${settings.rule}, ${settings.repulsion})`;
}

function tellChoices(run: Run, map: GraphMap, { palette }: MapLook): void {
  const { sizes, colors } = describeLegend(map);
  run.terminal.note(
    `Look: ${map.palette.name} palette${palette === undefined ? ' (--palette dark is the other)' : ''}, size by ${sizes?.title ?? 'nothing'}, colour by ${colors?.title ?? 'nothing'}.`,
  );
}

/** The whole sheet in a picture of the width asked for, as high as it needs and with a corner for the legend. */
function viewOf(map: GraphMap, { width, height, scale, legend }: MapLook): View {
  const pixelRatio = scale ?? Math.max(1, width / sheetWidth);
  const { minX, minY, maxX, maxY } = map.sheet;
  const natural = Math.min(widestRatio, Math.max(1 / widestRatio, (maxY - minY) / (maxX - minX) || 1));
  const isRound = natural > roomyRatio && natural < 1 / roomyRatio;
  const ratio = legend && isRound ? roomyRatio : natural;
  const size = { width: width / pixelRatio, height: (height ?? Math.round(width * ratio)) / pixelRatio, pixelRatio };
  return fitView(map.sheet, size, margin);
}

function defaultOutput(file: string): string {
  if (file === '-') return refuse('Name the output with -o: stdin has no name to take it from.');
  return `${nameOf(file)}.png`;
}

/** A file's name without its folder and endings; '' for stdin. */
function nameOf(file: string): string {
  return file === '-' ? '' : basename(file).replace(/(\.[^.]+?)?(\.gz)?$/i, '');
}
