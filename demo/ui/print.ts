import { IsthmusError, type PrintSheet, paperOf, printPng, sheetPixels } from '../../engine/index.ts';
import { download } from '../save.ts';
import type { State, Update } from '../state.ts';
import { sentenceOf, stemOf } from '../words.ts';
import { byId, make } from './dom.ts';

/** Pixels of a picture that a browser without streaming to disk is asked to hold. */
const mostInMemory = 60e6;

/** Browsers that can write a file while it is made. */
interface SavePicker {
  showSaveFilePicker?(options: object): Promise<{ createWritable(): Promise<WritableStream<Uint8Array>> }>;
}

/** Paper, resolution and bleed, and the button that prints. */
export function createPrint(stateNow: () => State, update: Update): void {
  const paper = make('select', {}, ...['A0', 'A1', 'A2', 'A3', 'A4'].map((name) => new Option(name)));
  paper.value = 'A3';
  const turned = make('input', { type: 'checkbox' });
  const dpi = make('input', { type: 'number', min: '36', max: '1200', value: '300' });
  const bleed = make('input', { type: 'number', min: '0', max: '100', value: '0' });
  const button = make('button', { type: 'button', textContent: 'Print, PNG' });
  const size = make('p', { className: 'private' });
  byId('print').append(
    row('Paper', paper),
    row('Landscape', turned, 'control switch'),
    row('Pixels an inch', dpi),
    row('Bleed, mm', bleed),
    make('div', { className: 'save-buttons' }, button),
    size,
  );
  const sheetNow = (): PrintSheet => {
    const { width, height } = paperOf(paper.value);
    const turnedPaper = turned.checked ? { width: height, height: width } : { width, height };
    return { paper: turnedPaper, bleed: bleed.valueAsNumber, margin: 10, dpi: dpi.valueAsNumber };
  };
  const tell = (): void => {
    const isValid = dpi.validity.valid && bleed.validity.valid && dpi.value !== '' && bleed.value !== '';
    button.disabled = !isValid;
    const { width, height } = sheetPixels(sheetNow());
    size.textContent = isValid ? `${width} × ${height} pixels` : 'Pixels an inch are 36 to 1,200, bleed 0 to 100 mm.';
  };
  for (const field of [paper, turned, dpi, bleed]) field.addEventListener('input', tell);
  tell();
  button.addEventListener('click', () => void print(stateNow(), sheetNow(), button, update));
}

function row(label: string, field: HTMLElement, className = 'control'): HTMLElement {
  return make('label', { className }, make('span', { textContent: label }), field);
}

async function print(state: State, sheet: PrintSheet, button: HTMLButtonElement, update: Update): Promise<void> {
  const { map, file } = state;
  if (map === undefined || file === undefined) return;
  const name = `${stemOf(file.name)}-print.png`;
  button.disabled = true;
  try {
    const onTile = (done: number, total: number) =>
      update({ task: `Printing ${Math.floor((100 * done) / total)} % …` });
    await save(printPng(map, sheet, { onTile }), name, sheet);
  } catch (error) {
    // A reader who closes the browser's own dialog has changed their mind.
    if (!(error instanceof DOMException && error.name === 'AbortError')) update({ trouble: sentenceOf(error) });
  } finally {
    button.disabled = false;
    update({ task: undefined });
  }
}

/** Streams to disk where the browser can; else holds the file, up to a size. */
async function save(pieces: AsyncGenerator<Uint8Array>, name: string, sheet: PrintSheet): Promise<void> {
  const { showSaveFilePicker } = window as SavePicker;
  if (showSaveFilePicker !== undefined) {
    const types = [{ description: 'PNG', accept: { 'image/png': ['.png'] } }];
    const target = await showSaveFilePicker.call(window, { suggestedName: name, types });
    const writer = (await target.createWritable()).getWriter();
    try {
      for await (const piece of pieces) await writer.write(piece);
      await writer.close();
    } catch (error) {
      await writer.abort(error);
      throw error;
    }
    return;
  }
  const { width, height } = sheetPixels(sheet);
  if (width * height > mostInMemory) {
    throw new IsthmusError(
      'UsageError',
      `This browser cannot write a file while it is made, and ${width} × ${height} pixels are too many to hold: choose fewer pixels an inch, or print with a browser such as Chrome or Edge, or with isthmus print.`,
    );
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of pieces) parts.push(new Uint8Array(piece));
  download(new Blob(parts, { type: 'image/png' }), name);
}
