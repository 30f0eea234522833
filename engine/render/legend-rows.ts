import type { GraphMap } from '../map/graph-map.ts';
import type { Legend } from '../map/legend.ts';
import type { Color } from '../map/palettes.ts';

/** A row of the legend: how high it is, and how it draws itself from its top left. All in legend units. */
export interface Row {
  readonly height: number;
  readonly width: number;
  draw(pen: Pen, x: number, y: number): void;
}

/** What rows are drawn with, on a canvas or as vectors. Text stands on the middle of its line, from x to the right. */
export interface Pen {
  text(text: string, x: number, y: number, size: number, opacity?: number, strong?: boolean): void;
  disc(x: number, y: number, radius: number, color: Color): void;
  /** A line along points x, y, x, y, … */
  line(points: readonly number[], color: Color, opacity: number, width: number): void;
  /** A bar in which the colours follow each other from left to right. */
  ramp(x: number, y: number, width: number, height: number, colors: readonly Color[]): void;
}

const textWidth = 216;

/** The width of a text at a font size. */
export type Measure = (text: string, size: number, strong?: boolean) => number;

/** The legend as rows from top to bottom. `nodeScale` is legend units per unit of radius. */
export function legendRows(
  map: GraphMap,
  legend: Legend,
  unitsPerLegendUnit: number,
  nodeScale: number,
  measure: Measure,
): Row[] {
  const rows: Row[] = [];
  const lines = (text: string, size: number, opacity: number, strong = false): void => {
    for (const line of wrap(text, size, (part, at) => measure(part, at, strong)))
      rows.push(textRow(line, size, opacity, measure, strong));
  };
  const heading = (text: string): void => {
    rows.push(space(7));
    lines(text, 9.5, 0.62);
  };
  if (legend.title !== '') lines(legend.title, 15, 1, true);
  lines(legend.counts, 10.5, 0.75);
  if (legend.sizes !== undefined) {
    heading(`Size: ${legend.sizes.title}`);
    rows.push(sizesRow(legend.sizes.circles, map.palette.node, nodeScale, measure));
  }
  if (legend.colors?.kind === 'categories') {
    heading(`Colour: ${legend.colors.title}`);
    for (const { label, color, count } of legend.colors.entries) rows.push(swatchRow(label, color, count, measure));
    if (legend.colors.others > 0) lines(`and ${legend.colors.others} more; colours repeat far apart`, 9.5, 0.62);
  } else if (legend.colors?.kind === 'scale') {
    heading(`Colour: ${legend.colors.title}`);
    rows.push(rampRow(legend.colors.colors, legend.colors.low, legend.colors.high, measure));
  }
  if (legend.edges !== undefined) {
    rows.push(space(7), lineRow(legend.edges.nonlocal, map.palette.bridge, 0.9, measure));
    rows.push(lineRow(legend.edges.local, map.palette.local, 0.3, measure));
  }
  for (const { kind, text } of legend.annotations ?? []) {
    rows.push(lineRow(text, map.palette.annotations[kind], 1, measure, kind === 'bridge' ? 3.4 : 1.6));
  }
  if (legend.relief !== undefined) lines(legend.relief, 9.5, 0.8);
  if (legend.delta !== undefined) {
    rows.push(
      space(7),
      barRow(legend.delta / unitsPerLegendUnit, 'near: most links, few chance pairs', map.palette.label, measure),
    );
  }
  if (legend.notes.length > 0) rows.push(space(7));
  for (const note of legend.notes) lines(note, 8.5, 0.62);
  return rows;
}

function space(height: number): Row {
  return { height, width: 0, draw: () => {} };
}

function textRow(text: string, size: number, opacity: number, measure: Measure, strong: boolean): Row {
  const height = size * 1.35;
  return {
    height,
    width: measure(text, size, strong),
    draw: (pen, x, y) => pen.text(text, x, y + height / 2, size, opacity, strong),
  };
}

function sizesRow(
  circles: readonly { value: string; radius: number }[],
  color: Color,
  nodeScale: number,
  measure: Measure,
): Row {
  const height = Math.max(14, 2 * circles[circles.length - 1].radius * nodeScale + 4);
  const steps = circles.map(({ value, radius }) => 2 * radius * nodeScale + measure(value, 10) + 20);
  return {
    height,
    width: steps.reduce((sum, step) => sum + step, 0),
    draw(pen, x, y) {
      circles.forEach(({ value, radius }, i) => {
        const r = Math.max(0.5, radius * nodeScale);
        pen.disc(x + r, y + height / 2, r, color);
        pen.text(value, x + 2 * r + 5, y + height / 2, 10, 0.85);
        x += steps[i];
      });
    },
  };
}

function swatchRow(label: string, color: number, count: number, measure: Measure): Row {
  const amount = new Intl.NumberFormat('en').format(count);
  const name = fitText(label, 10, textWidth - 24 - measure(amount, 9.5), measure);
  return {
    height: 14,
    width: 14 + measure(name, 10) + 8 + measure(amount, 9.5),
    draw(pen, x, y) {
      pen.disc(x + 4, y + 7, 4, color);
      pen.text(name, x + 14, y + 7, 10, 0.95);
      pen.text(amount, x + 14 + measure(name, 10) + 8, y + 7, 9.5, 0.55);
    },
  };
}

function rampRow(colors: readonly number[], low: string, high: string, measure: Measure): Row {
  const length = 96;
  return {
    height: 14,
    width: measure(low, 9.5) + length + 12 + measure(high, 9.5),
    draw(pen, x, y) {
      pen.text(low, x, y + 7, 9.5, 0.85);
      const left = x + measure(low, 9.5) + 6;
      pen.ramp(left, y + 3, length, 8, colors);
      pen.text(high, left + length + 6, y + 7, 9.5, 0.85);
    },
  };
}

function lineRow(label: string, color: Color, opacity: number, measure: Measure, width = 1.2): Row {
  return {
    height: 14,
    width: 28 + measure(label, 9.5),
    draw(pen, x, y) {
      pen.line([x, y + 7, x + 22, y + 7], color, opacity, width);
      pen.text(label, x + 28, y + 7, 9.5, 0.85);
    },
  };
}

function barRow(length: number, label: string, color: Color, measure: Measure): Row {
  const shown = Math.min(length, textWidth);
  const name = `Δ  ${label}`;
  return {
    height: 24,
    width: Math.max(shown, measure(name, 9.5)),
    draw(pen, x, y) {
      const end = x + shown;
      pen.line([x + 0.5, y + 1, x + 0.5, y + 7, x + 0.5, y + 4, end, y + 4, end, y + 1, end, y + 7], color, 0.8, 1);
      pen.text(name, x, y + 16, 9.5, 0.85);
    },
  };
}

function wrap(text: string, size: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer, size) > textWidth) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((one) => fitText(one, size, textWidth, measure));
}

/** A text, its end replaced by … where it is wider than `width`. */
export function fitText(text: string, size: number, width: number, measure: Measure): string {
  if (measure(text, size) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && measure(characters.join('') + '…', size) > width) characters.pop();
  return characters.join('') + '…';
}
