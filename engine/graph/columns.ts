/**
 * What a column means to us, whatever the file called it. At most one column of a table has a given role.
 * Node roles: label, x, y, z, size, color, shape, parent, start, end.
 * Edge roles: id, label, weight, size (thickness), color, shape, directed (only where a graph mixes both), kind, start, end.
 */
export type Role =
  | 'id'
  | 'label'
  | 'x'
  | 'y'
  | 'z'
  | 'size'
  | 'color'
  | 'shape'
  | 'parent'
  | 'weight'
  | 'directed'
  | 'kind'
  | 'start'
  | 'end';

interface ColumnBase {
  /** Unique in its table; a GEXF or GraphML attribute's id. */
  readonly name: string;
  /** What a reader sees; the name where the file gives no title. */
  readonly title: string;
  /** The type that the file declared, in GEXF's words: integer, long, float, double, boolean, string, liststring, anyURI, date, … */
  readonly type: string;
  readonly role?: Role | undefined;
  /** The default that the file declared, as text; already applied to `values`. */
  readonly default?: string | undefined;
  /** 1 where a row has no value; undefined where every row has one. */
  readonly missing?: Uint8Array | undefined;
}

/** One value a row; NaN where missing. Integers beyond 2^53 are kept as text instead, so that no digit is lost. */
export interface NumberColumn extends ColumnBase {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** One string a row; '' where missing. */
export interface StringColumn extends ColumnBase {
  readonly kind: 'string';
  readonly values: readonly string[];
}

/** One value a row, 0 or 1; 0 where missing. */
export interface BooleanColumn extends ColumnBase {
  readonly kind: 'boolean';
  readonly values: Uint8Array;
}

/** One colour a row as 0xRRGGBBAA, sRGB, straight alpha; 0 where missing. */
export interface ColorColumn extends ColumnBase {
  readonly kind: 'color';
  readonly values: Uint32Array;
}

/** A typed attribute column of a node or edge table. */
export type Column = NumberColumn | StringColumn | BooleanColumn | ColorColumn;

/** The attribute columns of a table, in file order. */
export type Columns = readonly Column[];

/** The column with that role, or undefined. */
export function columnOfRole(columns: Columns, role: Role): Column | undefined {
  return columns.find((column) => column.role === role);
}

/** The number column with that role, or undefined. */
export function numbersOfRole(columns: Columns, role: Role): NumberColumn | undefined {
  const column = columnOfRole(columns, role);
  return column?.kind === 'number' ? column : undefined;
}

/** The column of that name or, failing that, title; undefined where there is none. */
export function columnNamed(columns: Columns, name: string): Column | undefined {
  return columns.find((column) => column.name === name) ?? columns.find((column) => column.title === name);
}

/** The value in a row as text for a reader; '' where it is missing. */
export function textOf(column: Column, row: number): string {
  if (column.missing?.[row]) return '';
  switch (column.kind) {
    case 'number':
      return String(column.values[row]);
    case 'string':
      return column.values[row];
    case 'boolean':
      return column.values[row] === 1 ? 'true' : 'false';
    case 'color':
      return '#' + column.values[row].toString(16).padStart(8, '0');
  }
}
