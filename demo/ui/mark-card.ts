import { type Annotation, type GraphMap, labelOf, nodesOfAnnotation } from '../../engine/index.ts';
import type { Actions } from '../state.ts';
import { byId, icon, make, swatch } from './dom.ts';

const shownNodes = 40;

/** What the card of a mark says: its name and kind, what it means, the numbers it rests on, its nodes. */
export function markCard(map: GraphMap, mark: Annotation, isPinned: boolean, actions: Actions): HTMLElement[] {
  const name = make('h2', { textContent: mark.label || mark.kind, dir: 'auto' });
  const header = make('header', {}, swatch(map.palette.annotations[mark.kind]), name);
  if (isPinned) {
    const close = make(
      'button',
      { type: 'button', className: 'icon', ariaLabel: 'Let go of this mark' },
      icon('close'),
    );
    close.addEventListener('click', () => {
      actions.pinMark(undefined);
      byId('map').focus();
    });
    header.append(close);
  }
  const parts = [header];
  if (mark.description !== '') parts.push(make('p', { textContent: mark.description, dir: 'auto' }));
  const facts = make('dl');
  for (const [term, value] of Object.entries(mark.evidence)) {
    facts.append(
      make('dt', { textContent: wordsOf(term) }),
      make('dd', { textContent: textOfValue(value), dir: 'auto' }),
    );
  }
  if (facts.childElementCount > 0) parts.push(make('h3', { textContent: 'Evidence' }), facts);
  return [...parts, ...nodesOf(map, mark, actions)];
}

function nodesOf(map: GraphMap, mark: Annotation, actions: Actions): HTMLElement[] {
  const nodes = nodesOfAnnotation(map.graph, mark);
  if (nodes.length === 0) return [];
  const items = nodes.slice(0, shownNodes).map((node) => {
    const button = make('button', { type: 'button', className: 'plain' }, labelOf(map.graph, node));
    button.addEventListener('click', () => actions.fly(node));
    return make('li', { dir: 'auto' }, button);
  });
  if (nodes.length > shownNodes) items.push(make('li', { textContent: `and ${nodes.length - shownNodes} more` }));
  return [
    make('h3', { textContent: nodes.length === 1 ? '1 node' : `${nodes.length} nodes` }),
    make('ul', {}, ...items),
  ];
}

/** `largestGap` → "largest gap". */
function wordsOf(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function textOfValue(value: number | string | boolean): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : String(value);
}
