import { defaultSettings } from '../../engine/index.ts';
import { type Actions, type LayoutChoices, onChange, type Show, type State } from '../state.ts';
import { type Control, createControls } from './control.ts';
import { byId, make } from './dom.ts';

/** The choice of plan, and ForceAtlas2's settings by Gephi's names. They count from the next start. */
export function createLayoutControls(stateNow: () => State, actions: Actions): Show {
  const box = byId('layout-controls');
  const show = createControls(box, [...commonControls(actions), ...gephiControls(stateNow, actions)]);
  const begin = make('button', { type: 'button', textContent: 'Lay out anew' });
  begin.addEventListener('click', () => actions.restart());
  box.append(begin);
  return onChange(
    ({ choices, file }) => [choices, file],
    (state) => {
      begin.disabled = state.file === undefined;
      show(state);
    },
  );
}

function commonControls({ choose }: Actions): Control[] {
  return [
    {
      kind: 'choice',
      label: 'Plan',
      options: () => [
        ['map', 'for the eye'],
        ['gephi', 'ForceAtlas2 as Gephi'],
      ],
      read: ({ choices }) => choices.plan,
      change: (plan) => choose({ plan: plan as LayoutChoices['plan'] }),
    },
    {
      kind: 'choice',
      label: 'End',
      options: () => [
        ['rest', 'once at rest'],
        ['count', 'after so many iterations'],
      ],
      read: ({ choices }) => choices.end,
      change: (end) => choose({ end: end as LayoutChoices['end'] }),
    },
    {
      kind: 'number',
      label: 'Iterations',
      ...{ least: 1, step: 1, when: ({ choices }: State) => choices.end === 'count' },
      read: ({ choices }) => choices.iterations,
      change: (iterations) => choose({ iterations }),
    },
    {
      kind: 'number',
      label: 'Seed',
      ...{ least: 0, step: 1 },
      read: ({ choices }) => choices.seed,
      change: (seed) => choose({ seed }),
    },
  ];
}

const numbers = [
  ['scalingRatio', 'Scaling', 0.001],
  ['gravity', 'Gravity', 0],
  ['edgeWeightInfluence', 'Edge weight influence', 0],
  ['jitterTolerance', 'Tolerance (speed)', 0.001],
  ['barnesHutTheta', 'Approximation (θ)', 0],
] as const;

const switches = [
  ['linLogMode', 'LinLog mode'],
  ['strongGravityMode', 'Stronger gravity'],
  ['outboundAttractionDistribution', 'Dissuade hubs'],
  ['adjustSizes', 'Prevent overlap'],
] as const;

function gephiControls(stateNow: () => State, { choose }: Actions): Control[] {
  const when = ({ choices }: State) => choices.plan === 'gephi';
  const settingsOf = ({ choices, file }: State) => ({
    ...defaultSettings(file?.graph.nodeCount ?? 0),
    ...choices.overrides,
  });
  const change = (name: string) => (value: number | boolean) =>
    choose({ overrides: { ...stateNow().choices.overrides, [name]: value } });
  return [
    ...numbers.map(
      ([name, label, least]): Control => ({
        kind: 'number',
        ...{ label, least, step: 0.001, when },
        read: (state) => settingsOf(state)[name],
        change: change(name),
      }),
    ),
    ...switches.map(
      ([name, label]): Control => ({
        kind: 'switch',
        ...{ label, when },
        read: (state) => settingsOf(state)[name],
        change: change(name),
      }),
    ),
  ];
}
