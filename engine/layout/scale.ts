import type { Springs } from './cpu/springs.ts';
import type { ForceAtlas2Settings } from './settings.ts';

/**
 * The length d that all edges have where attraction and repulsion balance on the whole (the virial theorem, gravity left
 * out): Σe d² = k_r M²/2, or Σe d ln(1 + d) for LinLog; 1000 where nothing attracts. `mass` is one mass a node.
 */
export function naturalEdgeLength(mass: Float64Array, springs: Springs, settings: ForceAtlas2Settings): number {
  const pull = springs.pulls.reduce((sum, e) => sum + e, 0);
  if (pull <= 0) return 1000;
  const balance = (settings.scalingRatio * totalOf(mass) ** 2) / (2 * pull);
  if (!settings.linLogMode) return Math.sqrt(balance);
  let low = 0;
  let high = Math.max(2, balance);
  for (let halving = 0; halving < 100; halving++) {
    const middle = (low + high) / 2;
    if (middle * Math.log(1 + middle) < balance) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The distance between neighbours in the plane where a layout is at rest. Repulsion has the divergence 2π k_r m times the
 * density of mass around a node, attraction that of twice its stiffness D; in balance a node of mass m so takes an area of
 * π k_r m²/D, and the spacing is √(k_r · mean m²/D). LinLog's stiffness is taken at the natural edge length, that of constant
 * gravity at the radius k_r M/k_g, where it alone would hold the mass M.
 */
export function naturalSpacing(
  mass: Float64Array,
  stiffness: Float64Array,
  springs: Springs,
  settings: ForceAtlas2Settings,
): number {
  const { scalingRatio, gravity, strongGravityMode } = settings;
  const length = naturalEdgeLength(mass, springs, settings);
  const slack = settings.linLogMode ? Math.log1p(length) / length : 1;
  const radius = strongGravityMode ? 1 : (scalingRatio * totalOf(mass)) / gravity;
  let area = 0;
  for (let i = 0; i < mass.length; i++) {
    const hold = slack * stiffness[i] + (gravity * mass[i]) / radius;
    if (hold > 0) area += mass[i] ** 2 / hold;
  }
  return area > 0 ? Math.sqrt((scalingRatio * area) / mass.length) : length;
}

/** The sum of the masses. */
export function totalOf(mass: Float64Array): number {
  return mass.reduce((sum, m) => sum + m, 0);
}
