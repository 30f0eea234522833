import { momentum } from '../cpu/momentum.ts';
import type { ForceAtlas2Settings, Rule } from '../settings.ts';

/** Bodies in a leaf of the tree, and cells in the one above: as shaders/layout/structs.wgsl has them. */
export const leafSize = 8;
const family = 4;

/** Nodes that one workgroup of the repulsion takes. */
export const workgroupSize = 64;

/** The struct `Settings` of shaders/layout/structs.wgsl: byte offsets, and the number of levels that it has room for. */
export const settingsTable = {
  size: 336,
  levels: 80,
  maxLevels: 16,
  fields: [
    'nodeCount',
    'topLevel',
    'partialCount',
    'strongGravityMode',
    'linLogMode',
    'adjustSizes',
    'rule',
    'scalingRatio',
    'gravity',
    'opening',
    'jitterTolerance',
    'slowDown',
    'inertia',
    'stride',
    'cooling',
    'coldest',
    'longestPush',
  ],
  firstFloat: 7,
} as const;

/** First cell and number of cells of each level of the tree, leaves first; level 1 is always there. */
export function levelsOf(nodeCount: number): readonly { readonly first: number; readonly count: number }[] {
  const levels = [{ first: 0, count: Math.ceil(nodeCount / leafSize) }];
  while (levels.length < 2 || levels[levels.length - 1].count > 1) {
    const { first, count } = levels[levels.length - 1];
    levels.push({ first: first + count, count: Math.ceil(count / family) });
  }
  return levels;
}

/** The rules as shaders/layout/structs.wgsl numbers them. */
const rules: Record<Rule, number> = { gephi: 0, graphology: 1, momentum: 2 };

/** The settings as the shaders read them; `spacing` as in `moveByMomentum`. */
export function packSettings(nodeCount: number, settings: ForceAtlas2Settings, spacing: number): ArrayBuffer {
  const levels = levelsOf(nodeCount);
  const values: Record<(typeof settingsTable.fields)[number], number> = {
    nodeCount,
    topLevel: levels.length - 1,
    partialCount: Math.ceil(nodeCount / workgroupSize),
    strongGravityMode: Number(settings.strongGravityMode),
    linLogMode: Number(settings.linLogMode),
    adjustSizes: Number(settings.adjustSizes),
    rule: rules[settings.rule],
    scalingRatio: settings.scalingRatio,
    gravity: settings.gravity,
    // Above θ = 2 a cell would count whole although it overlaps its target; at θ = 0 no cell with an extent is far.
    opening: Math.min(2 / Math.min(settings.barnesHutTheta, 2), 1e9),
    jitterTolerance: settings.jitterTolerance,
    slowDown: settings.slowDown,
    inertia: momentum.inertia,
    stride: momentum.stride,
    cooling: momentum.cooling,
    coldest: momentum.coldest,
    longestPush: momentum.reach * spacing,
  };
  const table = new ArrayBuffer(settingsTable.size);
  const integers = new Uint32Array(table);
  const floats = new Float32Array(table);
  settingsTable.fields.forEach((field, k) => {
    (k < settingsTable.firstFloat ? integers : floats)[k] = values[field];
  });
  for (const [level, { first, count }] of levels.entries()) {
    integers.set([first, count], settingsTable.levels / 4 + 4 * level);
  }
  return table;
}
