import type { Column, Role } from '../graph/columns.ts';
import { Growing } from './growing.ts';
import { counted, quoted, type Report, were } from './report.ts';
import { formatColor, keepsDigits, parseBoolean, parseColor, parseDecimalComma, parseNumber } from './values.ts';

/** What a column is declared to hold; `any` takes the narrowest kind that fits all its values. */
export type DeclaredKind = Column['kind'] | 'any';

export interface ColumnDeclaration {
  readonly name: string;
  readonly title: string;
  /** In GEXF's words; '' where the file declares none. */
  readonly type: string;
  readonly kind: DeclaredKind;
  readonly role?: Role | undefined;
  readonly default?: string | undefined;
}

const numericTypes = new Set(['integer', 'int', 'long', 'float', 'double', 'byte', 'short', 'biginteger']);
const integerTypes = new Set(['integer', 'int', 'long', 'byte', 'short', 'biginteger']);

/** The kind of column that a type of GEXF or GraphML asks for; lists, dates, addresses and unknown types are text. */
export function kindOfType(type: string): Column['kind'] {
  const lower = type.toLowerCase();
  if (numericTypes.has(lower)) return 'number';
  return lower === 'boolean' ? 'boolean' : 'string';
}

/** A column that grows as values come, in any row order, and turns to text when a value does not fit its kind. */
export class ColumnBuilder {
  readonly declaration: ColumnDeclaration;
  readonly #report: Report;
  #kind: DeclaredKind;
  #type: string;
  #numbers = new Growing((length) => new Float64Array(length));
  #present = new Growing((length) => new Uint8Array(length));
  #texts: string[] = [];
  #count = 0;
  #highest = -1;

  constructor(declaration: ColumnDeclaration, report: Report) {
    this.declaration = declaration;
    this.#report = report;
    this.#kind = declaration.kind;
    this.#type = declaration.type;
  }

  /** How many rows have a value. */
  get count(): number {
    return this.#count;
  }

  /** What the column holds so far. */
  get kind(): DeclaredKind {
    return this.#kind;
  }

  has(row: number): boolean {
    return this.#present.get(row) === 1;
  }

