import { byId } from './dom.ts';

/** The panel is a sheet at the bottom of narrow windows, which a button pulls up; `onMoved` hears when it has moved. */
export function createPanel(onMoved: () => void): void {
  const panel = byId('panel');
  const toggle = byId('sheet-toggle');
  const body = byId('panel-body');
  const narrow = matchMedia('(max-width: 44rem)');
  const setOpen = (isOpen: boolean): void => {
    panel.classList.toggle('open', isOpen);
    toggle.setAttribute('aria-expanded', String(isOpen));
    toggle.ariaLabel = isOpen ? 'Fewer controls' : 'All controls';
    // What is out of sight must not take the focus.
    body.inert = narrow.matches && !isOpen;
    onMoved();
  };
  toggle.addEventListener('click', () => setOpen(toggle.getAttribute('aria-expanded') !== 'true'));
  narrow.addEventListener('change', () => setOpen(false));
  setOpen(false);
}
