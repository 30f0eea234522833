import { basename } from 'node:path';
import type { Command } from 'commander';
import { version } from '../../../package.json';
import type { GraphMap } from '../../map/graph-map.ts';
import type { MissingScript } from '../../output/glyphs.ts';
import type { PrintSheet } from '../../output/paper.ts';
import { type PrintPdfOptions, printPdf } from '../../output/print-pdf.ts';
import { printPng } from '../../output/print-png.ts';
import { printSvg } from '../../output/print-svg.ts';
import { checkOutput, writeOutput } from '../files.ts';
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
    const { labels, legend, split } = options;
    const map = { ...made, notes: [...made.notes, ...imprintOf(file, options, sheet)] };
    const chunks = print(map, sheet, {
      legend,
      labels: typeof labels === 'number' ? labels : undefined,
      split,
      open: headless.open,
      print: headless.print,
      onProgress: (share) => run.onProgress({ stage: 'print', done: Math.round(1000 * share) / 10, total: 100 }),
      onMissing: (missing) => tellMissing(run, missing),
    });
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

/** Writes a print as a file, in pieces. */
type PrintWriter = (map: GraphMap, sheet: PrintSheet, options: PrintPdfOptions) => AsyncIterable<Uint8Array>;

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

/** Debian's packages for the scripts that bare machines lack; those of the others are called after them, fonts-noto-core has most. */
const fontPackages: Readonly<Record<string, string>> = {
  Han: 'fonts-noto-cjk',
  Hiragana: 'fonts-noto-cjk',
  Katakana: 'fonts-noto-cjk',
  Hangul: 'fonts-noto-cjk',
  Bopomofo: 'fonts-noto-cjk',
  'other symbols': 'fonts-symbola',
};

function tellMissing({ terminal }: Run, missing: readonly MissingScript[]): void {
  for (const { script, texts } of missing) {
    const name = fontPackages[script] ?? 'fonts-noto-core';
    terminal.warn(
      `No font on this machine has the ${script} characters of ${count(texts, 'label')}, which are printed as empty boxes: install one (on Debian: apt-get install ${name}).`,
    );
  }
}
