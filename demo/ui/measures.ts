import { isErrorOfKind, type Measures, type RemoteEngine } from '../../engine/index.ts';
import { onChange, type Show, type State } from '../state.ts';
import { sentenceOf } from '../words.ts';
import { byId, make } from './dom.ts';

/** How good the layout is: measured once it rests, and only if a reader wants to know. */
export function createMeasures(engine: Pick<RemoteEngine, 'measure'>, stateNow: () => State): Show {
  const section = byId<HTMLDetailsElement>('measures');
  const box = byId('measure-list');
  let underWay = new AbortController();

  const measure = async ({ map, run }: State): Promise<void> => {
    underWay.abort();
    underWay = new AbortController();
    const { signal } = underWay;
    if (map === undefined || !section.open) return;
    if (run.kind === 'running')
      return box.replaceChildren(make('p', { textContent: 'Measured once the layout rests.' }));
    box.replaceChildren(make('p', { textContent: 'Measuring …' }));
    try {
      const { communities } = map;
      const settings = 'plan' in run ? run.plan.at(-1)?.settings : undefined;
      const measures = await engine.measure(map.graph, map.positions, { communities, settings, signal });
      if (!signal.aborted) box.replaceChildren(...rowsOf(measures));
    } catch (error) {
      if (!isErrorOfKind(error, 'AbortError')) box.replaceChildren(make('p', { textContent: sentenceOf(error) }));
    }
  };
  section.addEventListener('toggle', () => void measure(stateNow()));
  // While the layout moves, its positions change many times a second and don't matter here.
  return onChange(
    ({ map, run }) => [map?.graph, run.kind, run.kind === 'running' ? undefined : map?.positions],
    (state) => void measure(state),
  );
}

function rowsOf(measures: Measures): HTMLElement[] {
  const { closeness, neighbourhoodPreservation, stress, edgeLengths, nonlocalShare, equilibrium } = measures;
  const near = closeness.applicable
    ? `${percent(closeness.edgesWithin)} of the links, but only ${percent(closeness.pairsWithin)} of all pairs of nodes, are nearer than the bar on the map.`
    : 'Nearness does not tell which nodes are linked.';
  const rows: (readonly [name: string, value: string, meaning: string])[] = [
    ['Connected-closeness', figure(closeness.cMax), near],
    [
      'Neighbours kept',
      percent(neighbourhoodPreservation.value),
      'of the nodes that a node is linked to are among those nearest to it, on average.',
    ],
    [
      'Stress',
      figure(stress.value),
      'How far distances on the map depart from steps along links: 0 is not at all, 1 is without any relation.',
    ],
    [
      'Uneven link lengths',
      figure(edgeLengths.uniformity),
      'The spread of the lengths over their mean: 0 if all were the same.',
    ],
    [
      'Long links between clusters',
      percent(nonlocalShare),
      'of the links join two clusters over more than the bar’s length: nearness can’t show them.',
    ],
    [
      'Force left',
      percent(equilibrium.residualForce),
      'of the push between nodes finds no pull against it: 0 once all is at rest.',
    ],
    [
      'Energy',
      scientific(measures.energy),
      'What the layout seeks the least of. It compares layouts of this network under the same settings: lower is better.',
    ],
  ];
  return rows.map(([name, value, meaning]) =>
    make(
      'section',
      {},
      make('h3', {}, make('span', { textContent: name }), make('strong', { textContent: value })),
      make('p', { textContent: meaning }),
    ),
  );
}

function figure(value: number | null): string {
  return value === null ? 'none' : value.toFixed(2);
}

function percent(share: number | null): string {
  return share === null ? 'none' : `${Number((100 * share).toPrecision(2))} %`;
}

/** −1.633 × 10⁸ */
function scientific(value: number): string {
  const [digits, exponent] = value.toExponential(3).split('e');
  const raised = String(Number(exponent)).replaceAll(/[-\d]/g, (sign) =>
    sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)],
  );
  return `${digits.replace('-', '−')} × 10${raised}`;
}
