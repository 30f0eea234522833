import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { version } from '../../../package.json';
import { throwIfAborted } from '../../base/progress.ts';
import type { GraphMap } from '../../map/graph-map.ts';
import type { Drawing } from '../../output/drawing.ts';
import type { TileFormat } from '../../output/pmtiles.ts';
import { styleOf, type TileKind, tileJsonOf } from '../../output/tiles/describe.ts';
import { type Block, type BlockOfTiles, boundsOf, pyramidOf, tilesOf } from '../../output/tiles/pyramid.ts';
import { blockSideOf, type OpenLevel, rasterTiles } from '../../output/tiles/raster.ts';
import { terrainTiles } from '../../output/tiles/terrain.ts';
import { vectorTiles } from '../../output/tiles/vector.ts';
import { deflateInPool } from '../deflate.ts';
import { checkFolder, checkOutput } from '../files.ts';
import type { Headless } from '../headless.ts';
import type { Run, Start } from '../run.ts';
import { count, duration } from '../terminal.ts';
import { openTileArchive } from '../tile-archive.ts';
import { endingOf, openTileFolder } from '../tile-folder.ts';
import type { TileStore } from '../tile-store.ts';
import { encodeWire } from '../wire.ts';
import { printSummary, total } from './layout.ts';
import {
  addMapMakingOptions,
  checkMapMaking,
  type MadeMap,
  type MapMaking,
  mapWithoutBrowser,
  withMap,
} from './make-map.ts';
import { optionAdder, refuse, toInteger } from './options.ts';

interface TilesCommandOptions extends MapMaking {
  readonly output: string;
  readonly kind: TileKind;
  readonly maxZoom?: number;
  readonly tileSize: '256' | '512';
  readonly format: 'webp' | 'png';
  readonly url?: string;
}

/** The zooms that are made unless told otherwise: of terrain, that at which a cell of the relief is some four pixels wide. */
const usualZooms: Readonly<Record<TileKind, number>> = { raster: 6, terrain: 3, vector: 6 };
const deepestZoom = 12;

/** `isthmus tiles FILE -o OUT`: a map for web maps. */
export function addTilesCommand(program: Command, start: Start): void {
  const command = program
    .command('tiles')
    .description('make tiles of a map for MapLibre, Leaflet, OpenLayers and others')
    .argument('<file>', 'a graph, or - for stdin')
    .requiredOption('-o, --output <path>', 'a folder for z/x/y files, or one archive: .pmtiles')
    .action((file: string, options: TilesCommandOptions) => start(options, (run) => tileFile(run, file, options)));
  const add = optionAdder(command, 'Tiles:');
  const kinds = 'the drawn map, its heights for hillshade and 3-D (terrarium), or its parts (MVT)';
  add('--kind <kind>', kinds, undefined, 'raster').choices(Object.keys(usualZooms));
  add('--max-zoom <number>', `the deepest zoom, 0 to ${deepestZoom} (default: 6, terrain 3)`, toInteger(0));
  const sizes = 'width of raster tiles: 512 is sharp on fine screens, and takes longer';
  add('--tile-size <pixels>', sizes, undefined, '256').choices(['256', '512']);
  const formats = 'of raster tiles: png is lossless and some five times as large';
  add('--format <name>', formats, undefined, 'webp').choices(['webp', 'png']);
  add('--url <address>', 'where the folder or archive will be served, for TileJSON and style');
  addMapMakingOptions(command);
}

async function tileFile(run: Run, file: string, options: TilesCommandOptions): Promise<void> {
  const { output, kind, maxZoom = usualZooms[kind] } = options;
  if (output === '-') refuse('Tiles are written to a folder or to a .pmtiles file, not to stdout.');
  if (maxZoom > deepestZoom) refuse(`The deepest zoom is ${deepestZoom}, but --max-zoom is ${maxZoom}.`);
  checkMapMaking(options);
  await (isArchive(output) ? checkOutput : checkFolder)(output);
  const job = { file, options, maxZoom };
  if (kind === 'raster') await withMap(run, file, options, (made) => makeTiles(run, job, made, made.headless));
  else await makeTiles(run, job, await mapWithoutBrowser(run, file, options));
}

