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
import { type Headless, openHeadless } from '../headless.ts';
import type { Run } from '../run.ts';
import { count } from '../terminal.ts';
import { type AnnotationChoices, addAnnotationOptions, givenAnnotations, proposedAnnotations } from './annotations.ts';
import { findCommunities } from './communities.ts';
import { addGeographyOptions, type GeographyOptions, isOnEarth, placeOnEarth, tellCoordinates } from './geography.ts';
import { endingOf, needsBrowser, runLayout } from './layout.ts';
import { addLookOptions, type MapLook, mapSettingsOf } from './map-options.ts';
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

/** How a map is made of a file, for whatever it is then drawn on. */
export interface MapMaking extends CommonOptions, LayoutOptions, GeographyOptions, MapLook, AnnotationChoices {
  readonly positions?: 'file' | 'layout';
  readonly chrome?: string;
}

/** Where nodes lie, who draws, look, layout, annotations, communities. */
export function addMapMakingOptions(command: Command): Command {
  command
    .addOption(
      new Option('--positions <from>', 'where nodes lie: as in the file, or by a new layout').choices([
        'file',
        'layout',
      ]),
    )
    .option('--chrome <path>', 'the Chromium or Chrome that draws');
  return addCommonOptions(addLayoutOptions(addGeographyOptions(addAnnotationOptions(addLookOptions(command)))));
}

/** Refuses what is wrong before anything is read. @throws UsageError. */
export function checkMapMaking(options: MapMaking): void {
  checkMapSettings(mapSettingsOf(options));
  checkLayoutOptions(options);
  if (isOnEarth(options) && options.positions !== undefined) {
    refuse(`--geo says where nodes lie, so --positions ${options.positions} can’t say it too: leave one of them out.`);
  }
  if (!isOnEarth(options) && options.edgePath === 'great-circle') {
    refuse('--edge-path great-circle needs nodes that lie on the Earth: add --geo.');
  }
}

/** A map, and how it came about. */
export interface MadeMap {
  readonly map: GraphMap;
  readonly layout?: LayoutResult | undefined;
  /** Where positions come from. */
  readonly positions: Placed['from'];
  readonly format: string;
  readonly warnings: readonly unknown[];
}

/** The same with the browser that is to draw it. */
export interface Made extends MadeMap {
  readonly headless: Headless;
}

/** Reads a file, lays it out where it has to be, and hands the map on with a browser, which ends after `use`. */
export async function withMap<T>(
  run: Run,
  file: string,
  options: MapMaking,
  use: (made: Made) => Promise<T>,
): Promise<T> {
  const input = await readForMap(run, file, options);
  // A browser that is missing is told before the layout, not after it.
  const headless = await openBrowser(run, options);
  try {
    return await use({ ...(await makeMap(run, input, headless, options)), headless });
  } finally {
    await headless.dispose();
  }
}

/** The same for what needs nobody to draw: a browser is only opened where the layout needs one. */
export async function mapWithoutBrowser(run: Run, file: string, options: MapMaking): Promise<MadeMap> {
  const input = await readForMap(run, file, options);
  const headless = needsBrowser(options) ? await openBrowser(run, options) : undefined;
  try {
    return await makeMap(run, input, headless, options);
  } finally {
    await headless?.dispose();
  }
}

function openBrowser(run: Run, options: MapMaking): Promise<Headless> {
  const { chrome } = options;
  return run.time('browser', () => openHeadless({ chrome, signal: run.signal, webgpu: needsBrowser(options) }));
}

/** What a map is made of. */
interface MapInput {
  readonly graph: PackedGraph;
  readonly name: string;
  readonly format: string;
  readonly warnings: readonly unknown[];
  /** Annotations that were given. */
  readonly marked: readonly Annotation[] | undefined;
}

async function readForMap(run: Run, file: string, options: MapMaking): Promise<MapInput> {
  for (const remark of remarksOn(options)) run.terminal.note(remark);
  const { graph, format, warnings } = await readFile(run, file, options);
  if (graph.nodeCount === 0) refuse(`${file} has no nodes, so there is no map to draw.`);
  return { graph, name: nameOf(file), format, warnings, marked: await givenAnnotations(run, options) };
}

async function makeMap(
  run: Run,
  { graph, name, format, warnings, marked }: MapInput,
  headless: Headless | undefined,
  options: MapMaking,
): Promise<MadeMap> {
  const communities = await findCommunities(run, graph, options);
  const { positions, from, layout, notes } = await place(run, graph, headless, options);
  const annotations = marked ?? (await proposedAnnotations(run, graph, positions, options.seed));
  const map = await run.time('map', async () =>
    createMap(graph, positions, {
      settings: mapSettingsOf(options),
      communities,
      annotations,
      isGeographic: from === 'geography',
      seed: options.seed,
      title: options.title ?? graph.attributes['title'] ?? name,
      notes,
    }),
  );
  tellChoices(run, map, options);
  return { map, layout, positions: from, format, warnings };
}

interface Placed {
  readonly positions: Positions;
  readonly from: 'file' | 'layout' | 'geography';
  readonly layout?: LayoutResult;
  /** How the positions came about, for the map's legend. */
  readonly notes: readonly string[];
}

/** Positions on the Earth if asked for; from the file where it has some and nothing else is asked for; else from a layout for the eye. */
async function place(
  run: Run,
  graph: PackedGraph,
  headless: Headless | undefined,
  options: MapMaking,
): Promise<Placed> {
  if (isOnEarth(options)) {
    const { positions, note, warnings } = await placeOnEarth(run, graph, options);
    return { positions, from: 'geography', notes: [note, ...warnings] };
  }
  tellCoordinates(run, graph);
  const inFile = positionsOf(graph);
  if (options.positions === 'file' && inFile === undefined) refuse('The file has no positions; leave --positions out.');
  if (inFile !== undefined && options.positions !== 'layout' && (options.positions === 'file' || isSpread(inFile))) {
    run.terminal.note('Positions: as in the file (--positions layout makes new ones).');
    return { positions: inFile, from: 'file', notes: ['Positions as in the file.'] };
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
  return { positions: layout.positions, from: 'layout', layout, notes: [`${note}; ${endingOf(layout)}.`] };
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

/** A file's name without its folder and endings; '' for stdin. */
export function nameOf(file: string): string {
  return file === '-' ? '' : basename(file).replace(/(\.[^.]+?)?(\.gz)?$/i, '');
}
