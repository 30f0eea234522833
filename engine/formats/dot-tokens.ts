import { newlinesIn } from './delimited.ts';
import { quoted, type Report } from './report.ts';

/** A token longer than this, in characters, has lost its end. */
const maxTokenLength = 1 << 22;

/** White space, a comment, a quoted id, an operator or bracket, or a plain id or numeral. */
const token =
  /([\s\ufeff]+)|(\/\/[^\n]*\n?|\/\*[\s\S]*?\*\/)|"([^"\\]*(?:\\[\s\S][^"\\]*)*)"|(->|--|[{}[\];,=:+])|(-?(?:\.\d+|\d+(?:\.\d*)?)|[a-z_$\u0080-\uffff][\w$\u0080-\uffff]*)/iy;

export interface DotToken {
  /** `id`, or an operator or bracket. */
  readonly type: string;
  readonly text: string;
  /** Plain ids may be keywords, quoted ones may be joined by +. */
  readonly form: 'plain' | 'quoted' | 'html' | 'operator';
  readonly line: number;
}

/** Cuts DOT into tokens as it comes. */
export class DotTokenizer {
  readonly #report: Report;
  readonly #take: (token: DotToken) => void;
  #rest = '';
  #line = 1;
  #isLineStart = true;

  constructor(report: Report, take: (token: DotToken) => void) {
    this.#report = report;
    this.#take = take;
  }

  get line(): number {
    return this.#line;
  }

  write(text: string): void {
    this.#rest = this.#read(this.#rest + text, true);
    if (this.#rest.length > maxTokenLength)
      throw this.#error('What starts here is longer than 4 million characters; is a closing quotation mark missing?');
  }

  end(): void {
    if (this.#read(this.#rest, false) !== '')
      throw this.#error('The string or comment that starts here never ends; the file seems to be cut off.');
  }

  #read(text: string, hasMore: boolean): string {
    let at = 0;
    while (at < text.length) {
      const length = this.#readOne(text, at, hasMore);
      if (length === 0) break;
      this.#line += newlinesIn(text.slice(at, at + length));
      at += length;
    }
    return text.slice(at);
  }

  /** The length of the token that starts at `at`; 0 where it is not whole. */
  #readOne(text: string, at: number, hasMore: boolean): number {
    if (text[at] === '#' && this.#isLineStart) {
      const end = text.indexOf('\n', at);
      return end >= 0 ? end - at : hasMore ? 0 : text.length - at;
    }
    if (text[at] === '<') return this.#readHtml(text, at);
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) {
      if (/["/]/.test(text[at]) || (text[at] === '-' && hasMore && at + 1 === text.length)) return 0;
      throw this.#error(`Expected a node, an edge or a bracket, but found ${quoted(text[at])}.`);
    }
    const [whole, space, comment, inQuotes, operator, plain] = match;
    // A plain id at the end of a piece may go on in the next; so may a dash or a line comment.
    const mayGoOn = plain !== undefined || (comment?.startsWith('//') === true && !comment.endsWith('\n'));
    if (hasMore && mayGoOn && token.lastIndex === text.length) return 0;
    if (space !== undefined) this.#isLineStart ||= space.includes('\n');
    else if (comment !== undefined) this.#isLineStart ||= comment.endsWith('\n');
    else {
      this.#isLineStart = false;
      if (operator !== undefined) this.#give(operator, operator, 'operator');
      else if (plain !== undefined) this.#give('id', plain, 'plain');
      else this.#give('id', inQuotes.replace(/\\\r?\n/g, '').replaceAll('\\"', '"'), 'quoted');
    }
    return whole.length;
  }

  /** <…> with balanced brackets inside. */
  #readHtml(text: string, at: number): number {
    let depth = 0;
    for (let i = at; i < text.length; i++) {
      if (text[i] === '<') depth++;
      else if (text[i] === '>' && --depth === 0) {
        this.#isLineStart = false;
        this.#give('id', text.slice(at + 1, i), 'html');
        return i + 1 - at;
      }
    }
    return 0;
  }

  #give(type: string, text: string, form: DotToken['form']): void {
    this.#take({ type, text, form, line: this.#line });
  }

  #error(message: string): Error {
    return this.#report.error(this.#line, message);
  }
}
