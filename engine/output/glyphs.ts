import { contextOf } from '../render/canvas-context.ts';

/** A script whose characters no font on this machine has. */
export interface MissingScript {
  /** Its Unicode name, such as `Han`. */
  readonly script: string;
  /** Texts that would show empty boxes. */
  readonly texts: number;
}

const scripts = [
  ...['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Georgian', 'Hebrew', 'Arabic', 'Syriac', 'Thaana', 'Ethiopic'],
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'],
  ...['Thai', 'Lao', 'Tibetan', 'Myanmar', 'Khmer', 'Mongolian', 'Cherokee'],
  ...['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo', 'Yi'],
];
const patterns = scripts.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const);

/**
 * The scripts of texts for which the browser has no glyphs: it then draws the box of its first font, the same for all
 * characters. Runs where there is a canvas.
 */
export function scriptsWithoutGlyphs(texts: readonly string[], font: string): MissingScript[] {
  const look = createLook(font);
  const box = look('\u{10ffff}');
  const isMissing = new Map<string, boolean>();
  const found = new Map<string, number>();
  for (const text of texts) {
    const missing = new Set<string>();
    for (const character of text) {
      if (character <= '\u02ff' || !/\p{L}|\p{So}/u.test(character)) continue;
      const lacks = isMissing.get(character) ?? look(character) === box;
      isMissing.set(character, lacks);
      if (lacks) missing.add(patterns.find(([, pattern]) => pattern.test(character))?.[0] ?? 'other symbols');
    }
    for (const script of missing) found.set(script, (found.get(script) ?? 0) + 1);
  }
  return [...found].map(([script, count]) => ({ script, texts: count })).sort((a, b) => b.texts - a.texts);
}

/** What a character looks like, as a text to compare. */
function createLook(font: string): (character: string) => string {
  const side = 24;
  const canvas = new OffscreenCanvas(2 * side, 2 * side);
  const context = contextOf(canvas);
  context.font = `${side}px ${font}`;
  context.textBaseline = 'middle';
  return (character) => {
    context.clearRect(0, 0, 2 * side, 2 * side);
    context.fillText(character, 4, side);
    return context.getImageData(0, 0, 2 * side, 2 * side).data.join(',');
  };
}
