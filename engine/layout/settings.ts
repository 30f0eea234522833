import { IsthmusError } from '../base/errors.ts';

/** How repulsion is summed: over all pairs, over cells of a quadtree, or between cells by multipole expansions. */
export type Repulsion = 'exact' | 'barnes-hut' | 'multipole';

/** How forces become steps: Gephi's global speed, graphology's local one, or momentum, which comes to rest in far fewer. */
export type Rule = 'gephi' | 'graphology' | 'momentum';

/** The settings of ForceAtlas2 under Gephi's names (Jacomy et al. 2014, doi:10.1371/journal.pone.0098679). */
export interface ForceAtlas2Settings {
  /** Strength of repulsion, > 0; a larger value makes a sparser map. Default 2, under 100 nodes 10; graphology's rule 1. */
  readonly scalingRatio: number;
  /** Pull towards the origin, ≥ 0, in units of a node's mass. Default 1. */
  readonly gravity: number;
  /** Gravity grows with the distance from the origin instead of being constant. Default false. */
  readonly strongGravityMode: boolean;
  /** Attraction by the logarithm of the distance: tighter clusters, further apart (Noack's LinLog). Default false. */
  readonly linLogMode: boolean;
  /** "Dissuade hubs": attraction is divided by the mass of the edge's source. Default false. */
  readonly outboundAttractionDistribution: boolean;
  /** "Prevent overlap": distances are measured between the rims of the nodes. Default false. */
  readonly adjustSizes: boolean;
  /** The exponent δ of the edge weight, ≥ 0; 0 ignores weights. Default 1. */
  readonly edgeWeightInfluence: number;
  /** Weights are spread over 0 … 1 first. Default false. */
  readonly normalizeEdgeWeights: boolean;
  /** A large weight means far: w becomes 1/w (0 stays 0), before normalisation. Default false. */
  readonly invertedEdgeWeightsMode: boolean;
  /** How much swinging is allowed for speed, > 0; Gephi's rule only. Default 1. */
  readonly jitterTolerance: number;
  /**
   * How coarse repulsion is, ≥ 0; larger is coarser and faster, 0 exact. Barnes-Hut takes a cell of radius r at distance d as
   * a whole if d·θ > 2r, above 2 as at 2; multipole on the CPU two cells if 0.75 d·θ > r + r′, above 1.33 as at 1.33, and
   * their error stays under a share of the field that grows with θ⁶. Default 1.2; graphology's rule 0.5.
   */
  readonly barnesHutTheta: number;
  /** Default from 1,000 nodes multipole, under graphology's rule barnes-hut; exact below. */
  readonly repulsion: Repulsion;
  /**
   * Default gephi. With `graphology`, masses are 1 + the sum of weights and every node has a speed of its own. With
   * `momentum`, forces and so the layouts at rest are Gephi's, and every node keeps a part of its velocity.
   */
  readonly rule: Rule;
  /** Divides every step, > 0; graphology's rule only. Default 1. */
  readonly slowDown: number;
}

/** Gephi's defaults for a graph of this size, or those of graphology-layout-forceatlas2. */
export function defaultSettings(nodeCount: number, rule: Rule = 'gephi'): ForceAtlas2Settings {
  return {
    scalingRatio: rule === 'graphology' ? 1 : nodeCount >= 100 ? 2 : 10,
    gravity: 1,
    strongGravityMode: false,
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    normalizeEdgeWeights: false,
    invertedEdgeWeightsMode: false,
    jitterTolerance: 1,
    barnesHutTheta: rule === 'graphology' ? 0.5 : 1.2,
    repulsion: nodeCount < 1000 ? 'exact' : rule === 'graphology' ? 'barnes-hut' : 'multipole',
    rule,
    slowDown: 1,
  };
}

type SettingName = keyof ForceAtlas2Settings;

const positive = ['scalingRatio', 'jitterTolerance', 'slowDown'] as const;
const notNegative = ['gravity', 'edgeWeightInfluence', 'barnesHutTheta'] as const;
const choices = { repulsion: ['exact', 'barnes-hut', 'multipole'], rule: ['gephi', 'graphology', 'momentum'] } as const;
const switches = [
  'strongGravityMode',
  'linLogMode',
  'outboundAttractionDistribution',
  'adjustSizes',
  'normalizeEdgeWeights',
  'invertedEdgeWeightsMode',
] as const;

/**
 * The settings with the defaults for this size filled in.
 *
 * @throws UsageError that names the setting, its value and its range; or the setting that does not exist.
 */
export function checkSettings(settings: Partial<ForceAtlas2Settings>, nodeCount: number): ForceAtlas2Settings {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const defaults = defaultSettings(nodeCount, settings.rule);
  for (const name of Object.keys(given)) {
    if (!(name in defaults)) {
      const known = Object.keys(defaults).join(', ');
      throw new IsthmusError('UsageError', `There is no setting "${name}" of ForceAtlas2; there are ${known}.`);
    }
  }
  const checked: ForceAtlas2Settings = { ...defaults, ...given };
  for (const name of positive) {
    if (!(Number.isFinite(checked[name]) && checked[name] > 0)) refuse(checked, name, 'a number above 0');
  }
  for (const name of notNegative) {
    if (!(Number.isFinite(checked[name]) && checked[name] >= 0)) refuse(checked, name, 'a number of 0 or more');
  }
  for (const name of switches) {
    if (typeof checked[name] !== 'boolean') refuse(checked, name, 'true or false');
  }
  for (const name of ['repulsion', 'rule'] as const) {
    const allowed: readonly string[] = choices[name];
    if (!allowed.includes(checked[name])) refuse(checked, name, allowed.join(' or '));
  }
  return checked;
}

function refuse(settings: ForceAtlas2Settings, name: SettingName, range: string): never {
  throw new IsthmusError('UsageError', `The setting ${name} is ${range}, but it was ${String(settings[name])}.`);
}
