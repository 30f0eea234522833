import fc from 'fast-check';
import type { Column, Columns, Role } from '../../engine/graph/columns.ts';
import { type PackedGraph, pack } from '../../engine/graph/packed-graph.ts';

/** Strings that formats trip over: markup, quotes, delimiters, prototype names, astral and right-to-left characters. */
const awkward = [
  '',
  'constructor',
  '__proto__',
  'toString',
  '<node id="x"/>',
  '&amp;',
  '&',
  ']]>',
  '"',
  "'",
  '""',
  'a,b',
  'a;b',
  'a\tb',
  ' lead',
  'trail ',
  'two\nlines',
  '\r',
  '\r\n',
  '\\',
  '{}',
  '[1]',
  '#',
  '%',
  'NaN',
  '007',
  '1e5',
  'true',
  '日本',
  '😀',
  'שלום',
  '\u202e',
  '\u0085',
  '\u2028',
  '\ufeff',
];

/** Text that XML can hold. */
export const xmlText = fc.oneof(
  fc.constantFrom(...awkward),
  fc
    .string({ unit: 'binary', maxLength: 8 })
    .map((text) => text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')),
);
/** Any text that UTF-8 can hold. */
export const anyText = fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'binary', maxLength: 8 }));

const anyNumber = fc.double({ noNaN: true });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const integer = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

interface Shape {
  readonly name: string;
  readonly kind: Column['kind'];
  readonly type: string;
  readonly role?: Role;
  readonly value?: fc.Arbitrary<number>;
}

const nodeRoles: readonly Shape[] = [
  { name: 'label', kind: 'string', type: 'string', role: 'label' },
  { name: 'viz:x', kind: 'number', type: 'float', role: 'x', value: finite },
  { name: 'viz:y', kind: 'number', type: 'float', role: 'y', value: finite },
  { name: 'viz:z', kind: 'number', type: 'float', role: 'z', value: finite },
  { name: 'viz:size', kind: 'number', type: 'float', role: 'size', value: finite },
  { name: 'viz:color', kind: 'color', type: 'string', role: 'color' },
  { name: 'viz:shape', kind: 'string', type: 'string', role: 'shape' },
  { name: 'parent', kind: 'string', type: 'string', role: 'parent' },
];
const edgeRoles: readonly Shape[] = [
  { name: 'id', kind: 'string', type: 'string', role: 'id' },
  { name: 'label', kind: 'string', type: 'string', role: 'label' },
  { name: 'weight', kind: 'number', type: 'double', role: 'weight', value: finite },
  { name: 'viz:thickness', kind: 'number', type: 'float', role: 'size', value: finite },
  { name: 'viz:color', kind: 'color', type: 'string', role: 'color' },
  { name: 'kind', kind: 'string', type: 'string', role: 'kind' },
];
const attributes: readonly Shape[] = [
  { name: 'a0', kind: 'number', type: 'integer', value: integer },
  { name: 'a1', kind: 'number', type: 'double', value: anyNumber },
  { name: 'a2', kind: 'string', type: 'string' },
  { name: 'a3', kind: 'boolean', type: 'boolean' },
  { name: '__proto__', kind: 'string', type: 'string' },
  { name: 'a "quoted" <name>', kind: 'number', type: 'double', value: finite },
];

/** A column with at least one value in each row or none, or with gaps; never all gaps, which no format tells from no column. */
function columnOf(shape: Shape, rows: number, text: fc.Arbitrary<string>): fc.Arbitrary<Column> {
  const gaps = fc.oneof(fc.constant(undefined), fc.array(fc.constantFrom(0, 1), { minLength: rows, maxLength: rows }));
  const base = {
    name: shape.name,
    title: shape.role === undefined ? shape.name : titleOf(shape),
    type: shape.type,
    ...(shape.role === undefined ? {} : { role: shape.role }),
  };
  const list = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: rows, maxLength: rows });
  const values: fc.Arbitrary<Column> =
    shape.kind === 'number'
      ? list(shape.value!).map((all) => ({ ...base, kind: 'number', values: Float64Array.from(all) }))
      : shape.kind === 'boolean'
        ? list(fc.constantFrom(0, 1)).map((all) => ({ ...base, kind: 'boolean', values: Uint8Array.from(all) }))
        : shape.kind === 'color'
          ? list(fc.integer({ min: 0, max: 0xffffffff })).map((all) => ({
              ...base,
              kind: 'color',
              values: Uint32Array.from(all),
            }))
          : list(text).map((all) => ({ ...base, kind: 'string', values: all }));
  return fc.tuple(values, gaps).map(([column, missing]) => withGaps(column, missing));
}

function titleOf({ name }: Shape): string {
  return name.replace('viz:', '');
}

function withGaps(column: Column, gaps: readonly number[] | undefined): Column {
  if (gaps === undefined || !gaps.includes(1) || !gaps.includes(0)) return column;
  const missing = Uint8Array.from(gaps);
  const blank = <T>(values: Iterable<T>, none: T): T[] =>
    Array.from(values, (value, row) => (missing[row] === 1 ? none : value));
  switch (column.kind) {
    case 'number':
      return { ...column, missing, values: Float64Array.from(blank(column.values, Number.NaN)) };
    case 'string':
      return { ...column, missing, values: blank(column.values, '') };
    case 'boolean':
      return { ...column, missing, values: Uint8Array.from(blank(column.values, 0)) };
    case 'color':
      return { ...column, missing, values: Uint32Array.from(blank(column.values, 0)) };
  }
}

function tableOf(shapes: readonly Shape[], rows: number, text: fc.Arbitrary<string>): fc.Arbitrary<Columns> {
  if (rows === 0) return fc.constant([]);
  return fc.subarray([...shapes]).chain((chosen) => fc.tuple(...chosen.map((shape) => columnOf(shape, rows, text))));
}

/** Graphs with hostile ids and labels, every kind of column, gaps, loops, parallel edges and all directions. */
export function graphWith(text: fc.Arbitrary<string>): fc.Arbitrary<PackedGraph> {
  return fc
    .record({
      ids: fc.uniqueArray(text, { minLength: 1, maxLength: 6 }),
      edgeType: fc.constantFrom('directed' as const, 'undirected' as const, 'mixed' as const),
      ends: fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 6 }),
      meta: fc.dictionary(
        fc.constantFrom('creator', 'description', 'title'),
        text.filter((value) => value !== ''),
      ),
    })
    .chain(({ ids, edgeType, ends, meta }) => {
      const edges = Uint32Array.from(ends.flat(), (end) => end % ids.length);
      const isMixed = edgeType === 'mixed' && ends.length > 1;
      const directed: Column = {
        name: 'directed',
        title: 'directed',
        type: 'boolean',
        role: 'directed',
        kind: 'boolean',
        values: Uint8Array.from(ends, (_, row) => (row === 0 ? 1 : 0)),
      };
      return fc
        .tuple(
          tableOf([...nodeRoles, ...attributes], ids.length, text),
          tableOf([...edgeRoles, ...attributes], ends.length, text),
        )
        .map(([nodes, edgeColumns]) =>
          pack({
            ids,
            edges,
            edgeType: isMixed ? 'mixed' : edgeType === 'mixed' ? 'undirected' : edgeType,
            nodes,
            edgeColumns: isMixed ? [...edgeColumns, directed] : edgeColumns,
            attributes: meta,
          }),
        );
    });
}
