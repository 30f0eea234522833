import { degreeOf, labelOf } from '../graph/packed-graph.ts';
import type { GraphMap } from '../map/graph-map.ts';
import { plainText } from '../map/labels.ts';
import type { Picked } from './pick.ts';

/**
 * What a popup says of a node (its name and its number of links) or of an annotation (name, kind, description), as an
 * element of the class `isthmus-popup`. Names are text, whatever markup they hold, and turn nothing around that follows.
 */
export function popupOf(map: GraphMap, picked: Picked): HTMLElement {
  const { name, fact, description } =
    picked.kind === 'node' ? ofNode(map, picked.index) : ofAnnotation(map, picked.index);
  const popup = document.createElement('div');
  popup.className = 'isthmus-popup';
  const strong = document.createElement('strong');
  strong.append(isolated(name));
  popup.append(strong, ` (${fact})`);
  if (description !== '') {
    const paragraph = document.createElement('p');
    paragraph.append(isolated(description));
    popup.append(paragraph);
  }
  return popup;
}

function ofNode({ graph }: GraphMap, node: number) {
  const links = degreeOf(graph, node);
  return { name: labelOf(graph, node), fact: links === 1 ? '1 link' : `${links} links`, description: '' };
}

function ofAnnotation({ annotations }: GraphMap, index: number) {
  const { label, kind, description } = annotations[index];
  return { name: label || kind, fact: kind, description };
}

/** Text with a direction of its own; what could end its isolation is taken out. */
function isolated(text: string): HTMLElement {
  const element = document.createElement('bdi');
  element.textContent = plainText(text);
  return element;
}
