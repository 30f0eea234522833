import type { FormatName } from './format.ts';
import type { Report } from './report.ts';

/** The first so many characters decide the format. */
export const sniffLength = 1 << 16;

/**
 * The format of a file by its first characters; the name's ending settles what they leave open.
 *
 * @throws InputError where they belong to no graph format.
 */
export function sniffFormat(head: string, byName: FormatName | undefined, report: Report): FormatName {
  const text = head.trimStart();
  if (text === '') throw report.error(undefined, 'The file is empty; expected a graph.');
  if (text.startsWith('<')) return sniffXml(text, report);
  if (text.startsWith('{') || (text.startsWith('[') && byName === 'json')) return 'json';
  const code = text.replace(/^(?:\s+|\/\/.*\n|\/\*[\s\S]*?\*\/|[#%].*\n)+/, '');
  if (/^(?:strict\s+)?(?:di)?graph\b(?:\s*(?:"(?:[^"\\]|\\[\s\S])*"|<[^>]*>|[\w.\u0080-\uffff-]+))?\s*\{/i.test(code))
    return 'dot';
  if (/^(?:[a-z_]\w*\s+(?:"[^"]*"|[+-]?[\d.][\w.+-]*)\s+)*graph\s*\[/i.test(code)) return 'gml';
  if (/^\*(?:vertices|network|arcs|edges|arcslist|edgeslist|matrix|partition|vector)\b/i.test(code)) return 'pajek';
  if (byName !== undefined && byName !== 'gexf' && byName !== 'graphml') return byName;
  return code.slice(0, code.indexOf('\n') + 1 || code.length).includes('\t') ? 'tsv' : 'csv';
}

function sniffXml(text: string, report: Report): FormatName {
  const root = rootName(text);
  switch (root?.toLowerCase()) {
    case 'gexf':
      return 'gexf';
    case 'graphml':
      return 'graphml';
    case 'html':
      throw report.error(
        undefined,
        'This is a web page (HTML), not a graph file; was a download page saved in its place?',
      );
    case undefined:
      throw report.error(undefined, 'The file starts with "<" but holds no XML element; expected <gexf> or <graphml>.');
    default:
      throw report.error(undefined, `This is XML with the root element <${root}>; expected <gexf> or <graphml>.`);
  }
}

/** The name of the first element, without its prefix, behind any declaration, comments and document type. */
function rootName(text: string): string | undefined {
  let at = 0;
  while (at >= 0) {
    const rest = text.slice(at);
    if (/^\s/.test(rest)) at += rest.length - rest.trimStart().length;
    else if (rest.startsWith('<?')) at = endOf(text, '?>', at);
    else if (rest.startsWith('<!--')) at = endOf(text, '-->', at);
    else if (/^<!doctype/i.test(rest)) at = endOfDoctype(text, at);
    else return /^<(?:[\w.-]+:)?([\w.-]+)/.exec(rest)?.[1];
  }
  return undefined;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

/** The first > outside brackets, by hand: a pattern with brackets inside brackets could be made to try for ages. */
function endOfDoctype(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '[') depth++;
    else if (text[i] === ']') depth--;
    else if (text[i] === '>' && depth <= 0) return i + 1;
  }
  return -1;
}
