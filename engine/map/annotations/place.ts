import { type Box, boxOf } from '../../base/box.ts';
import { type BoxIndex, createBoxIndex, lineOf } from '../labels.ts';
import { toPixel, type View } from '../view.ts';
import { type Annotation, type AnnotationKind, linesOf, type Place, placesOf } from './annotation.ts';

/** A piece of text about its middle, CSS pixels; the angle is clockwise from the reading direction, radians. */
export interface Glyph {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/** The label of an annotation that has found its place. */
export interface PlacedName {
  readonly annotation: Annotation;
  readonly size: number;
  /** One glyph for a straight label; a glyph for each character of a label that follows its path. */
  readonly glyphs: readonly Glyph[];
}

export interface PlaceNamesInput {
  readonly annotations: readonly Annotation[];
  readonly view: View;
  /** CSS pixels a unit of font size and of line width has in this view. */
  readonly textScale: number;
  readonly lineScale: number;
  readonly measure: (text: string, size: number) => number;
  /** CSS pixels that no label may touch, such as the legend's place. */
  readonly keepOut: readonly Box[];
}

/** Font sizes in CSS pixels on a sheet 1,200 pixels wide. */
const sizes: Readonly<Record<AnnotationKind, number>> = { landmark: 15, bridge: 11.5, area: 17, border: 11 };

/** Half the length of a landmark's strokes, CSS pixels at scale 1. */
export const crossReach = 5;

/** Scripts whose letters join or run from the right: they are set as a whole, since single letters would lose their form. */
const joined =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}]/u;

/**
 * Gives the annotations' labels their places, in the order given: beside a cross, along a path, in the middle of an
 * area; none touches another, the keep-out boxes or the border. One that finds no place is left out. Crosses are kept
 * free, whether they have a label or not.
 *
 * @returns the labels, and the boxes that node labels have to leave free
 */
export function placeNames(input: PlaceNamesInput): { readonly names: PlacedName[]; readonly taken: readonly Box[] } {
  const { annotations, view, textScale, lineScale, measure, keepOut } = input;
  const index = createBoxIndex(view.width, view.height);
  const taken: Box[] = [];
  const take = (box: Box): void => {
    taken.push(box);
    index.add(box.minX, box.minY, box.maxX, box.maxY);
  };
  for (const box of keepOut) index.add(box.minX, box.minY, box.maxX, box.maxY);
  for (const { kind, shape } of annotations) {
    if (kind !== 'landmark' || shape.type !== 'Point') continue;
    const [x, y] = toPixel(view, ...shape.coordinates);
    const reach = crossReach * lineScale;
    take({ minX: x - reach, minY: y - reach, maxX: x + reach, maxY: y + reach });
  }
  const names: PlacedName[] = [];
  for (const annotation of annotations) {
    const text = lineOf(annotation.label);
    if (text === '') continue;
    const size = sizes[annotation.kind] * textScale;
    const label = { text, size, width: measure(text, size), measure };
    for (const glyphs of candidatesOf(annotation, label, view, lineScale)) {
      const boxes = boxesOf(glyphs, label);
      if (!boxes.every((box) => isFree(index, box))) continue;
      for (const box of boxes) take(box);
      names.push({ annotation, size, glyphs });
      break;
    }
  }
  return { names, taken };
}

interface Label {
  readonly text: string;
  readonly size: number;
  readonly width: number;
  readonly measure: (text: string, size: number) => number;
}

/** Places that a label may take, the best first. */
function* candidatesOf(
  { kind, shape }: Annotation,
  label: Label,
  view: View,
  lineScale: number,
): Generator<readonly Glyph[]> {
  const { text, size, width } = label;
  const straight = (x: number, y: number): readonly Glyph[] => [{ text, x, y, angle: 0 }];
  if (shape.type === 'Point') {
    const [x, y] = toPixel(view, ...shape.coordinates);
    if (kind === 'area') yield straight(x, y);
    const gap = crossReach * lineScale + size * 0.3;
    yield straight(x + gap + width / 2, y);
    yield straight(x - gap - width / 2, y);
    yield straight(x, y - gap - size * 0.5);
    yield straight(x, y + gap + size * 0.5);
    return;
  }
  if (kind === 'area') {
    const { minX, minY, maxX, maxY } = boxOf(
      Float32Array.from(
        placesOf(shape)
          .map(([x, y]) => toPixel(view, x, y))
          .filter(isSeen)
          .flat(),
      ),
    );
    yield straight((minX + maxX) / 2, (minY + maxY) / 2);
    yield straight((minX + maxX) / 2, minY - size * 0.7);
    yield straight((minX + maxX) / 2, maxY + size * 0.7);
    return;
  }
  const lines = linesOf(shape).map((line) => line.map(([x, y]) => toPixel(view, x, y)).filter(isSeen));
  const longest = lines.map((line) => ({ line, length: lengthOf(line) })).sort((a, b) => b.length - a.length)[0];
  for (const share of [0.5, 0.35, 0.65, 0.22, 0.78]) {
    for (const side of [1, -1]) {
      const glyphs = along(longest.line, longest.length * share, side * (size * 0.62 + 3 * lineScale), label);
      if (glyphs !== undefined) yield glyphs;
    }
  }
}

