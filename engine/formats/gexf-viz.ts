import { counted, type Report, were } from './report.ts';
import type { TableBuilder } from './table-builder.ts';
import { packColor, parseColor, parseDecimalComma, parseNumber } from './values.ts';
import type { Attributes } from './xml.ts';

/** Takes an element of GEXF's viz module (color, position, size, thickness, shape) for a node or edge. */
export function takeViz(
  report: Report,
  table: TableBuilder,
  row: number,
  name: string,
  attributes: Attributes,
  line: number,
): void {
  const takeNumber = (role: 'x' | 'y' | 'z' | 'size', text: string | undefined): void => {
    if (text === undefined) return;
    const value = parseNumber(text) ?? parseDecimalComma(text);
    if (value !== undefined && Number.isFinite(value)) table.role(role).setNumber(row, value);
    else report.warn(`bad ${role}`, line, (count) => badNumbers(role, count));
  };
  switch (name) {
    case 'color': {
      const color = colorOf(attributes);
      if (color === undefined) report.warn('bad color', line, badColors);
      else table.role('color').setColor(row, color);
      return;
    }
    case 'position':
      if (table.table === 'edge') return;
      takeNumber('x', attributes.x);
      takeNumber('y', attributes.y);
      takeNumber('z', attributes.z);
      return;
    case 'shape':
      if (attributes.value !== undefined) table.role('shape').setString(row, attributes.value);
      if (attributes.uri !== undefined) report.warn('uri', line, ignoredImages);
      return;
    default:
      takeNumber('size', attributes.value);
  }
}

/** `r`, `g`, `b` from 0 to 255, or `hex` (1.3), with `a` from 0 to 1; out of range they are clamped. */
function colorOf({ hex, r, g, b, a }: Attributes): number | undefined {
  const opacity = a === undefined ? 1 : Number(a);
  const base = hex === undefined ? channelsOf([r, g, b]) : parseColor(hex);
  if (base === undefined || Number.isNaN(opacity)) return undefined;
  if (a === undefined) return base;
  return ((base & ~255) | Math.round(Math.min(1, Math.max(0, opacity)) * 255)) >>> 0;
}

function channelsOf(texts: readonly (string | undefined)[]): number | undefined {
  const [red, green, blue] = texts.map((text) => Math.round(Math.min(255, Math.max(0, Number(text ?? Number.NaN)))));
  return Number.isNaN(red + green + blue) ? undefined : packColor(red, green, blue);
}

function badNumbers(role: string, count: number): string {
  return `${counted(count, 'value')} of ${role} that ${were(count)} not a finite number ${were(count)} ignored.`;
}

function badColors(count: number): string {
  return `${counted(count, 'unreadable colour')} ${were(count)} ignored; expected r, g and b from 0 to 255, or hex.`;
}

function ignoredImages(count: number): string {
  return `${counted(count, 'image address', 'image addresses')} ${were(count)} ignored.`;
}