  /** Takes a value as the file spells it. Empty text is a missing value, but for a column of text. */
  setText(row: number, text: string, line: number | undefined): void {
    if (this.#kind === 'string') {
      this.#putText(row, text);
      return;
    }
    if (text.trim() === '') return;
    if (this.#kind === 'any') {
      this.#setFirst(row, text, line);
      return;
    }
    const value =
      this.#kind === 'color' ? parseColor(text) : this.#kind === 'boolean' ? flagOf(text) : this.#numberOf(text, line);
    if (value !== undefined) this.#putNumber(row, value);
    else if (this.#kind === 'color' && this.#count > 0) this.#warn('unreadable', line, unreadableColors);
    else this.#turnToText(row, text, line);
  }

  /** Takes a number that the reader has parsed. */
  setNumber(row: number, value: number): void {
    if (this.#kind === 'any') this.#kind = 'number';
    if (this.#kind !== 'number') {
      this.#mixWith(row, String(value));
      return;
    }
    this.#putNumber(row, value);
  }

  setBoolean(row: number, value: boolean): void {
    if (this.#kind === 'any') this.#kind = 'boolean';
    if (this.#kind !== 'boolean') {
      this.#mixWith(row, String(value));
      return;
    }
    this.#putNumber(row, value ? 1 : 0);
  }

  /** Takes a colour as 0xRRGGBBAA. */
  setColor(row: number, value: number): void {
    this.#putNumber(row, value);
  }

  /** Takes text as it is, whatever it looks like. */
  setString(row: number, text: string): void {
    if (this.#kind === 'any') this.#kind = 'string';
    if (this.#kind !== 'string') {
      this.#mixWith(row, text);
      return;
    }
    this.#putText(row, text);
  }

  /** The column with `rows` rows, its default applied. */
  finish(rows: number, name: string, role: Role | undefined): Column {
    const { title, default: fallback } = this.declaration;
    if (fallback !== undefined && this.#count < rows) {
      for (let row = 0; row < rows; row++) if (!this.has(row)) this.setText(row, fallback, undefined);
    }
    const present = this.#present.take(rows);
    const missing = this.#count < rows ? present.map((flag) => 1 - flag) : undefined;
    const base = {
      name,
      title,
      type: this.#finalType(),
      ...(role === undefined ? {} : { role }),
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(missing === undefined ? {} : { missing }),
    };
    switch (this.#kind) {
      case 'number': {
        const values = this.#numbers.take(rows);
        if (missing) for (let row = 0; row < rows; row++) if (missing[row]) values[row] = Number.NaN;
        return { ...base, kind: 'number', values };
      }
      case 'boolean':
        return { ...base, kind: 'boolean', values: Uint8Array.from(this.#numbers.take(rows)) };
      case 'color':
        return { ...base, kind: 'color', values: Uint32Array.from(this.#numbers.take(rows)) };
      default: {
        while (this.#texts.length < rows) this.#texts.push('');
        return { ...base, kind: 'string', values: this.#texts };
      }
    }
  }

  #finalType(): string {
    if (this.#type !== '') return this.#type;
    if (this.#kind === 'number') return 'double';
    return this.#kind === 'boolean' ? 'boolean' : 'string';
  }

  #numberOf(text: string, line: number | undefined): number | undefined {
    // Without a declared type, leading zeros mean a code rather than a quantity.
    if (this.declaration.kind === 'any' && /^\s*[+-]?0\d/.test(text)) return undefined;
    let value = parseNumber(text);
    if (value === undefined) {
      value = parseDecimalComma(text);
      if (value === undefined) return undefined;
      this.#warn(
        'decimal-comma',
        line,
        (count) =>
          `${counted(count, 'number')} with a decimal comma in ${this.#place()} ${count === 1 ? 'was' : 'were'} read as decimal.`,
      );
    }
    if (!keepsDigits(text, value) && integerTypes.has(this.#type.toLowerCase() || 'long')) return undefined;
    if (integerTypes.has(this.#type.toLowerCase()) && !Number.isInteger(value)) {
      this.#warn(
        'not-integer',
        line,
        () => `${this.#place()} is declared ${this.declaration.type} but holds ${quoted(text)}; it was read as double.`,
      );
      this.#type = 'double';
    }
    return value;
  }

  /** The first value of a column without declared type decides what it seems to hold. */
  #setFirst(row: number, text: string, line: number | undefined): void {
    const trimmed = text.trim();
    const looksNumeric = parseNumber(trimmed) !== undefined && !/^[+-]?(0\d|[in])/i.test(trimmed);
    if (looksNumeric) this.#kind = 'number';
    else if (/^(true|false)$/i.test(trimmed)) this.#kind = 'boolean';
    else this.#kind = 'string';
    this.setText(row, text, line);
  }

  #turnToText(row: number, text: string, line: number | undefined): void {
    const { kind } = this.declaration;
    const isLongInteger = this.#kind === 'number' && parseNumber(text) !== undefined;
    if ((kind === 'number' || kind === 'boolean') && !isLongInteger) {
      const expected = kind === 'number' ? 'numbers' : 'true or false';
      this.#warn(
        'not-of-type',
        line,
        () => `${this.#place()} should hold ${expected} but holds ${quoted(text)}; it was read as text.`,
      );
      this.#type = 'string';
    }
    this.#convert();
    this.#putText(row, text);
  }

  #mixWith(row: number, text: string): void {
    this.#convert();
    this.#putText(row, text);
  }

  #convert(): void {
    if (this.#kind === 'string') return;
    const numbers = this.#numbers.take(this.#highest + 1);
    const spell =
      this.#kind === 'color' ? formatColor : this.#kind === 'boolean' ? (flag: number) => String(flag === 1) : String;
    this.#texts = Array.from(numbers, (value, row) => (this.has(row) ? spell(value) : ''));
    this.#numbers = new Growing((length) => new Float64Array(length));
    this.#kind = 'string';
  }

  #mark(row: number): void {
    if (this.#present.get(row) === 0) this.#count++;
    this.#present.set(row, 1);
    if (row > this.#highest) this.#highest = row;
  }

  #putNumber(row: number, value: number): void {
    this.#mark(row);
    this.#numbers.set(row, value);
  }

  #putText(row: number, text: string): void {
    this.#mark(row);
    // Rows are filled one by one, since an array with holes costs V8 a hash table.
    while (this.#texts.length < row) this.#texts.push('');
    this.#texts[row] = text;
  }

  #place(): string {
    return `The attribute ${quoted(this.declaration.title)}`;
  }

  #warn(kind: string, line: number | undefined, sentence: (count: number) => string): void {
    this.#report.warn(`${kind} ${this.declaration.name}`, line, sentence);
  }
}

function flagOf(text: string): number | undefined {
  const value = parseBoolean(text);
  return value === undefined ? undefined : Number(value);
}

function unreadableColors(count: number): string {
  return `${counted(count, 'colour')} that cannot be read ${were(count)} ignored; expected #rrggbb or a common name.`;
}
