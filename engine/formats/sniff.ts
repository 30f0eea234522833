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
  const root = /^(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE(?:[^[>]|\[[\s\S]*?\])*>|\s)*<(?:[\w.-]+:)?([\w.-]+)/i.exec(
    text,
  )?.[1];
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
