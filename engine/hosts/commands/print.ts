import { basename } from 'node:path';
import type { Command } from 'commander';
import { version } from '../../../package.json';
import { type PrintSheet, viewOnPaper } from '../../output/paper.ts';
import { mapOnPaper } from '../../output/typography.ts';
import { checkOutput, writeOutput } from '../files.ts';
import type { Run, Start } from '../run.ts';
import { count, duration } from '../terminal.ts';
import { printSummary, total } from './layout.ts';
import { addMapMakingOptions, checkMapMaking, type MapMaking, withMap } from './make-map.ts';
import { refuse } from './options.ts';
import { addPrintOptions, type PrintOptions, sheetOf } from './print-options.ts';
import { type PrintWriter, printPdf, printPng, printSvg } from './print-writers.ts';

interface PrintCommandOptions extends MapMaking, PrintOptions {
  readonly output: string;
}

/** `isthmus print FILE -o OUT`: a map on paper, of any size. */
export function addPrintCommand(program: Command, start: Start): void {
  const command = program
    .command('print')
    .description('print a map on paper of any size; memory stays bounded however large it is')
    .argument('<file>', 'a graph, or - for stdin')
    .requiredOption('-o, --output <file>', 'the file to write: .png, .pdf or .svg')
    .action((file: string, options: PrintCommandOptions) => start(options, (run) => printFile(run, file, options)));
  addMapMakingOptions(addPrintOptions(command));
}

async function printFile(run: Run, file: string, options: PrintCommandOptions): Promise<void> {
  const { output } = options;
  const sheet = sheetOf(options);
  const print = writerOf(output, options.split);
  checkMapMaking(options);
  await checkOutput(output);
  await withMap(run, file, options, async ({ map: made, layout, positions, headless, warnings }) => {
    const view = viewOnPaper(made.sheet, sheet);
    const { labels } = options;
    const set = mapOnPaper(made, view, sheet.paper, typeof labels === 'number' ? { count: labels } : {});
    const map = { ...set, notes: [...set.notes, ...imprintOf(file, options, sheet)] };
    const chunks = print(run, { map, view, sheet, hasLegend: options.legend, split: options.split, headless });
    const bytes = await run.time('print', () => writeOutput(output, chunks, run.signal));
    const { nodeCount, edgeCount } = map.graph;
    if (options.json) {
      const summary = { input: file, output, bytes, sheet, nodes: nodeCount, edges: edgeCount, seed: options.seed };
      printSummary(run, output, {
        ...summary,
        positions,
        layout: layout?.device ?? null,
        settings: map.settings,
        warnings,
      });
    }
    run.terminal.note(
      `Wrote ${output === '-' ? 'to stdout' : output}: a map of ${count(nodeCount, 'node')} and ${count(edgeCount, 'edge')} on ${sheet.paper.width} × ${sheet.paper.height} mm, in ${duration(total(run))}.`,
    );
  });
}

const writers: Readonly<Record<string, PrintWriter>> = { png: printPng, pdf: printPdf, svg: printSvg };

function writerOf(output: string, split: unknown): PrintWriter {
  const ending = /\.(\w+)$/.exec(output)?.[1].toLowerCase() ?? '';
  if (split !== undefined && ending !== 'pdf') refuse('A sheet split over pages is printed as PDF: end OUT with .pdf.');
  return writers[ending] ?? refuse(`The name ${output} does not tell what to print: end it with .png, .pdf or .svg.`);
}

/** What a legend on paper has to tell beside how the map was made. */
function imprintOf(file: string, { seed, bleed, dpi }: PrintCommandOptions, { paper }: PrintSheet): string[] {
  const size = `${paper.width} × ${paper.height} mm${bleed > 0 ? `, ${bleed} mm bleed` : ''}, ${dpi} dpi`;
  const source = file === '-' ? '' : `Source: ${basename(file)}. `;
  return [`${source}Seed ${seed}. Printed ${new Date().toISOString().slice(0, 10)} by isthmus ${version}: ${size}.`];
}