interface TilesJob {
  readonly file: string;
  readonly options: TilesCommandOptions;
  readonly maxZoom: number;
}

async function makeTiles(
  run: Run,
  job: TilesJob,
  { map, positions, warnings }: MadeMap,
  headless?: Headless,
): Promise<void> {
  const { file, options, maxZoom } = job;
  const { output, kind } = options;
  const store = await openStore(run, map, options);
  try {
    const pixelRatio = options.tileSize === '512' ? 2 : 1;
    const side = headless === undefined ? 1 : blockSideOf(pixelRatio);
    const blocks = pyramidOf(map, maxZoom, side).filter((block) => !store.isDone(block));
    const { hasContent } = store;
    const labels = typeof options.labels === 'number' ? { count: options.labels } : {};
    const tiles =
      headless === undefined
        ? (kind === 'terrain' ? terrainTiles : vectorTiles)(map, blocks)
        : rasterTiles(map, {
            ...{ blocks, pixelRatio, hasContent, labels, compress: deflateInPool },
            open: async (level, view) => levelIn(await headless.open(level, view), options.format),
          });
    await run.time('tiles', () => keepAll(run, map, blocks, tiles, store));
    const set = { kind, maxZoom, address: addressOf(options), pixelRatio } as const;
    const texts = { tileJson: tileJsonOf(map, set), style: styleOf(map, set) };
    const kept = await run.time('write', () => store.finish(texts));
    const { nodeCount, edgeCount } = map.graph;
    if (options.json) {
      const summary = { input: file, output, kind, maxZoom, ...kept, nodes: nodeCount, edges: edgeCount };
      printSummary(run, output, { ...summary, seed: options.seed, positions, settings: map.settings, warnings });
    }
    run.terminal.note(
      `Wrote ${output}: ${count(kept.tiles, 'tile')} of zooms 0 to ${maxZoom}, ${Math.ceil(kept.bytes / 1e6)} MB, a map of ${count(nodeCount, 'node')} and ${count(edgeCount, 'edge')}, in ${duration(total(run))}.`,
    );
  } finally {
    await store.dispose();
  }
}

function levelIn({ tile, webp, close }: Drawing, format: 'webp' | 'png'): OpenLevel {
  return { tile, close, ...(format === 'webp' && { encode: webp }) };
}

async function keepAll(
  run: Run,
  map: GraphMap,
  blocks: readonly Block[],
  made: AsyncIterable<BlockOfTiles>,
  store: TileStore,
): Promise<void> {
  const countIn = (block: Block) => tilesOf(block, map).length;
  const all = blocks.reduce((sum, block) => sum + countIn(block), 0);
  let done = 0;
  for await (const block of made) {
    throwIfAborted(run.signal);
    await store.add(block);
    done += countIn(block.block);
    run.onProgress({ stage: 'tiles', done, total: all });
  }
}

function openStore({ signal }: Run, map: GraphMap, options: TilesCommandOptions): Promise<TileStore> {
  const { output, kind, tileSize } = options;
  const format = formatOf(options);
  if (isArchive(output)) {
    return openTileArchive(output, { format, bounds: boundsOf(map.world, map.sheet), signal });
  }
  const made = encodeWire({ map, kind, format, tileSize, labels: options.labels, version });
  return openTileFolder(output, { format, digest: createHash('sha256').update(made).digest('hex'), signal });
}

function isArchive(output: string): boolean {
  return /\.pmtiles$/i.test(output);
}

/** Heights are numbers, which only a lossless picture keeps. */
function formatOf({ kind, format }: TilesCommandOptions): TileFormat {
  return kind === 'vector' ? 'mvt' : kind === 'terrain' ? 'png' : format;
}

/** Where tiles are found: below the address given, or beside whatever names them. */
function addressOf(options: TilesCommandOptions): string {
  const { output, url } = options;
  const base = url === undefined ? '' : url.replace(/\/?$/, '/');
  return isArchive(output) ? `${base}${basename(output)}` : `${base}{z}/{x}/{y}.${endingOf(formatOf(options))}`;
}
