import type { Column, Columns, Role } from '../graph/columns.ts';
import { kindOfType } from './column-builder.ts';
import { formatColor } from './values.ts';

/** A table's columns as a writer sees them: those that its format has a place for, and the rest. */
export interface WrittenColumns {
  /** The column that goes where the format wants that role. */
  readonly role: (role: Role) => Column | undefined;
  /** Columns that become attributes. */
  readonly attributes: Columns;
}

/** Splits a table: `places` names the roles that the format has a place for and the kinds of column that fit there. */
export function splitColumns(
  columns: Columns,
  places: Readonly<Partial<Record<Role, readonly Column['kind'][]>>>,
): WrittenColumns {
  const placed = new Map<Role, Column>();
  for (const column of columns) {
    const { role, kind } = column;
    if (role !== undefined && places[role]?.includes(kind)) placed.set(role, column);
  }
  const taken = new Set(placed.values());
  return { role: (role) => placed.get(role), attributes: columns.filter((column) => !taken.has(column)) };
}

/** True where the column exists and the row has a value. */
export function hasValue(column: Column | undefined, row: number): column is Column {
  return column !== undefined && column.missing?.[row] !== 1;
}

/** A value as files spell it: numbers so that they read back equal, infinities in Java's words, colours as hex. */
export function spell(column: Column, row: number): string {
  switch (column.kind) {
    case 'number':
      return spellNumber(column.values[row]);
    case 'string':
      return column.values[row];
    case 'boolean':
      return column.values[row] === 1 ? 'true' : 'false';
    case 'color':
      return formatColor(column.values[row]);
  }
}

/** The declared type where it fits what the column holds, else the widest that does. */
export function writtenType({ kind, type }: Column): string {
  if (kind === 'boolean' || (kind === 'number' && kindOfType(type) !== 'number')) {
    return kind === 'boolean' ? 'boolean' : 'double';
  }
  // Text in a column of integers: some are beyond 2^53.
  if (kind === 'string' && type !== '' && !/^(?:boolean|float|double)$/i.test(type)) return type;
  return kind === 'number' ? type : 'string';
}

/** The shortest decimal that reads back equal. */
export function spellNumber(value: number): string {
  // String() drops the sign of -0.
  return Object.is(value, -0) ? '-0' : String(value);
}
