import { scaleOf, toPixel } from '../../engine/index.ts';
import { onChange, type Show } from '../state.ts';
import { byId, make } from './dom.ts';

/** CSS pixels between the rim of a node and the ring that shows that it is held. */
const gap = 3;

/** A ring around each node that is held in place. */
export function createPins(): Show {
  const box = byId('pins');
  return onChange(
    ({ map, view, held, dragged }) => [map, view, held, dragged],
    ({ map, view, held, dragged }) => {
      const nodes = map === undefined ? [] : [...new Set([...held, ...(dragged === undefined ? [] : [dragged.node])])];
      while (box.childElementCount > nodes.length) box.lastElementChild?.remove();
      while (box.childElementCount < nodes.length) box.append(make('span'));
      nodes.forEach((node, k) => {
        const { positions, nodes: marks } = map!;
        const [x, y] = toPixel(view, positions[2 * node], positions[2 * node + 1]);
        const side = 2 * (marks.radius[node] * scaleOf(map!, view).node + gap);
        const { style } = box.children[k] as HTMLElement;
        style.width = `${side}px`;
        style.height = `${side}px`;
        style.transform = `translate(${x - side / 2}px, ${y - side / 2}px)`;
      });
    },
  );
}
