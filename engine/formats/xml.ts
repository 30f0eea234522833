import { SaxesParser } from 'saxes';
import { IsthmusError } from '../base/errors.ts';
import type { GraphReader } from './format.ts';
import { quoted, type Report } from './report.ts';

/** Elements nested deeper than this are refused: no real graph needs it, and a hostile file could fill the memory. */
const maxDepth = 1000;

/** An element's attributes as saxes gives them: an object without prototype. */
export type Attributes = Readonly<Record<string, string>>;

/** What an XML format makes of elements; names come without their namespace prefix. */
export interface XmlHandlers {
  open(name: string, attributes: Attributes, line: number): void;
  close(name: string): void;
  text(text: string): void;
  /** Returns the version that the file declares. */
  end(): string | undefined;
}

/**
 * Reads XML as it comes. Document type declarations are skipped, and nothing is ever fetched; one that declares
 * entities is refused, so that no entity can expand.
 *
 * @throws InputError where the XML is not well-formed.
 */
export function createXmlReader(report: Report, handlers: XmlHandlers): GraphReader {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  const openNames: string[] = [];
  const openLines: number[] = [];
  parser.on('error', (error) => {
    throw report.error(parser.line, sentenceOf(error.message));
  });
  parser.on('doctype', (doctype) => {
    if (/<!ENTITY/i.test(doctype)) {
      throw report.error(
        parser.line,
        'The document type declares entities, which are not read; expected a file without them.',
      );
    }
  });
  parser.on('opentag', (tag) => {
    const name = localName(tag.name);
    openNames.push(name);
    openLines.push(parser.line);
    if (openNames.length > maxDepth) {
      throw report.error(parser.line, `Elements are nested more than ${maxDepth} deep, and no deeper is read.`);
    }
    handlers.open(name, tag.attributes, parser.line);
  });
  parser.on('closetag', () => {
    openLines.pop();
    handlers.close(openNames.pop()!);
  });
  parser.on('text', (text) => handlers.text(text));
  parser.on('cdata', (text) => handlers.text(text));
  return {
    write: (text) => {
      parser.write(text);
    },
    end: () => {
      const line = openLines.pop();
      if (line !== undefined) {
        throw report.error(
          parser.line,
          `The file ends inside <${openNames.pop()}>, which opened in line ${line}; it seems to be cut off.`,
        );
      }
      parser.close();
      return handlers.end();
    },
  };
}

/** A required attribute of an element. */
export function required(
  report: Report,
  element: string,
  attributes: Attributes,
  attribute: string,
  line: number,
): string {
  const value = attributes[attribute];
  if (value === undefined)
    throw report.error(line, `The <${element}> element has no ${attribute}, which it must have.`);
  return value;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The parser's message as a sentence; its own starts with a position that ours has already. */
function sentenceOf(message: string): string {
  const reason = message.replace(/^(?:\d+:\d+: )+/, '').replace(/\.$/, '');
  if (reason === 'undefined entity') {
    return 'An entity is not defined; expected only &amp;, &lt;, &gt;, &quot;, &apos; or a character number.';
  }
  return `This is not well-formed XML: ${reason}.`;
}

const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const special = /[&<>"\t\n\r]/g;
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text for an attribute or element; a character that XML cannot hold (controls, lone surrogates) becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(forbidden, '\ufffd').replace(special, (character) => escapes[character]);
}

/**
 * An id for an attribute.
 *
 * @throws InputError if it holds a character that XML cannot, since two ids might become one.
 */
export function escapeXmlId(id: string): string {
  if (id.search(forbidden) >= 0) {
    throw new IsthmusError('InputError', `The id ${quoted(id)} holds a character that XML cannot; write JSON instead.`);
  }
  return escapeXml(id);
}
