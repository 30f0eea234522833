import { byId } from './ui/dom.ts';
import type { Insets } from './view.ts';

/** What the panel covers: a strip on the left of wide windows, at the bottom of narrow ones. */
export function panelInsets(): Insets {
  const panel = byId('panel').getBoundingClientRect();
  const isDocked = panel.width < innerWidth * 0.6;
  return isDocked ? { left: panel.right, bottom: 0 } : { left: 0, bottom: Math.max(0, innerHeight - panel.top) };
}