/**
 * The label along a path, its middle `middle` pixels from the path's start and `rise` pixels above it, turned so that it
 * reads from left to right; undefined where the path is too short or bends too sharply.
 */
function along(
  path: readonly Place[],
  middle: number,
  rise: number,
  { text, size, width, measure }: Label,
): readonly Glyph[] | undefined {
  const length = lengthOf(path);
  const start = middle - width / 2;
  if (start < 0 || start + width > length) return undefined;
  const first = pointAt(path, start);
  const last = pointAt(path, start + width);
  const isForward = last.x >= first.x;
  const chord = Math.atan2(last.y - first.y, last.x - first.x);
  const at = (distance: number): Glyph => {
    const point = pointAt(path, isForward ? start + distance : start + width - distance);
    const angle = isForward ? point.angle : turned(point.angle);
    return { text, x: point.x + rise * Math.sin(angle), y: point.y - rise * Math.cos(angle), angle };
  };
  if (joined.test(text)) return [{ ...at(width / 2), angle: isForward ? chord : turned(chord) }];
  const glyphs: Glyph[] = [];
  let distance = 0;
  let gap = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const advance = measure(segment, size);
    const glyph = { ...at(distance + advance / 2), text: segment };
    const before = glyphs.at(-1);
    if (before !== undefined && isSqueezed(before, glyph, gap + advance / 2)) return undefined;
    glyphs.push(glyph);
    distance += advance;
    gap = advance / 2;
  }
  return glyphs;
}

/** True where a bend turns or crowds two neighbours so much that the word falls apart; `step` is their distance on a line. */
function isSqueezed(a: Glyph, b: Glyph, step: number): boolean {
  return Math.cos(b.angle - a.angle) < 0.9 || Math.hypot(b.x - a.x, b.y - a.y) < 0.82 * step;
}

function pointAt(path: readonly Place[], distance: number): { x: number; y: number; angle: number } {
  let left = distance;
  for (let k = 0; ; k++) {
    const [ax, ay] = path[k];
    const [bx, by] = path[k + 1];
    const length = Math.hypot(bx - ax, by - ay);
    if ((left <= length && length > 0) || k + 2 === path.length) {
      const share = length > 0 ? left / length : 0;
      return { x: ax + share * (bx - ax), y: ay + share * (by - ay), angle: Math.atan2(by - ay, bx - ax) };
    }
    left -= length;
  }
}

/** The opposite direction, from −π to π. */
function turned(angle: number): number {
  return angle > 0 ? angle - Math.PI : angle + Math.PI;
}

function lengthOf(path: readonly Place[]): number {
  return path.reduce((sum, [x, y], k) => (k === 0 ? 0 : sum + Math.hypot(x - path[k - 1][0], y - path[k - 1][1])), 0);
}

/** The boxes that glyphs cover. */
function boxesOf(glyphs: readonly Glyph[], { size, measure }: Label): readonly Box[] {
  return glyphs.map(({ text, x, y, angle }) => {
    const halfWidth = measure(text, size) / 2 + 1;
    const halfHeight = size * 0.58;
    const across = Math.abs(halfWidth * Math.cos(angle)) + Math.abs(halfHeight * Math.sin(angle));
    const down = Math.abs(halfWidth * Math.sin(angle)) + Math.abs(halfHeight * Math.cos(angle));
    return { minX: x - across, minY: y - down, maxX: x + across, maxY: y + down };
  });
}

/** False for what lies behind the eye of a tilted view. */
function isSeen([x]: Place): boolean {
  return !Number.isNaN(x);
}

function isFree(index: BoxIndex, { minX, minY, maxX, maxY }: Box): boolean {
  return index.isFree(minX, minY, maxX, maxY);
}
