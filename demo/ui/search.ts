import { labelOf, searchNodes } from '../../engine/index.ts';
import { type Actions, onChange, type Show, type State } from '../state.ts';
import { byId, make, swatch } from './dom.ts';

const limit = 12;

/** The search field with its list of results, a combobox that the arrow keys walk through. */
export function createSearch(stateNow: () => State, actions: Actions): Show {
  const input = byId<HTMLInputElement>('search-words');
  const list = byId('search-results');
  list.setAttribute('role', 'listbox');
  let found: readonly number[] = [];
  let active = -1;

  const mark = (index: number): void => {
    active = index;
    for (const [i, item] of [...list.children].entries()) item.setAttribute('aria-selected', String(i === index));
    if (index < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `found-${index}`);
    list.children[index]?.scrollIntoView({ block: 'nearest' });
  };
  const setOpen = (isOpen: boolean): void => {
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) mark(-1);
  };
  const choose = (node: number | undefined): void => {
    if (node === undefined) return;
    setOpen(false);
    actions.fly(node);
  };
  const search = (): void => {
    const { map } = stateNow();
    found = map === undefined ? [] : searchNodes(map, input.value, limit);
    list.replaceChildren(...found.map((node, i) => resultItem(stateNow(), node, i, () => choose(node))));
    if (found.length === 0 && input.value.trim() !== '') {
      list.append(make('li', { className: 'nothing', textContent: 'No node has this name.' }));
    }
    setOpen(input.value.trim() !== '');
    mark(found.length > 0 ? 0 : -1);
  };

  input.addEventListener('input', search);
  input.addEventListener('focus', () => {
    input.select();
    search();
  });
  input.addEventListener('blur', () => setOpen(false));
  input.addEventListener('keydown', (event) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && found.length > 0) {
      if (list.hidden) setOpen(true);
      mark((active + steps[event.key] + found.length) % found.length);
    } else if (event.key === 'Enter') choose(found[Math.max(0, active)]);
    else if (event.key === 'Escape' && !list.hidden) setOpen(false);
    else if (event.key === 'Escape') byId('map').focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return onChange(
    ({ file }) => [file],
    () => {
      input.value = '';
      setOpen(false);
      found = [];
    },
  );
}

function resultItem({ map }: State, node: number, index: number, choose: () => void): HTMLElement {
  const { graph, nodes } = map!;
  const [red, green, blue] = nodes.color.subarray(4 * node);
  const item = make('li', { id: `found-${index}` }, swatch((red << 16) | (green << 8) | blue), labelOf(graph, node));
  item.setAttribute('role', 'option');
  // Before the field loses its focus, which closes the list.
  item.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    choose();
  });
  return item;
}
