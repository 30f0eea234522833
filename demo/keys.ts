import { panView } from '../engine/index.ts';
import type { Actions, State } from './state.ts';
import { byId } from './ui/dom.ts';

const pans: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** How much a key or button magnifies. */
export const zoomStep = 1.4;

/** The keys of the whole page. Keys that a focused control needs are left to it. */
export function listenToKeys(stateNow: () => State, actions: Actions): void {
  document.addEventListener('keydown', (event) => {
    const state = stateNow();
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'o') {
      event.preventDefault();
      byId('file').click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return;
    if (event.key === 'Escape') {
      if (state.trouble !== undefined) actions.dismiss();
      else actions.pin(undefined);
      return;
    }
    if (takesKeys(event.target)) return;
    const handled = act(event, state, actions);
    if (handled) event.preventDefault();
  });
}

function act(event: KeyboardEvent, state: State, actions: Actions): boolean {
  const { map, view, run } = state;
  if (event.key === '/') {
    byId('search-words').focus();
    return true;
  }
  if (map === undefined) return false;
  const isOnButton = event.target instanceof HTMLElement && event.target.closest('button, summary') !== null;
  if (event.key === ' ' && !isOnButton) {
    if (run.kind === 'running') actions.pause();
    else actions.play();
    return true;
  }
  if (event.key in pans) {
    const [dx, dy] = pans[event.key];
    const length = event.shiftKey ? 240 : 60;
    actions.look(panView(view, dx * length, dy * length));
    return true;
  }
  if (event.key === '+' || event.key === '=') actions.zoom(zoomStep);
  else if (event.key === '-' || event.key === '_') actions.zoom(1 / zoomStep);
  else if (event.key === '0') actions.fit();
  else return false;
  return true;
}

function takesKeys(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea') !== null;
}
