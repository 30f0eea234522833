import { panView, pickAnnotation, pickNode, toLayout } from '../engine/index.ts';
import type { Actions, State } from './state.ts';

/** CSS pixels that a pointer may stray and still count as a click. */
const clickReach = 5;
/** CSS pixels beyond its rim at which a mouse takes hold of a node: fewer than for a click, so that crowds can be panned. */
const grabReach = 2;

/** Pointer, pinch and wheel on the map become new views, hovered and pinned nodes. */
export function navigate(canvas: HTMLCanvasElement, stateNow: () => State, actions: Actions): void {
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  /** The node that was under the only pointer when it went down. */
  let grabbed: number | undefined;

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) travelled = 0;
    else actions.drop(false);
    grabbed = pointers.size === 0 ? grabbedAt(stateNow(), placeOf(event), event.pointerType) : undefined;
    pointers.set(event.pointerId, placeOf(event));
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    const place = placeOf(event);
    const before = pointers.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType === 'touch') return;
      const node = nodeAt(stateNow(), place, 6);
      actions.hover(node);
      actions.hoverMark(node === undefined ? markAt(stateNow(), place, 5) : undefined);
      return;
    }
    const [a, b] = [...pointers.values()];
    if (b === undefined) {
      travelled += Math.hypot(place.x - before.x, place.y - before.y);
      if (travelled > clickReach) {
        canvas.classList.add('dragging');
        if (grabbed === undefined) actions.look(panView(stateNow().view, place.x - before.x, place.y - before.y));
        else actions.drag(grabbed, ...toLayout(stateNow().view, place.x, place.y));
      }
    } else {
      const other = before === a ? b : a;
      const spread = Math.hypot(place.x - other.x, place.y - other.y);
      const spreadBefore = Math.hypot(before.x - other.x, before.y - other.y);
      travelled = Infinity;
      actions.look(panView(stateNow().view, (place.x - before.x) / 2, (place.y - before.y) / 2));
      if (spreadBefore > 0) actions.zoom(spread / spreadBefore, (place.x + other.x) / 2, (place.y + other.y) / 2);
    }
    pointers.set(event.pointerId, place);
  });
  const release = (event: PointerEvent): void => {
    const place = pointers.get(event.pointerId);
    pointers.delete(event.pointerId);
    canvas.classList.remove('dragging');
    actions.drop(event.shiftKey);
    if (place === undefined || travelled > clickReach || event.type !== 'pointerup') return;
    const isTouch = event.pointerType === 'touch';
    const node = nodeAt(stateNow(), place, isTouch ? 16 : 6);
    const mark = node === undefined ? markAt(stateNow(), place, isTouch ? 14 : 5) : undefined;
    if (mark === undefined) actions.pin(node);
    else actions.pinMark(mark);
  };
  canvas.addEventListener('pointerup', release);
  canvas.addEventListener('pointercancel', release);
  canvas.addEventListener('pointerleave', () => {
    actions.hover(undefined);
    actions.hoverMark(undefined);
  });
  canvas.addEventListener('dblclick', (event) => actions.zoom(event.shiftKey ? 0.5 : 2, event.offsetX, event.offsetY));
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      // A pinch on a touchpad comes as a wheel with Ctrl, in much smaller steps.
      const speed = (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : 0.0018) * (event.ctrlKey ? 5 : 1);
      const turn = Math.max(-1, Math.min(1, -event.deltaY * speed));
      actions.zoom(Math.exp(turn), event.offsetX, event.offsetY);
    },
    { passive: false },
  );
}

function placeOf(event: PointerEvent): { x: number; y: number } {
  return { x: event.offsetX, y: event.offsetY };
}

/** What a drag that begins here takes along: a finger covers too many nodes, so it has to point one out by a tap first. */
function grabbedAt(state: State, place: { x: number; y: number }, pointerType: string): number | undefined {
  if (pointerType !== 'touch') return nodeAt(state, place, grabReach);
  return nodeAt(state, place, 16) === state.pinned ? state.pinned : undefined;
}

function markAt({ map, view }: State, { x, y }: { x: number; y: number }, reach: number): number | undefined {
  return map === undefined ? undefined : pickAnnotation(map, view, x, y, reach);
}

function nodeAt({ map, view }: State, { x, y }: { x: number; y: number }, reach: number): number | undefined {
  return map === undefined ? undefined : pickNode(map, view, x, y, reach);
}
