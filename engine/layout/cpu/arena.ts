const kinds = { float64: Float64Array, float32: Float32Array, uint32: Uint32Array, int32: Int32Array } as const;

/** The kind of a table's numbers, and how many there are. */
export type Table = readonly [kind: keyof typeof kinds, length: number];

/** A typed array a table. */
export type Views<Tables extends Readonly<Record<string, Table>>> = {
  readonly [Name in keyof Tables]: InstanceType<(typeof kinds)[Tables[Name][0]]>;
};

/** A cache line in bytes: every table begins on one, so that threads do not share lines of different tables. */
const line = 64;

/** Bytes of zeros at least that follow a table, so that what is taken in vectors may end within one. */
const margin = 16;

/** Bytes that the tables take together. */
export function bytesOf(tables: Readonly<Record<string, Table>>): number {
  return Object.values(tables).reduce((sum, [kind, length]) => sum + roomOf(kind, length), 0);
}

/** The tables one after the other in a buffer; the same tables lie in the same places in every thread. */
export function viewsOf<Tables extends Readonly<Record<string, Table>>>(
  tables: Tables,
  buffer: ArrayBufferLike,
  start = 0,
): Views<Tables> {
  let at = start;
  const views = Object.entries(tables).map(([name, [kind, length]]) => {
    const view = new kinds[kind](buffer as ArrayBuffer, at, length);
    at += roomOf(kind, length);
    return [name, view];
  });
  return Object.fromEntries(views) as Views<Tables>;
}

function roomOf(kind: Table[0], length: number): number {
  return Math.ceil((length * kinds[kind].BYTES_PER_ELEMENT + margin) / line) * line;
}
