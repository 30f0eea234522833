import { type Annotation, degreeOf, type GraphMap, labelOf, neighboursOf, textOf } from '../../engine/index.ts';
import { type Actions, onChange, type Show } from '../state.ts';
import { byId, icon, make, swatch, wholeNumbers } from './dom.ts';
import { markCard } from './mark-card.ts';

const shownNeighbours = 60;
const longestValue = 400;

/** The card of the node or mark that is hovered or pinned: what it is called, what it is, what it is linked with. */
export function createDetails(actions: Actions): Show {
  const card = byId('details');
  return onChange(
    ({ map, hovered, pinned, hoveredMark, pinnedMark, marks, held }) => [
      ...[map?.graph, map?.nodes, hovered ?? pinned, pinned, held],
      ...[hoveredMark, pinnedMark, marks],
    ],
    ({ map, hovered, pinned, hoveredMark, pinnedMark, marks, held }) => {
      const mark = hovered === undefined ? (hoveredMark ?? pinnedMark) : undefined;
      const node = mark === undefined ? (hovered ?? pinned) : undefined;
      card.hidden = map === undefined || (node ?? marks.list[mark ?? -1]) === undefined;
      if (map === undefined || card.hidden) return;
      card.ariaLabel = mark === undefined ? 'Node' : 'Mark';
      if (mark !== undefined) {
        card.classList.toggle('pinned', mark === pinnedMark);
        card.replaceChildren(...markCard(map, marks.list[mark], mark === pinnedMark, actions));
        card.scrollTop = 0;
        return;
      }
      if (node === undefined) return;
      card.classList.toggle('pinned', node === pinned);
      card.replaceChildren(
        heading(map, node, node === pinned, actions),
        attributes(map, node),
        ...(node === pinned
          ? [holdButton(node, held.includes(node), actions), landmarkButton(map, node, marks.list, actions)]
          : []),
        ...neighbours(map, node, actions),
      );
      card.scrollTop = 0;
    },
  );
}

function heading(map: GraphMap, node: number, isPinned: boolean, actions: Actions): HTMLElement {
  const { graph } = map;
  const name = make('h2', { textContent: labelOf(graph, node), dir: 'auto' });
  const header = make('header', {}, swatch(colorOf(map, node)), name);
  if (isPinned) {
    const close = make(
      'button',
      { type: 'button', className: 'icon', ariaLabel: 'Let go of this node' },
      icon('close'),
    );
    close.addEventListener('click', () => {
      actions.pin(undefined);
      byId('map').focus();
    });
    header.append(close);
  }
  return header;
}

/** Keeps a node where it is while the layout goes on. */
function holdButton(node: number, isHeld: boolean, actions: Actions): HTMLElement {
  const hold = make('button', { type: 'button', textContent: 'Hold in place', ariaPressed: String(isHeld) });
  hold.addEventListener('click', () => {
    actions.hold(node, !isHeld);
    byId('map').focus();
  });
  return hold;
}

/** Marks the place of a node by hand. */
function landmarkButton(
  { graph, positions }: GraphMap,
  node: number,
  list: readonly Annotation[],
  actions: Actions,
): HTMLElement {
  const mark = make('button', { type: 'button', textContent: 'Mark as a landmark' });
  mark.addEventListener('click', () => {
    const landmark: Annotation = {
      kind: 'landmark',
      label: labelOf(graph, node),
      description: '',
      evidence: {},
      shape: { type: 'Point', coordinates: [positions[2 * node], positions[2 * node + 1]] },
      width: 0,
      others: { nodes: [graph.ids[node]] },
    };
    actions.editMarks([...list, landmark]);
  });
  return mark;
}

function attributes(map: GraphMap, node: number): HTMLElement {
  const { graph, communities } = map;
  const list = make('dl');
  const add = (term: string, value: string): void => {
    if (value === '') return;
    const text = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
    list.append(make('dt', { textContent: term }), make('dd', { textContent: text, dir: 'auto' }));
  };
  if (graph.ids[node] !== labelOf(graph, node)) add('id', graph.ids[node]);
  for (const column of graph.nodes) {
    if (column.role === 'label' || column.role === 'x' || column.role === 'y' || column.role === 'z') continue;
    add(column.title, textOf(column, node));
  }
  const cluster = communities.of[node];
  add('cluster', `${cluster + 1}, of ${wholeNumbers.format(communities.sizes[cluster])} nodes`);
  add('links', wholeNumbers.format(degreeOf(graph, node)));
  return list;
}

function neighbours(map: GraphMap, node: number, actions: Actions): HTMLElement[] {
  const { values } = map.nodes.size;
  const all = neighboursOf(map, node).sort((a, b) => (values[b] || 0) - (values[a] || 0) || a - b);
  if (all.length === 0) return [];
  const items = all.slice(0, shownNeighbours).map((neighbour) => {
    const button = make(
      'button',
      { type: 'button', className: 'plain' },
      swatch(colorOf(map, neighbour)),
      make('span', { textContent: labelOf(map.graph, neighbour), dir: 'auto' }),
    );
    button.addEventListener('click', () => actions.fly(neighbour));
    return make('li', {}, button);
  });
  if (all.length > shownNeighbours) {
    items.push(make('li', { textContent: `and ${wholeNumbers.format(all.length - shownNeighbours)} more` }));
  }
  const count = all.length === 1 ? '1 neighbour' : `${wholeNumbers.format(all.length)} neighbours`;
  return [make('h3', { textContent: count }), make('ul', {}, ...items)];
}

function colorOf({ nodes }: GraphMap, node: number): number {
  const [red, green, blue] = nodes.color.subarray(4 * node);
  return (red << 16) | (green << 8) | blue;
}
