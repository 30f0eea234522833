import type { Command } from 'commander';
import type { GraphMap } from '../../map/graph-map.ts';
import type { View } from '../../map/view.ts';
import { drawBands } from '../../output/bands.ts';
import { cropMarks, withCropMarks } from '../../output/crop-marks.ts';
import { insetOf, type PrintSheet, viewOnPaper } from '../../output/paper.ts';
import { encodePng } from '../../output/png.ts';
import { mapOnPaper } from '../../output/typography.ts';
import { checkOutput, writeOutput } from '../files.ts';
import type { Headless } from '../headless.ts';
import type { Run, Start } from '../run.ts';
import { count, duration } from '../terminal.ts';
import { printSummary, total } from './layout.ts';
import { addMapMakingOptions, checkMapMaking, type MapMaking, withMap } from './make-map.ts';
import { refuse } from './options.ts';
import { addPrintOptions, type PrintOptions, sheetOf } from './print-options.ts';

interface PrintCommandOptions extends MapMaking, PrintOptions {
  readonly output: string;
}

/** `isthmus print FILE -o OUT`: a map on paper, of any size. */
export function addPrintCommand(program: Command, start: Start): void {
  const command = program
    .command('print')
    .description('print a map on paper of any size; memory stays bounded however large it is')
    .argument('<file>', 'a graph, or - for stdin')
    .requiredOption('-o, --output <file>', 'the file to write: .png')
    .action((file: string, options: PrintCommandOptions) => start(options, (run) => printFile(run, file, options)));
  addMapMakingOptions(addPrintOptions(command));
}

/** What is printed: a map in its paper's type, where it lies on the sheet. */
interface Print {
  readonly map: GraphMap;
  readonly view: View;
  readonly sheet: PrintSheet;
  readonly hasLegend: boolean;
  readonly headless: Headless;
}

async function printFile(run: Run, file: string, options: PrintCommandOptions): Promise<void> {
  const { output } = options;
  const sheet = sheetOf(options);
  const print = writerOf(output);
  checkMapMaking(options);
  await checkOutput(output);
  await withMap(run, file, options, async ({ map: made, layout, headless, warnings }) => {
    const view = viewOnPaper(made.sheet, sheet);
    const { labels } = options;
    const map = mapOnPaper(made, view, sheet.paper, typeof labels === 'number' ? { count: labels } : {});
    const chunks = print(run, { map, view, sheet, hasLegend: options.legend, headless });
    const bytes = await run.time('print', () => writeOutput(output, chunks, run.signal));
    const { nodeCount, edgeCount } = map.graph;
    if (options.json) {
      const summary = { input: file, output, bytes, sheet, nodes: nodeCount, edges: edgeCount, seed: options.seed };
      printSummary(run, output, { ...summary, layout: layout?.device ?? null, settings: map.settings, warnings });
    }
    run.terminal.note(
      `Wrote ${output === '-' ? 'to stdout' : output}: a map of ${count(nodeCount, 'node')} and ${count(edgeCount, 'edge')} on ${sheet.paper.width} × ${sheet.paper.height} mm, in ${duration(total(run))}.`,
    );
  });
}

type Writer = (run: Run, print: Print) => AsyncIterable<Uint8Array>;

const writers: Readonly<Record<string, Writer>> = { png: printPng };

function writerOf(output: string): Writer {
  const ending = /\.(\w+)$/.exec(output)?.[1].toLowerCase() ?? '';
  return writers[ending] ?? refuse(`The name ${output} does not tell what to print: end it with .png.`);
}

async function* printPng(run: Run, { map, view, sheet, hasLegend, headless }: Print): AsyncGenerator<Uint8Array> {
  const drawing = await headless.open(map, view, { legend: hasLegend, inset: insetOf(sheet) });
  const onTile = (done: number, of: number): void => run.onProgress({ stage: 'print', done, total: of });
  const rows = drawBands(drawing, drawing.tile, { onTile });
  const marked = withCropMarks(rows, drawing.width, cropMarks(sheet, map.palette), sheet.dpi);
  yield* encodePng({ ...drawing, pixelsPerMetre: sheet.dpi / 0.0254 }, marked);
}
