import type { Actions } from '../state.ts';
import { byId } from './dom.ts';

/** Opening by button, drop and paste; and saving. */
export function listenToFiles(actions: Actions): void {
  const file = byId<HTMLInputElement>('file');
  byId('open').addEventListener('click', () => file.click());
  byId('sample').addEventListener('click', actions.openSample);
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    if (chosen !== undefined) actions.open(chosen, chosen.name);
    // So that choosing the same file again is a change too.
    file.value = '';
  });
  for (const what of ['view', 'sheet', 'gexf'] as const) {
    byId(`save-${what}`).addEventListener('click', () => actions.save(what));
  }
  listenToDrops(actions);
  listenToPastes(actions);
}

function listenToDrops(actions: Actions): void {
  const hint = byId('drop-hint');
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    hint.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) hint.hidden = true;
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    hint.hidden = true;
    openFrom(event.dataTransfer, actions);
  });
}

function listenToPastes(actions: Actions): void {
  const dialog = byId<HTMLDialogElement>('paste-dialog');
  const text = byId<HTMLTextAreaElement>('paste-text');
  byId('paste').addEventListener('click', () => dialog.showModal());
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'map' && text.value.trim() !== '') openText(text.value, actions);
    dialog.returnValue = '';
    text.value = '';
  });
  document.addEventListener('paste', (event) => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea') !== null) return;
    event.preventDefault();
    openFrom(event.clipboardData, actions);
  });
}

function openFrom(data: DataTransfer | null, actions: Actions): void {
  const file = data?.files[0];
  const text = data?.getData('text/plain') ?? '';
  if (file !== undefined) actions.open(file, file.name);
  else if (text.trim() !== '') openText(text, actions);
}

function openText(text: string, actions: Actions): void {
  actions.open(new Blob([text]), 'pasted text');
}
