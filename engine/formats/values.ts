const numberText = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const infinities = new Map([
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['infinity', Infinity],
  ['+infinity', Infinity],
  ['-infinity', -Infinity],
  ['nan', Number.NaN],
]);

/** A decimal number, an infinity or NaN in the spellings of Java, Python and XML Schema; undefined where the text is none of them. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (numberText.test(trimmed)) return Number(trimmed);
  return infinities.get(trimmed.toLowerCase());
}

/**
 * A number with a decimal comma, as programs write it that format numbers in the user's language; undefined for all
 * else, also for `1,234`, which may be a thousand and some.
 */
export function parseDecimalComma(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?\d+,\d+(?:e[+-]?\d+)?$/i.test(trimmed) || /^[+-]?[1-9]\d{0,2},\d{3}$/.test(trimmed)) return undefined;
  return Number(trimmed.replace(',', '.'));
}

/** True where a number loses none of the digits that its text has, unlike many integers beyond 2^53. */
export function keepsDigits(text: string, value: number): boolean {
  const trimmed = text.trim();
  return Number.isSafeInteger(value) || !/^[+-]?\d{16,}$/.test(trimmed) || String(value) === trimmed;
}

/** The names that DOT and Pajek files use most; CSS's values. */
const namedColors = new Map(
  Object.entries({
    black: 0x000000ff,
    blue: 0x0000ffff,
    brown: 0xa52a2aff,
    cyan: 0x00ffffff,
    gold: 0xffd700ff,
    gray: 0x808080ff,
    green: 0x008000ff,
    grey: 0x808080ff,
    lightblue: 0xadd8e6ff,
    lightgray: 0xd3d3d3ff,
    lightgreen: 0x90ee90ff,
    lightgrey: 0xd3d3d3ff,
    magenta: 0xff00ffff,
    maroon: 0x800000ff,
    navy: 0x000080ff,
    orange: 0xffa500ff,
    pink: 0xffc0cbff,
    purple: 0x800080ff,
    red: 0xff0000ff,
    violet: 0xee82eeff,
    white: 0xffffffff,
    yellow: 0xffff00ff,
  }),
);

/** `true`, `false`, `1` or `0` in any case; undefined for all else. */
export function parseBoolean(text: string): boolean | undefined {
  switch (text.trim().toLowerCase()) {
    case 'true':
    case '1':
      return true;
    case 'false':
    case '0':
      return false;
    default:
      return undefined;
  }
}

/** Packs channels of 0 to 255 as 0xRRGGBBAA. */
export function packColor(red: number, green: number, blue: number, alpha = 255): number {
  return ((red << 24) | (green << 16) | (blue << 8) | alpha) >>> 0;
}

/** `#rgb`, `#rrggbb`, `#rrggbbaa` (the # may be missing from the longer two), `rgb(…)`, `rgba(…)` or a common name as 0xRRGGBBAA; undefined for all else. */
export function parseColor(text: string): number | undefined {
  const trimmed = text.trim();
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(trimmed);
  if (short) return parseColor('#' + short[1].repeat(2) + short[2].repeat(2) + short[3].repeat(2));
  const long = /^#?([\da-f]{6})([\da-f]{2})?$/i.exec(trimmed);
  if (long) return Number.parseInt(long[1] + (long[2] ?? 'ff'), 16);
  const channels = /^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*(\d*\.?\d+)\s*)?\)$/i.exec(trimmed);
  if (!channels) return namedColors.get(trimmed.toLowerCase());
  const [red, green, blue] = channels.slice(1, 4).map((channel) => Math.min(255, Number(channel)));
  return packColor(red, green, blue, Math.round(Math.min(1, Number(channels[4] ?? 1)) * 255));
}

/** `#rrggbb`, with the alpha only where the colour is not opaque. */
export function formatColor(color: number): string {
  const hex = color.toString(16).padStart(8, '0');
  return '#' + (hex.endsWith('ff') ? hex.slice(0, 6) : hex);
}
