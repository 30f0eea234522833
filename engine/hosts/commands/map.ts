import type { Command } from 'commander';
import type { GraphMap } from '../../map/graph-map.ts';
import { fitView, type View } from '../../map/view.ts';
import { drawBands } from '../../output/bands.ts';
import { encodePng } from '../../output/png.ts';
import { checkOutput, writeOutput } from '../files.ts';
import type { Run, Start } from '../run.ts';
import { count, duration } from '../terminal.ts';
import { communityFacts } from './communities.ts';
import { printSummary, total } from './layout.ts';
import { addMapMakingOptions, checkMapMaking, type MapMaking, nameOf, withMap } from './make-map.ts';
import { addSizeOptions, type PictureSize } from './map-options.ts';
import { refuse } from './options.ts';

interface MapCommandOptions extends MapMaking, PictureSize {
  readonly output?: string;
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
    .action((file: string, options: MapCommandOptions) => start(options, (run) => mapFile(run, file, options)));
  addMapMakingOptions(addSizeOptions(command));
}

async function mapFile(run: Run, file: string, options: MapCommandOptions): Promise<void> {
  const output = options.output ?? defaultOutput(file);
  checkMapMaking(options);
  await checkOutput(output);
  await withMap(run, file, options, async ({ map, layout, positions, format, warnings, headless }) => {
    const { legend } = options;
    const drawing = await headless.open(map, viewOf(map, options), { legend });
    const { width, height, device } = drawing;
    const onTile = (done: number, total: number): void => run.onProgress({ stage: 'draw', done, total });
    const rows = drawBands(drawing, drawing.tile, { onTile });
    const bytes = await run.time('draw', () => writeOutput(output, encodePng(drawing, rows), run.signal));
    const { nodeCount, edgeCount } = map.graph;
    if (options.json) {
      const summary = { input: file, format, nodes: nodeCount, edges: edgeCount, seed: options.seed };
      const made = {
        positions,
        iterations: layout?.iterations ?? 0,
        stopped: layout?.stopped ?? null,
        device,
        devices: { layout: layout?.device ?? null, draw: device },
      };
      const communities = communityFacts(map.communities);
      const details = { output, width, height, bytes, plan: layout?.plan ?? null, communities, settings: map.settings };
      printSummary(run, output, { ...summary, ...made, ...details, warnings });
    }
    run.terminal.note(
      `Wrote ${output === '-' ? 'to stdout' : output}: ${width} × ${height} pixels, a map of ${count(nodeCount, 'node')} and ${count(edgeCount, 'edge')}, ${layout === undefined ? '' : `laid out on ${layout.device.name}, `}drawn on ${device}, in ${duration(total(run))}.`,
    );
  });
}

/** The whole sheet in a picture of the width asked for, as high as it needs and with a corner for the legend. */
function viewOf(map: GraphMap, { width, height, scale, legend }: MapCommandOptions): View {
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
