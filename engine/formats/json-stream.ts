import { Tokenizer, TokenType } from '@streamparser/json';
import { quoted, type Report } from './report.ts';
import { keepsDigits } from './values.ts';

/** Objects and lists nested deeper than this are refused. */
const maxDepth = 1000;

/** A JSON value; objects are Maps, so that `__proto__` is a key like others, and integers beyond 2^53 are text. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = Map<string, Json>;

/** What becomes of the members of the outermost object. */
export interface JsonHandlers {
  /** Whether a list of that key is taken element by element; `member` then sees it empty. */
  streams(key: string): boolean;
  element(key: string, value: Json, line: number): void;
  member(key: string, value: Json, line: number): void;
}

interface Frame {
  readonly value: Json[] | JsonObject;
  readonly line: number;
  /** The key whose value comes next, or the key of a list whose elements are taken one by one. */
  key: string;
  readonly isStreamed: boolean;
}

type Expectation = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'the end';

/** Keeps the spelling of the last number, since the tokenizer only hands out its value. */
class NumberTokenizer extends Tokenizer {
  lastNumber = '';

  protected override parseNumber(text: string): number {
    this.lastNumber = text;
    return Number(text);
  }
}

/** Reads one JSON object as it comes. */
export class JsonStream {
  readonly #report: Report;
  readonly #handlers: JsonHandlers;
  readonly #tokenizer = new NumberTokenizer();
  readonly #frames: Frame[] = [];
  #expected: Expectation = 'value';
  #line = 1;

  constructor(report: Report, handlers: JsonHandlers) {
    this.#report = report;
    this.#handlers = handlers;
    this.#tokenizer.onToken = ({ token, value }) => this.#take(token, value as string | number | boolean | null);
    this.#tokenizer.onError = (error) => {
      if (error.name === 'InputError') throw error;
      throw this.#error(`This is not JSON: ${reasonOf(error.message)}.`);
    };
  }

  write(text: string): void {
    // Line by line, so that each token has its line.
    for (let start = 0; start < text.length; ) {
      const end = text.indexOf('\n', start) + 1 || text.length;
      this.#tokenizer.write(text.slice(start, end));
      if (text[end - 1] === '\n') this.#line++;
      start = end;
    }
  }

  end(): void {
    const open = this.#frames.at(-1);
    if (open !== undefined) {
      const what = Array.isArray(open.value) ? 'a list' : 'an object';
      throw this.#error(`The file ends inside ${what} that opened in line ${open.line}; it seems to be cut off.`);
    }
    if (!this.#tokenizer.isEnded) this.#tokenizer.end();
  }

  #take(token: TokenType, value: string | number | boolean | null): void {
    switch (token) {
      case TokenType.LEFT_BRACE:
        this.#open(new Map());
        return;
      case TokenType.LEFT_BRACKET:
        this.#open([]);
        return;
      case TokenType.RIGHT_BRACE:
        if (this.#expected !== 'key or }' && this.#expected !== ', or }') throw this.#unexpected('}');
        this.#close();
        return;
      case TokenType.RIGHT_BRACKET:
        if (this.#expected !== 'value or ]' && this.#expected !== ', or ]') throw this.#unexpected(']');
        this.#close();
        return;
      case TokenType.COLON:
        if (this.#expected !== ':') throw this.#unexpected(':');
        this.#expected = 'value';
        return;
      case TokenType.COMMA:
        if (this.#expected === ', or ]') this.#expected = 'value';
        else if (this.#expected === ', or }') this.#expected = 'key';
        else throw this.#unexpected(',');
        return;
      default:
        this.#takeScalar(value);
    }
  }

  #takeScalar(value: string | number | boolean | null): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined)
      throw this.#error(`Expected an object with nodes and edges, but found ${jsonText(value)}.`);
    if (this.#expected === 'key' || this.#expected === 'key or }') {
      if (typeof value !== 'string') throw this.#unexpected(jsonText(value));
      frame.key = value;
      this.#expected = ':';
      return;
    }
    this.#expectValue(jsonText(value));
    const spelling = this.#tokenizer.lastNumber;
    this.#put(typeof value === 'number' && !keepsDigits(spelling, value) ? spelling : value, this.#line);
  }

  #open(value: Json[] | JsonObject): void {
    const isList = Array.isArray(value);
    this.#expectValue(isList ? '[' : '{');
    const depth = this.#frames.length;
    if (depth === 0 && isList) throw this.#error('Expected an object with nodes and edges, but found a list.');
    if (depth >= maxDepth) throw this.#error(`Values are nested more than ${maxDepth} deep, and no deeper is read.`);
    const key = this.#frames.at(-1)?.key ?? '';
    this.#frames.push({
      value,
      line: this.#line,
      key,
      isStreamed: isList && depth === 1 && this.#handlers.streams(key),
    });
    this.#expected = isList ? 'value or ]' : 'key or }';
  }

  #close(): void {
    const { value, line } = this.#frames.pop()!;
    if (this.#frames.length === 0) this.#expected = 'the end';
    else this.#put(value, line);
  }

  #put(value: Json, line: number): void {
    const frame = this.#frames.at(-1)!;
    if (Array.isArray(frame.value)) {
      if (frame.isStreamed) this.#handlers.element(frame.key, value, line);
      else frame.value.push(value);
      this.#expected = ', or ]';
    } else {
      if (this.#frames.length === 1) this.#handlers.member(frame.key, value, line);
      else frame.value.set(frame.key, value);
      this.#expected = ', or }';
    }
  }

  #expectValue(found: string): void {
    if (this.#expected !== 'value' && this.#expected !== 'value or ]') throw this.#unexpected(found);
  }

  #unexpected(found: string): Error {
    return this.#error(`This is not JSON: expected ${this.#expected}, but found ${quoted(found)}.`);
  }

  #error(message: string): Error {
    return this.#report.error(this.#line, message);
  }
}

/** The tokenizer's message without its byte positions and states, which say less than our line. */
function reasonOf(message: string): string {
  return message
    .replace(/ at chunk position .*$/s, '')
    .replace(/^U/, 'u')
    .replace(/\.$/, '');
}

/** A value as JSON text. */
export function jsonText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, member]) => `${JSON.stringify(key)}:${jsonText(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
