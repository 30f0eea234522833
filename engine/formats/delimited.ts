import Papa from 'papaparse';
import type { Report } from './report.ts';

/** A record longer than this, in characters, has lost a closing quote. */
const maxRecordLength = 1 << 22;
/** So much text, in characters, is looked at to choose the delimiter and to tell a header from data. */
const sampleLength = 1 << 14;
const delimiters = ['\t', ';', ',', '|', ' '];

/** What is done with the records of a delimited file; `line` is where the record starts. */
export type TakeRecord = (fields: readonly string[], line: number) => void;

/** Sees the first records (at least one) and returns what takes them all. */
export type StartTable = (sample: readonly (readonly string[])[]) => TakeRecord;

/**
 * Cuts delimited text (CSV, TSV and kin; RFC 4180 quotes) into records as it comes. The delimiter is the one that gives
 * the first lines the same number of fields; lines that start with # or % are comments where the first line is one.
 */
export class DelimitedReader {
  readonly #report: Report;
  readonly #start: StartTable;
  #take: TakeRecord | undefined;
  #delimiter = ',';
  #hasComments = false;
  #rest = '';
  #line = 1;

  constructor(report: Report, start: StartTable) {
    this.#report = report;
    this.#start = start;
  }

  write(text: string): void {
    this.#rest += text;
    if (this.#take === undefined && this.#rest.length < sampleLength) return;
    // Only whole lines are parsed: a line that is cut could end in half a quote, comment or line end.
    const cut = this.#rest.lastIndexOf('\n') + 1;
    this.#rest = this.#parse(this.#rest.slice(0, cut), true) + this.#rest.slice(cut);
    if (this.#rest.length > maxRecordLength) {
      const message = 'The record that starts here is longer than 4 million characters; is a closing quote missing?';
      throw this.#report.error(this.#line, message);
    }
  }

  end(): void {
    this.#parse(this.#rest, false);
    if (this.#take === undefined)
      throw this.#report.error(undefined, 'The table is empty; expected a line for each edge.');
  }

  /** Parses what is whole and returns the rest. */
  #parse(raw: string, hasMore: boolean): string {
    const lines = raw.replace(/\r\n?/g, '\n');
    if (this.#take === undefined) this.#hasComments = /^\s*[#%]/.test(lines);
    const text = this.#hasComments ? lines.replace(/^[#%].*$/gm, '') : lines;
    if (this.#take === undefined) {
      this.#delimiter = chooseDelimiter(text, hasMore);
      const { data } = recordsOf(text.slice(0, sampleLength), this.#delimiter, hasMore || text.length > sampleLength);
      const sample = data.filter(isNotBlank).map((record) => fieldsOf(record, this.#delimiter));
      if (sample.length > 0) this.#take = this.#start(sample);
    }
    const { data, errors, meta } = recordsOf(text, this.#delimiter, hasMore);
    // The last record is not whole while there is more, and comes again with the next piece.
    const error = errors.find(({ row }) => !hasMore || (row ?? 0) < data.length);
    data.forEach((record, row) => {
      if (error?.row === row) throw this.#quoteError(error.code);
      if (isNotBlank(record)) this.#take!(fieldsOf(record, this.#delimiter), this.#line);
      this.#line += 1 + record.reduce((sum, field) => sum + newlinesIn(field), 0);
    });
    return hasMore ? text.slice(meta.cursor) : '';
  }

  #quoteError(code: string): Error {
    return this.#report.error(
      this.#line,
      code === 'MissingQuotes'
        ? 'A quoted field that starts here is never closed; the file seems to be cut off.'
        : 'A quoted field goes on after its closing quote; expected quotes inside quotes to be doubled.',
    );
  }
}

/** The delimiter that cuts each of the first records into the same number of fields, two or more. */
function chooseDelimiter(text: string, hasMore: boolean): string {
  const sample = text.slice(0, sampleLength);
  const isCut = hasMore || sample.length < text.length;
  const counts = new Map(
    delimiters.map((delimiter): [string, number[]] => {
      const { data } = recordsOf(sample, delimiter, isCut);
      const records = data.filter(isNotBlank).slice(0, 20);
      return [delimiter, records.map((record) => fieldsOf(record, delimiter).length)];
    }),
  );
  const isRegular = (delimiter: string): boolean => {
    const [first = 0, ...others] = counts.get(delimiter)!;
    return first > 1 && others.every((count) => count === first);
  };
  const regular = delimiters.find(isRegular);
  // Spaces also part the words of plain prose, so that they must be regular.
  return (
    regular ?? delimiters.slice(0, -1).find((delimiter) => counts.get(delimiter)!.every((count) => count > 1)) ?? ','
  );
}

function recordsOf(text: string, delimiter: string, hasMore: boolean): Papa.ParseResult<string[]> {
  return new Papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, hasMore);
}

/** Several spaces part two fields as one does. */
function fieldsOf(record: readonly string[], delimiter: string): readonly string[] {
  return delimiter === ' ' ? record.filter((field) => field !== '') : record;
}

function isNotBlank(record: readonly string[]): boolean {
  return record.length > 1 || record[0].trim() !== '';
}

/** How many line ends a text has. */
export function newlinesIn(field: string): number {
  let count = 0;
  for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) count++;
  return count;
}
