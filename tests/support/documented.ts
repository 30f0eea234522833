import { readFile } from 'node:fs/promises';

/** The blocks of code in that language under a heading of a page of docs, in their order. */
export async function examplesUnder(page: string, heading: string, language: string): Promise<readonly string[]> {
  const section = await sectionOf(page, heading);
  return [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)]
    .filter(([, of]) => of === language)
    .map(([, , code]) => code);
}

/** The cells of the table under a heading of a page of docs, row by row, without its head. */
export async function tableUnder(page: string, heading: string): Promise<readonly (readonly string[])[]> {
  const rows = (await sectionOf(page, heading)).split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

async function sectionOf(page: string, heading: string): Promise<string> {
  const sections = (await readFile(page, 'utf8')).split(/^#+ /m);
  const found = sections.find((section) => section.startsWith(`${heading}\n`));
  if (found === undefined) throw new Error(`${page} has no heading "${heading}".`);
  return found;
}
