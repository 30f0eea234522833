import type { Annotation, GraphMap } from '../../engine/index.ts';
import { type Actions, onChange, type Show, type State } from '../state.ts';
import { type Control, createControls } from './control.ts';
import { byId, icon, make, swatch } from './dom.ts';

/** The marks over the map: proposed, read from a file, renamed, deleted, saved. */
export function createMarks(stateNow: () => State, actions: Actions): Show {
  const box = byId('marks');
  const propose = button('Propose landmarks and bridges', actions.proposeMarks);
  const file = make('input', { type: 'file', hidden: true, ariaLabel: 'A GeoJSON file', accept: '.geojson,.json' });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    if (chosen !== undefined) actions.openMarks(chosen, chosen.name);
    file.value = '';
  });
  const save = button('Save GeoJSON', () => actions.save('marks'));
  const buttons = make(
    'div',
    { className: 'file-buttons' },
    button('Open GeoJSON', () => file.click()),
    save,
    file,
  );
  const controls = make('div');
  const show = createControls(controls, [showSwitch(actions)]);
  const list = make('ul', { className: 'marks' });
  box.append(propose, buttons, controls, list);
  let kinds = '';
  const showList = onChange(
    ({ marks, map }) => [marks, map?.palette],
    ({ marks, map }) => {
      if (map === undefined) return;
      const now = `${map.palette.name} ${marks.list.map(({ kind }) => kind).join()}`;
      // A name that changes leaves its field, and the focus in it, where they are.
      if (now === kinds) {
        list.querySelectorAll('input').forEach((field, at) => {
          field.value = marks.list[at].label;
        });
      } else list.replaceChildren(...marks.list.map((mark, at) => itemOf(mark, at, map, stateNow, actions)));
      kinds = now;
    },
  );
  return (state) => {
    propose.disabled = state.map === undefined || state.run.kind === 'running' || state.task !== undefined;
    save.disabled = state.marks.list.length === 0;
    controls.hidden = state.marks.list.length === 0;
    show(state);
    showList(state);
  };
}

function showSwitch({ restyle }: Actions): Control {
  return {
    kind: 'switch',
    label: 'Show on the map',
    read: ({ settings }) => settings.annotations.show,
    change: (isShown) => restyle({ annotations: { show: isShown } }),
  };
}

/** A mark's line: hovering lights it up on the map, its name can be written anew, and it can be deleted. */
function itemOf(
  { kind, label }: Annotation,
  at: number,
  { palette }: GraphMap,
  stateNow: () => State,
  actions: Actions,
): HTMLElement {
  const name = make('input', { type: 'text', value: label, ariaLabel: `Name of this ${kind}`, dir: 'auto' });
  const listNow = () => stateNow().marks.list;
  name.addEventListener('change', () =>
    actions.editMarks(listNow().map((mark, i) => (i === at ? { ...mark, label: name.value } : mark))),
  );
  const remove = make(
    'button',
    { type: 'button', className: 'icon', ariaLabel: `Delete ${label || kind}` },
    icon('close'),
  );
  remove.addEventListener('click', () => actions.editMarks(listNow().filter((_, i) => i !== at)));
  const item = make('li', {}, swatch(palette.annotations[kind]), name, remove);
  item.addEventListener('pointerenter', () => actions.hoverMark(at));
  item.addEventListener('pointerleave', () => actions.hoverMark(undefined));
  name.addEventListener('focus', () => actions.pinMark(at));
  return item;
}

function button(textContent: string, work: () => void): HTMLButtonElement {
  const element = make('button', { type: 'button', textContent });
  element.addEventListener('click', work);
  return element;
}
