import type { Assign } from './assign.ts';

/** Attributes of a node or edge as DOT has them: text by name. */
export type DotAttributes = ReadonlyMap<string, string>;

/** A position in points: `x,y` or `x,y,z`, with ! where it is pinned. */
const position = /^\s*([-+.\de]+),([-+.\de]+)(?:,([-+.\de]+))?!?\s*$/i;

/** Sets a node's attributes; `pos` gives x, y and z, and \N in a label stands for the node's id. */
export function putDotNode(assign: Assign, row: number, id: string, attributes: DotAttributes, line: number): void {
  for (const [name, text] of attributes) {
    const coordinates = name === 'pos' ? position.exec(text)?.slice(1) : undefined;
    if (coordinates !== undefined) {
      coordinates.forEach((coordinate, i) => {
        if (coordinate !== undefined) assign(row, 'xyz'[i], { text: coordinate }, line);
      });
    } else if (name === 'label') assign(row, name, unescapeLabel(text).replaceAll('\\N', id), line);
    else assign(row, name, { text }, line);
  }
}

/** Sets an edge's attributes. */
export function putDotEdge(assign: Assign, row: number, attributes: DotAttributes, line: number): void {
  for (const [name, text] of attributes) {
    assign(row, name, { text: name === 'label' ? unescapeLabel(text) : text }, line);
  }
}

/** DOT's line breaks in labels: \n, \l and \r differ in how they align. */
function unescapeLabel(text: string): string {
  return text.replace(/\\([nlr])/g, '\n');
}
