import { type PrintSheet, paperOf, sheetPixels } from '../../engine/index.ts';
import { type PrintFormat, printAs } from '../print.ts';
import type { State, Update } from '../state.ts';
import { sentenceOf, stemOf } from '../words.ts';
import { byId, make } from './dom.ts';

const papers = ['A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'Letter', 'Tabloid'];

const hints: Readonly<Record<PrintFormat, string>> = {
  png: 'A picture.',
  pdf: 'The browser’s print opens: choose “Save as PDF” there. Names stay text, sharp at any magnification.',
  svg: 'Vectors to edit; the relief is a picture.',
};

/** Format, paper, resolution, bleed and margin, and the button that prints. */
export function createPrint(stateNow: () => State, update: Update): void {
  const format = make(
    'select',
    { name: 'format' },
    ...Object.keys(hints).map((key) => new Option(key.toUpperCase(), key)),
  );
  const paper = make('select', { name: 'paper' }, ...papers.map((name) => new Option(name)));
  paper.value = 'A3';
  const turned = make('input', { type: 'checkbox', name: 'landscape' });
  const [dpi, bleed, margin] = [number('dpi', 36, 1200, 300), number('bleed', 0, 100, 0), number('margin', 0, 60, 10)];
  const button = make('button', { type: 'button', textContent: 'Print' });
  const size = make('p', { className: 'private' });
  byId('print').append(
    row('Format', format),
    row('Paper', paper),
    row('Landscape', turned, 'control switch'),
    row('Pixels an inch', dpi),
    row('Bleed, mm', bleed),
    row('Margin, mm', margin),
    make('div', { className: 'save-buttons' }, button),
    size,
  );
  const formatNow = (): PrintFormat => format.value as PrintFormat;
  const sheetNow = (): PrintSheet => {
    const { width, height } = paperOf(paper.value);
    const turnedPaper = turned.checked ? { width: height, height: width } : { width, height };
    return { paper: turnedPaper, bleed: bleed.valueAsNumber, margin: margin.valueAsNumber, dpi: dpi.valueAsNumber };
  };
  const tell = (): void => {
    const isValid = [dpi, bleed, margin].every((field) => field.validity.valid && field.value !== '');
    button.disabled = !isValid;
    const { width, height } = sheetPixels(sheetNow());
    size.textContent = isValid
      ? `${width} × ${height} pixels. ${hints[formatNow()]}`
      : 'Pixels an inch are 36 to 1,200, bleed 0 to 100 mm, the margin 0 to 60 mm.';
  };
  for (const field of [format, paper, turned, dpi, bleed, margin]) field.addEventListener('input', tell);
  tell();
  button.addEventListener('click', async () => {
    button.disabled = true;
    await print(formatNow(), stateNow(), sheetNow(), update);
    button.disabled = false;
  });
}

function number(name: string, low: number, high: number, value: number): HTMLInputElement {
  return make('input', { type: 'number', name, min: String(low), max: String(high), value: String(value) });
}

function row(label: string, field: HTMLElement, className = 'control'): HTMLElement {
  return make('label', { className }, make('span', { textContent: label }), field);
}

async function print(format: PrintFormat, { map, file }: State, sheet: PrintSheet, update: Update): Promise<void> {
  if (map === undefined || file === undefined) return;
  const imprint = `Source: ${file.name}. Printed ${new Date().toISOString().slice(0, 10)}.`;
  try {
    await printAs(format, {
      map: { ...map, notes: [...map.notes, imprint] },
      sheet,
      name: `${stemOf(file.name)}-print`,
      onProgress: (share) => update({ task: `Printing ${Math.floor(100 * share)} % …` }),
    });
  } catch (error) {
    // A reader who closes the browser's own dialog has changed their mind.
    if (!(error instanceof DOMException && error.name === 'AbortError')) update({ trouble: sentenceOf(error) });
  } finally {
    update({ task: undefined });
  }
}
