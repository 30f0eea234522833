import { type Column, type Columns, columnOfRole, type Role } from '../graph/columns.ts';
import { ColumnBuilder, type ColumnDeclaration, type DeclaredKind } from './column-builder.ts';
import type { Report } from './report.ts';

/** More attributes than this in one table are refused: a hostile file can ask for rows × columns values in few bytes. */
const maxColumns = 1024;

interface RoleColumn {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  readonly kind: DeclaredKind;
}

/** The columns that have a meaning for us, in the order in which they come out; the same names whatever the format. */
const roleColumns: Readonly<Record<'node' | 'edge', ReadonlyMap<Role, RoleColumn>>> = {
  node: new Map<Role, RoleColumn>([
    ['label', { name: 'label', title: 'label', type: 'string', kind: 'string' }],
    ['x', { name: 'viz:x', title: 'x', type: 'float', kind: 'number' }],
    ['y', { name: 'viz:y', title: 'y', type: 'float', kind: 'number' }],
    ['z', { name: 'viz:z', title: 'z', type: 'float', kind: 'number' }],
    ['size', { name: 'viz:size', title: 'size', type: 'float', kind: 'number' }],
    ['color', { name: 'viz:color', title: 'color', type: 'string', kind: 'color' }],
    ['shape', { name: 'viz:shape', title: 'shape', type: 'string', kind: 'string' }],
    ['parent', { name: 'parent', title: 'parent', type: 'string', kind: 'string' }],
    ['start', { name: 'start', title: 'start', type: '', kind: 'any' }],
    ['end', { name: 'end', title: 'end', type: '', kind: 'any' }],
  ]),
  edge: new Map<Role, RoleColumn>([
    ['id', { name: 'id', title: 'id', type: 'string', kind: 'string' }],
    ['label', { name: 'label', title: 'label', type: 'string', kind: 'string' }],
    ['weight', { name: 'weight', title: 'weight', type: 'double', kind: 'number' }],
    ['size', { name: 'viz:thickness', title: 'thickness', type: 'float', kind: 'number' }],
    ['color', { name: 'viz:color', title: 'color', type: 'string', kind: 'color' }],
    ['shape', { name: 'viz:shape', title: 'shape', type: 'string', kind: 'string' }],
    ['directed', { name: 'directed', title: 'directed', type: 'boolean', kind: 'boolean' }],
    ['kind', { name: 'kind', title: 'kind', type: 'string', kind: 'string' }],
    ['start', { name: 'start', title: 'start', type: '', kind: 'any' }],
    ['end', { name: 'end', title: 'end', type: '', kind: 'any' }],
  ]),
};

const roleNames = new Map<string, Role>([
  ...[...roleColumns.node.keys(), ...roleColumns.edge.keys()].map((role): [string, Role] => [role, role]),
  ['colour', 'color'],
  ['thickness', 'size'],
  ['edge label', 'label'],
]);

/** Grows the attribute columns of the nodes or of the edges. */
export class TableBuilder {
  readonly table: 'node' | 'edge';
  readonly #report: Report;
  readonly #roles = new Map<Role, ColumnBuilder>();
  readonly #attributes = new Map<string, ColumnBuilder>();

  constructor(table: 'node' | 'edge', report: Report) {
    this.table = table;
    this.#report = report;
  }

  /** The column with a role, made at the first call; `overrides` are what the file declares of it. */
  role(role: Role, overrides: Partial<Pick<ColumnDeclaration, 'title' | 'default'>> = {}): ColumnBuilder {
    let column = this.#roles.get(role);
    if (column === undefined) {
      column = new ColumnBuilder({ ...roleColumns[this.table].get(role)!, ...overrides, role }, this.#report);
      this.#roles.set(role, column);
    }
    return column;
  }

  /** The role that an attribute of that name has where a format has no place of its own for it; undefined where it has none. */
  roleOfName(name: string): Role | undefined {
    const role = roleNames.get(name.toLowerCase());
    return role !== undefined && role !== 'directed' && roleColumns[this.table].has(role) ? role : undefined;
  }

  /** Whether a column with that role was made. */
  hasRole(role: Role): boolean {
    return this.#roles.has(role);
  }

  /** The attribute column of that name, if it was declared or met before. */
  attribute(name: string): ColumnBuilder | undefined {
    return this.#attributes.get(name);
  }

  /** Adds an attribute column. */
  declare(declaration: ColumnDeclaration, line: number | undefined): ColumnBuilder {
    if (this.#attributes.size >= maxColumns) {
      throw this.#report.error(
        line,
        `There are more than ${maxColumns} ${this.table} attributes, and no more are read.`,
      );
    }
    const column = new ColumnBuilder(declaration, this.#report);
    this.#attributes.set(declaration.name, column);
    return column;
  }

  /** The attribute column of that name; made at the first call, without a declared type. */
  attributeOfAnyType(name: string, line: number | undefined): ColumnBuilder {
    return this.#attributes.get(name) ?? this.declare({ name, title: name, type: '', kind: 'any' }, line);
  }

  /**
   * The columns with `rows` rows: those with a role first, in a fixed order, then the attributes in file order. An
   * attribute whose name belongs to a role gets a number behind it and keeps its title.
   */
  finish(rows: number): Columns {
    const columns: Column[] = [];
    const names = new Set<string>();
    for (const [role, { name, kind }] of roleColumns[this.table]) {
      names.add(name);
      const column = this.#roles.get(role);
      if (column === undefined || (column.count === 0 && column.declaration.default === undefined)) continue;
      // A size "large" or a colour "dull" is kept as text, but nothing can be drawn by it.
      const holdsWhatItShould = kind === 'any' || column.kind === kind;
      columns.push(column.finish(rows, name, holdsWhatItShould ? role : undefined));
    }
    for (const column of this.#attributes.values()) {
      const { name, role } = column.declaration;
      const isFree = role !== undefined && columnOfRole(columns, role) === undefined;
      columns.push(column.finish(rows, freeName(name, names), isFree ? role : undefined));
    }
    return columns;
  }
}

/** The name, or with the first number behind it that makes it free; then it is taken. */
export function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
  taken.add(free);
  return free;
}
