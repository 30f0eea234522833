import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { type Bodies, createBodies, massesInto, positionsOfBodies } from './cpu/bodies.ts';
import { stiffnessInto } from './cpu/momentum.ts';
import { createSprings, type Springs } from './cpu/springs.ts';
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

/** `naturalSpacing` of a graph under these settings. */
export function spacingOf(graph: PackedGraph, settings: ForceAtlas2Settings): number {
  const bodies = createBodies(graph, new Float32Array(2 * graph.nodeCount));
  massesInto(bodies.mass, graph, settings.rule);
  const springs = createSprings(graph, settings);
  stiffnessInto(bodies, springs, settings);
  return naturalSpacing(bodies.mass, bodies.stiffness, springs, settings);
}

/** The sum of the masses. */
export function totalOf(mass: Float64Array): number {
  return mass.reduce((sum, m) => sum + m, 0);
}

/**
 * Moves the centre of mass to the origin and scales the bodies to the size at which their shape has the least energy. The
 * energy of a shape at the scale s is A(s) + G(s) − P ln s, P = k_r Σ mᵢmⱼ over the pairs, so that s A′ + s G′ = P: with
 * linear attraction s²Σe d² + k_g (s²Σ m r² for strong gravity, sΣ m r for constant) = P; LinLog has Σe sd ln(1 + sd).
 * A size that is off by less than the factor `tolerance`, ≥ 1, stays, and so does the centre.
 */
export function fitScale(bodies: Bodies, springs: Springs, settings: ForceAtlas2Settings, tolerance = 1): void {
  const { count, places, mass } = bodies;
  const balance = pairEnergy(mass, settings);
  const total = totalOf(mass);
  let cx = 0;
  let cy = 0;
  for (let i = 0; i < count; i++) {
    cx += (mass[i] / total) * places[2 * i];
    cy += (mass[i] / total) * places[2 * i + 1];
  }
  const scale = balance > 0 ? scaleAtBalance(pullAtScale(bodies, springs, settings, cx, cy), balance) : 1;
  if (scale < tolerance && scale > 1 / tolerance) return;
  for (let i = 0; i < count; i++) {
    places[2 * i] = scale * (places[2 * i] - cx);
    places[2 * i + 1] = scale * (places[2 * i + 1] - cy);
  }
}

/** The positions after `fitScale`. */
export function fitPositions(
  graph: PackedGraph,
  positions: Positions,
  settings: ForceAtlas2Settings,
  tolerance = 1,
): Positions {
  const bodies = createBodies(graph, positions);
  massesInto(bodies.mass, graph, settings.rule);
  fitScale(bodies, createSprings(graph, settings), settings, tolerance);
  return positionsOfBodies(bodies);
}

/** k_r Σ mᵢmⱼ over all pairs: by so much the energy of repulsion falls when a layout grows e times in size. */
export function pairEnergy(mass: Float64Array, { scalingRatio }: ForceAtlas2Settings): number {
  return (scalingRatio * (totalOf(mass) ** 2 - mass.reduce((sum, m) => sum + m * m, 0))) / 2;
}

/** s A′ + s G′ of the bodies about this centre as a function of s, which grows with s. */
function pullAtScale(
  bodies: Bodies,
  springs: Springs,
  settings: ForceAtlas2Settings,
  cx: number,
  cy: number,
): (scale: number) => number {
  const { count, places, mass } = bodies;
  const { offsets, targets, pulls } = springs;
  const isDissuading = settings.outboundAttractionDistribution;
  const meanMass = isDissuading ? totalOf(mass) / count : 1;
  const logarithmic = settings.linLogMode ? targets.length : 0;
  const distances = new Float64Array(logarithmic);
  const strengths = new Float64Array(logarithmic);
  let square = 0;
  let linear = 0;
  for (let i = 0; i < count; i++) {
    const strength = isDissuading ? meanMass / mass[i] : 1;
    for (let k = offsets[i]; k < offsets[i + 1]; k++) {
      const dx = places[2 * i] - places[2 * targets[k]];
      const dy = places[2 * i + 1] - places[2 * targets[k] + 1];
      const pull = strength * pulls[k];
      if (settings.linLogMode) {
        distances[k] = Math.sqrt(dx * dx + dy * dy);
        strengths[k] = pull;
      } else square += pull * (dx * dx + dy * dy);
    }
    const fromCentre = (places[2 * i] - cx) ** 2 + (places[2 * i + 1] - cy) ** 2;
    if (settings.strongGravityMode) square += settings.gravity * mass[i] * fromCentre;
    else linear += settings.gravity * mass[i] * Math.sqrt(fromCentre);
  }
  return (scale) => {
    let sum = scale * scale * square + scale * linear;
    for (let k = 0; k < logarithmic; k++) {
      const distance = scale * distances[k];
      sum += strengths[k] * distance * Math.log1p(distance);
    }
    return sum;
  };
}

/** The scale at which a growing function reaches the balance, by halving its logarithm; 1 where nothing pulls. */
function scaleAtBalance(pullAt: (scale: number) => number, balance: number): number {
  if (!(pullAt(1) > 0)) return 1;
  let low = 1;
  let high = 1;
  while (pullAt(low) > balance) low /= 4;
  while (pullAt(high) < balance) high *= 4;
  while (high > 1.0001 * low) {
    const middle = Math.sqrt(low * high);
    if (pullAt(middle) < balance) low = middle;
    else high = middle;
  }
  return high;
}
