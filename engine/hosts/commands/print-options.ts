import { type Command, InvalidArgumentError } from 'commander';
import { type Paper, type PrintSheet, paperOf, sheetPixels } from '../../output/paper.ts';
import { optionAdder, refuse, toNumber } from './options.ts';

/** What a map is printed on, as the command line says it. Lengths are millimetres. */
export interface PrintOptions {
  readonly paper: Paper;
  readonly landscape?: true;
  readonly dpi: number;
  readonly bleed: number;
  readonly margin: number;
  readonly split?: Paper;
}

/** Pixels of coordinates are exact to 1/64 up to this side. */
const largestSide = 200_000;

export function addPrintOptions(command: Command): Command {
  const add = optionAdder(command, 'Paper:');
  add('--paper <size>', 'A0 to A5, letter, tabloid, or a size such as 500x700mm', toPaper, paperOf('A4'));
  add('--landscape', 'the longer side across');
  add('--dpi <number>', 'pixels an inch, 36 to 2400', within(36, 2400), 300);
  add('--bleed <mm>', 'what is printed beyond each edge and cut off, with crop marks, 0 to 500', within(0, 500), 0);
  add('--margin <mm>', 'what text and map keep from each edge; the relief runs on, 0 to 500', within(0, 500), 10);
  add('--split <size>', 'PDF: put together from pages of this size, which overlap by 10 mm, with marks', toPaper);
  return command;
}

/** The sheet that was asked for. @throws UsageError where nothing is left of it between the margins. */
export function sheetOf({ paper, landscape, dpi, bleed, margin }: PrintOptions): PrintSheet {
  const [short, long] = [Math.min(paper.width, paper.height), Math.max(paper.width, paper.height)];
  if (short - 2 * margin < 10) refuse(`A margin of ${margin} mm leaves nothing of a sheet ${short} mm wide.`);
  const sheet = { paper: landscape ? { width: long, height: short } : paper, bleed, margin, dpi };
  const { width, height } = sheetPixels(sheet);
  if (Math.max(width, height) > largestSide) {
    refuse(
      `This sheet has ${width} × ${height} pixels, but ${largestSide} a side are the most: print it with fewer --dpi.`,
    );
  }
  return sheet;
}

function toPaper(text: string): Paper {
  try {
    return paperOf(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

function within(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = toNumber(text);
    if (value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Expected a number from ${low} to ${high}.`);
  };
}
