import { byId } from './ui/dom.ts';
import type { Insets } from './view.ts';

/** What panel and card cover: strips at the sides of wide windows, at bottom and top of narrow ones. */
export function coveredSides(): Insets {
  const panel = byId('panel').getBoundingClientRect();
  const card = byId('details').getBoundingClientRect();
  const isWide = panel.width < innerWidth * 0.6;
  const hasCard = card.width > 0;
  return isWide
    ? { left: panel.right, right: hasCard ? innerWidth - card.left : 0, top: 0, bottom: 0 }
    : { left: 0, right: 0, top: hasCard ? card.bottom : 0, bottom: Math.max(0, innerHeight - panel.top) };
}

/** What the panel alone covers: a hovered node's card comes and goes, and must not shake the map. */
export function panelSides(): Insets {
  return { ...coveredSides(), right: 0, top: 0 };
}
