import type { Show, State } from '../state.ts';
import { make } from './dom.ts';

interface Common {
  readonly label: string;
  /** Shown only while this holds. */
  readonly when?: (state: State) => boolean;
}

/** A control as data: how it looks, what it shows of the state, and what a change does. */
export type Control = Common &
  (
    | { readonly kind: 'switch'; read(state: State): boolean; change(value: boolean): void }
    | {
        readonly kind: 'range';
        readonly least: number;
        readonly most: number;
        readonly step: number;
        readonly unit?: string;
        read(state: State): number;
        change(value: number): void;
      }
    | {
        readonly kind: 'number';
        readonly least: number;
        readonly step: number;
        read(state: State): number;
        change(value: number): void;
      }
    | {
        readonly kind: 'choice';
        options(state: State): readonly (readonly [value: string, title: string])[];
        read(state: State): string;
        change(value: string): void;
      }
  );

/** Puts controls into a box and returns what keeps them in step with the state. */
export function createControls(box: HTMLElement, controls: readonly Control[]): Show {
  const shows = controls.map((control) => {
    const { row, show } = rowOf(control);
    box.append(row);
    return (state: State): void => {
      row.hidden = control.when !== undefined && !control.when(state);
      if (!row.hidden) show(state);
    };
  });
  return (state) => {
    for (const show of shows) show(state);
  };
}

function rowOf(control: Control): { row: HTMLElement; show: Show } {
  switch (control.kind) {
    case 'switch':
      return switchRow(control);
    case 'range':
      return rangeRow(control);
    case 'number':
      return numberRow(control);
    case 'choice':
      return choiceRow(control);
  }
}

type Of<Kind> = Extract<Control, { kind: Kind }>;

function switchRow(control: Of<'switch'>): { row: HTMLElement; show: Show } {
  const input = make('input', { type: 'checkbox' });
  input.addEventListener('change', () => control.change(input.checked));
  const row = make('label', { className: 'control switch' }, make('span', { textContent: control.label }), input);
  return {
    row,
    show(state) {
      input.checked = control.read(state);
    },
  };
}

function rangeRow(control: Of<'range'>): { row: HTMLElement; show: Show } {
  const { least, most, step, unit = '' } = control;
  const input = make('input', { type: 'range', min: `${least}`, max: `${most}`, step: `${step}` });
  const output = make('output');
  input.addEventListener('input', () => control.change(input.valueAsNumber));
  const name = make('span', {}, control.label, output);
  return {
    row: make('label', { className: 'control range' }, name, input),
    show(state) {
      const value = control.read(state);
      if (input.valueAsNumber !== value) input.value = `${value}`;
      output.textContent = `${Number(value.toPrecision(3))}${unit}`;
    },
  };
}

function numberRow(control: Of<'number'>): { row: HTMLElement; show: Show } {
  const { least, step } = control;
  const input = make('input', { type: 'number', min: `${least}`, step: `${step}`, inputMode: 'decimal' });
  input.addEventListener('change', () => {
    if (input.value !== '' && input.validity.valid) control.change(input.valueAsNumber);
  });
  return {
    row: make('label', { className: 'control' }, make('span', { textContent: control.label }), input),
    show(state) {
      if (document.activeElement !== input) input.value = `${control.read(state)}`;
    },
  };
}

function choiceRow(control: Of<'choice'>): { row: HTMLElement; show: Show } {
  const select = make('select');
  select.addEventListener('change', () => control.change(select.value));
  let offered = '';
  return {
    row: make('label', { className: 'control' }, make('span', { textContent: control.label }), select),
    show(state) {
      const options = control.options(state);
      const key = JSON.stringify(options);
      if (key !== offered) select.replaceChildren(...options.map(([value, title]) => new Option(title, value)));
      offered = key;
      select.value = control.read(state);
    },
  };
}
