import { counted, type Report } from './report.ts';

/** Turns bytes to text, cut anywhere. */
export interface Decoder {
  decode(bytes: Uint8Array): string;
  end(): string;
}

/** First bytes of files that people pass by mistake. */
const foreign: readonly (readonly [string, readonly number[]])[] = [
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', [0x47, 0x49, 0x46, 0x38]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
  ['a ZIP archive (or a Gephi project or spreadsheet)', [0x50, 0x4b, 0x03, 0x04]],
  ['a bzip2 archive', [0x42, 0x5a, 0x68]],
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['a Zstandard archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
];

/**
 * Chooses how to decode a file by its first bytes: byte-order mark, zero bytes (UTF-16 without a mark), an XML
 * declaration, else UTF-8. Bytes that are not UTF-8 are read as Windows-1252 and reported.
 *
 * @throws InputError where the bytes are no text.
 */
export function createDecoder(head: Uint8Array, report: Report): Decoder {
  for (const [what, magic] of foreign) {
    if (magic.every((byte, i) => head[i] === byte)) {
      throw report.error(undefined, `This is ${what}, not a graph file.`);
    }
  }
  const encoding = encodingOf(head);
  if (encoding === undefined)
    throw report.error(undefined, 'This is binary data; expected a graph file, which is text.');
  if (encoding === 'utf-8') return createUtf8Decoder(report);
  try {
    const decoder = new TextDecoder(encoding);
    return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
  } catch {
    throw report.error(1, `The encoding "${encoding}" is not known; expected UTF-8 or another encoding of the web.`);
  }
}

function encodingOf(head: Uint8Array): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe && !(head[2] === 0 && head[3] === 0)) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0) return 'utf-16le';
  if (head[0] === 0 && head[1] !== 0 && head[2] === 0 && head[3] !== 0) return 'utf-16be';
  if (head.subarray(0, 512).includes(0)) return undefined;
  const ascii = String.fromCharCode(...head.subarray(0, 256));
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(ascii)?.[1].toLowerCase() ?? 'utf-8';
  // A declaration that can be read as ASCII is not UTF-16, whatever it says.
  return /^(utf-?8|utf-?16.*|us-ascii|ucs-?2)$/.test(declared) ? 'utf-8' : declared;
}

function createUtf8Decoder(report: Report): Decoder {
  let decoder = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let held: Uint8Array = new Uint8Array(0);
  const decode = (bytes: Uint8Array, stream: boolean): string => {
    if (!isUtf8) return decoder.decode(bytes, { stream });
    const joined = held.length === 0 ? bytes : joinBytes([held, bytes]);
    // The start of a character that the next piece completes; kept here because a failed decoder has lost its own.
    const whole = stream ? joined.length - unfinishedLength(joined) : joined.length;
    held = joined.slice(whole);
    try {
      return decoder.decode(joined.subarray(0, whole), { stream: true });
    } catch {
      report.warn(
        'not-utf-8',
        undefined,
        (count) => `${counted(count, 'file')} is not UTF-8 and was read as Windows-1252.`,
      );
      isUtf8 = false;
      decoder = new TextDecoder('windows-1252');
      return decoder.decode(joined, { stream });
    }
  };
  return { decode: (bytes) => decode(bytes, true), end: () => decode(new Uint8Array(0), false) };
}

/** How many bytes at the end begin a UTF-8 character without ending it. */
function unfinishedLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/** The pieces in one array. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let length = 0;
  for (const piece of pieces) {
    joined.set(piece, length);
    length += piece.length;
  }
  return joined;
}
