import type { Box } from '../base/box.ts';
import type { GraphMap } from '../map/graph-map.ts';
import type { View } from '../map/view.ts';
import { layOutLegend, legendRoom } from '../render/legend-block.ts';
import { headingSpace } from '../render/place-heading.ts';
import type { CropMark } from './crop-marks.ts';
import { type Drawing, type DrawingOptions, type OpenDrawing, openDrawing } from './drawing.ts';
import type { MissingScript } from './glyphs.ts';
import type { Layers } from './layers.ts';
import { markElements } from './overlay.ts';
import { insetOf, type Paper, type PrintSheet, viewOnPaper } from './paper.ts';
import { headingOn, mapOnPaper } from './typography.ts';

/** How a map is printed. */
export interface PrintOptions {
  /** Draws the legend in the emptiest corner (default true). */
  readonly legend?: boolean | undefined;
  /** The most labels (default: as many as the paper has room for, 4,000 a square metre). */
  readonly labels?: number | undefined;
  /** Hears how much of the picture is drawn, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Hears of scripts that no font here has, before anything is drawn. */
  readonly onMissing?: ((missing: readonly MissingScript[]) => void) | undefined;
  /** Who draws (default: a canvas of this page). */
  readonly open?: OpenDrawing | undefined;
}

/** A map in its paper's type, where it lies on the sheet, and how it is drawn. */
export interface Print {
  readonly map: GraphMap;
  readonly view: View;
  readonly drawing: DrawingOptions;
}

/** Sets a map on paper: below its title, and clear of the legend. */
export function setOnPaper(made: GraphMap, sheet: PrintSheet, { legend = true, labels }: PrintOptions): Print {
  const heading = made.title === '' ? 0 : headingOn(sheet.paper);
  const { width, height } = printedPaper(sheet);
  const isCompact = Math.min(width, height) < roomyPaper;
  const drawing: Blocks = { legend: legend && isCompact ? 'compact' : legend, inset: insetOf(sheet), heading };
  const view = viewWithBlocks(made, sheet, drawing);
  const map = mapOnPaper(made, view, sheet.paper, labels === undefined ? {} : { count: labels });
  return { map, view, drawing };
}

/** The shorter side of paper on which a whole legend has room, millimetres. */
const roomyPaper = 140;
/** A map that has no free corner for its legend may become so much smaller to leave it one. */
const mostShrunk = 2;
/** The mean width of a letter in font sizes, rather too wide: whoever decides on the view need not have fonts at hand. */
const letterWidth = 0.6;

function viewWithBlocks(map: GraphMap, sheet: PrintSheet, { legend, inset, heading }: Blocks): View {
  const above = heading * headingSpace;
  const view = viewOnPaper(map.sheet, sheet, { above });
  if (!legend) return view;
  const box = { minX: 0, minY: 0, maxX: view.width, maxY: inset + above };
  const layout = layOutLegend(
    map,
    view,
    { inset, heading: heading > 0 ? box : undefined, isCompact: legend === 'compact' },
    (text, size) => letterWidth * size * text.length,
  );
  if (layout.covered === 0) return view;
  const { width, height } = legendRoom(layout);
  const beside = viewOnPaper(map.sheet, sheet, { above, left: width });
  const over = viewOnPaper(map.sheet, sheet, { above, below: height });
  const best = over.unitsPerPixel <= beside.unitsPerPixel ? over : beside;
  return best.unitsPerPixel <= mostShrunk * view.unitsPerPixel ? best : view;
}

interface Blocks {
  readonly legend: boolean | 'compact';
  readonly inset: number;
  readonly heading: number;
}

/** Uses a drawing of these layers for as long as pieces of it are asked for. */
export async function* drawPrint<Piece>(
  { map, view, drawing }: Print,
  layers: Layers,
  { open = openDrawing }: PrintOptions,
  use: (drawing: Drawing) => AsyncIterable<Piece>,
): AsyncGenerator<Piece> {
  const opened = await open(map, view, { ...drawing, layers });
  try {
    yield* use(opened);
  } finally {
    // Where the drawing has failed it cannot be closed either, and its own error is the one to hear of.
    await opened.close().catch(() => undefined);
  }
}

/** Boxes in millimetres of the sheet as CSS pixels of its drawing. */
export function scaledBox({ minX, minY, maxX, maxY }: Box, scale: number): Box {
  return { minX: minX * scale, minY: minY * scale, maxX: maxX * scale, maxY: maxY * scale };
}

/** The whole of a printed sheet, bleed included, millimetres. */
export function printedPaper({ paper, bleed }: PrintSheet): Paper {
  return { width: paper.width + 2 * bleed, height: paper.height + 2 * bleed };
}

/** Marks in CSS pixels of a drawing, of which a millimetre has so many. */
export function markGroup(marks: readonly CropMark[], perMillimetre: number): string {
  return marks.length === 0 ? '' : `<g transform="scale(${perMillimetre})">\n${markElements(marks)}</g>\n`;
}
