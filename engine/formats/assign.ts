import type { ColumnBuilder } from './column-builder.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** A value as formats without a schema have it: JSON's are typed, those of a CSV file are text. */
export type Value = { readonly text: string } | string | number | boolean;

/** Sets an attribute of a node or edge by its name. */
export type Assign = (row: number, name: string, value: Value, line: number) => void;

/**
 * For formats without a schema: an attribute called label, x, y, size, color, weight, … gets that role (the first of
 * that name), all others become columns whose type follows from their values. `{ text }` is text that may spell a
 * number; a bare string is text and nothing else, but where the role wants a number.
 */
export function createAssigner(builder: GraphBuilder, table: 'node' | 'edge'): Assign {
  const rows = table === 'node' ? builder.nodes : builder.edges;
  const targets = new Map<string, ColumnBuilder | 'weight'>();
  const claimed = new Set<string>();
  const targetOf = (name: string, line: number): ColumnBuilder | 'weight' => {
    const role = rows.roleOfName(name);
    if (role === undefined || claimed.has(role)) return rows.attributeOfAnyType(name, line);
    claimed.add(role);
    return role === 'weight' ? 'weight' : rows.role(role, { title: name });
  };
  return (row, name, value, line) => {
    let target = targets.get(name);
    if (target === undefined) {
      target = targetOf(name, line);
      targets.set(name, target);
    }
    if (target === 'weight') builder.setWeight(row, typeof value === 'object' ? value.text : String(value), line);
    else if (typeof value === 'number') target.setNumber(row, value);
    else if (typeof value === 'boolean') target.setBoolean(row, value);
    else if (typeof value === 'object') target.setText(row, value.text, line);
    else if (target.declaration.role === undefined) target.setString(row, value);
    else target.setText(row, value, line);
  };
}
