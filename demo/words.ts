import type { ForceAtlas2Settings, Phase } from '../engine/index.ts';
import type { OpenFile, RunState } from './state.ts';
import { wholeNumbers } from './ui/dom.ts';

/** What went wrong, as one sentence. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** What a network is called: by its own title, or by its file's name without endings. */
export function titleOf({ name, graph }: Pick<OpenFile, 'name' | 'graph'>): string {
  return graph.attributes['title'] || stemOf(name);
}

/** A file name without its endings: `net.gexf.gz` → `net`. */
export function stemOf(name: string): string {
  return name.replace(/(\.[a-z0-9]{1,7}){1,2}$/i, '') || 'map';
}

/** How a map came about, for its panel and its legend. */
export function howItWasMade(file: OpenFile, run: RunState): string[] {
  const read = `Read from ${file.name} (${formatTitles[file.format]}).`;
  if (!('plan' in run)) {
    return run.kind === 'none' ? [read] : [read, 'Positions as they are in the file; no layout was run.'];
  }
  const { plan, choices } = run;
  const made = run.kind === 'running' ? '' : `${sentence(endingOf(run))} `;
  return [
    read,
    ...plan.map((phase, i) => phaseSentence(phase, choices.plan, i)),
    `${made}Seed ${choices.seed}: the same seed gives the same map.`,
  ];
}

const formatTitles: Readonly<Record<OpenFile['format'], string>> = {
  gexf: 'GEXF',
  graphml: 'GraphML',
  gml: 'GML',
  pajek: 'Pajek',
  dot: 'DOT',
  csv: 'CSV',
  tsv: 'TSV',
  json: 'JSON',
};

/** The same in a line or two, for the legend of the saved sheet. */
export function legendNotes(run: RunState): string[] {
  if (!('plan' in run)) return ['Positions as in the file.'];
  const phases = run.plan.map(({ name, settings, iterations }) => {
    const length = iterations === 'auto' ? 'to rest' : `${countOf(iterations)} ×`;
    return `${name} ${length} (${gravityOf(settings)})`;
  });
  return [`Layout: ${phases.join(', then ')}; ${endingOf(run)}, seed ${run.choices.seed}.`];
}

/** How many iterations were made, and why no more. */
function endingOf({ iteration, stopped }: Extract<RunState, { plan: unknown }>): string {
  const made = `${countOf(iteration)} iterations`;
  if (stopped === 'converged') return `at rest after ${made}`;
  return stopped === 'limit' ? `stopped after ${made}, before it was at rest` : `${made} made`;
}

/** The words with a capital and a full stop. */
function sentence(words: string): string {
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}

/** Gravity and its mode, for whoever wants to repeat it elsewhere. */
function gravityOf({ strongGravityMode, gravity }: ForceAtlas2Settings): string {
  return `${strongGravityMode ? 'strong gravity' : 'gravity'} ${shortNumber(gravity)}`;
}

/** A number with two digits that count. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function phaseSentence({ settings, iterations }: Phase, plan: 'map' | 'gephi', index: number): string {
  const count = iterations === 'auto' ? 'As many iterations as it takes to rest' : `${countOf(iterations)} iterations`;
  if (plan === 'gephi') {
    const rule = settings.rule === 'momentum' ? 'with momentum' : 'by Gephi’s rule';
    return `${count} of ForceAtlas2 ${rule}: ${settingWords(settings)}.`;
  }
  if (!settings.linLogMode) {
    return `${count} of plain ForceAtlas2 ${index === 0 ? 'first' : 'then'}, because they bring every node into its region quickly.`;
  }
  return `${count} of LinLog with weak gravity (${gravityOf(settings)}), because plain ForceAtlas2 clumps in the middle: LinLog draws clusters tight and sets them apart, and weak gravity lets them spread over the sheet.`;
}

function settingWords(settings: ForceAtlas2Settings): string {
  const modes = [
    settings.linLogMode && 'LinLog mode',
    settings.outboundAttractionDistribution && 'dissuade hubs',
    settings.adjustSizes && 'prevent overlap',
    settings.strongGravityMode && 'stronger gravity',
  ].filter((mode) => mode !== false);
  return [
    `scaling ${settings.scalingRatio}`,
    `gravity ${settings.gravity}`,
    `edge weight influence ${settings.edgeWeightInfluence}`,
    settings.repulsion === 'exact' ? 'exact repulsion' : `θ ${settings.barnesHutTheta}`,
    `tolerance ${settings.jitterTolerance}`,
    ...modes,
  ].join(', ');
}

/** What the status line says. */
export function statusOf(run: RunState): string {
  switch (run.kind) {
    case 'none':
      return '';
    case 'as-read':
      return 'Positions from the file';
    case 'running':
      return `${progressOf(run)} iterations`;
    case 'paused':
      return `Paused at ${progressOf(run)}`;
    case 'finished':
      return `Finished, ${countOf(run.iteration)} iterations`;
  }
}

/** Iterations made, and of how many where that is known. */
function progressOf({ iteration, iterations, choices }: Extract<RunState, { plan: unknown }>): string {
  return choices.end === 'rest' ? countOf(iteration) : `${countOf(iteration)} of ${countOf(iterations)}`;
}

function countOf(value: number): string {
  return wholeNumbers.format(value);
}
