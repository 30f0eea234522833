/**
 * ForceAtlas2 written out from its formulas, in float64 over all ordered pairs, apart from the engine's code: the
 * reference that the engine is tested against.
 */

interface Node {
  x: number;
  y: number;
  mass: number;
  size: number;
  force: [number, number];
  before: [number, number];
}

interface Edge {
  source: number;
  target: number;
  weight: number;
}

export interface ReferenceSettings {
  scalingRatio: number;
  gravity: number;
  strongGravityMode: boolean;
  linLogMode: boolean;
  outboundAttractionDistribution: boolean;
  adjustSizes: boolean;
  edgeWeightInfluence: number;
  normalizeEdgeWeights: boolean;
  invertedEdgeWeightsMode: boolean;
  jitterTolerance: number;
}

/** Nodes at rest; `points` is x0, y0, x1, y1, … */
export function referenceNodes(points: ArrayLike<number>, sizes: ArrayLike<number>, edges: readonly Edge[]): Node[] {
  return Array.from(sizes, (size, i) => ({
    x: points[2 * i],
    y: points[2 * i + 1],
    mass: 1 + edges.filter((edge) => edge.source === i).length + edges.filter((edge) => edge.target === i).length,
    size,
    force: [0, 0],
    before: [0, 0],
  }));
}

/** One iteration by Gephi's rule; `pace` carries its speed and efficiency on. */
export function referenceStep(
  nodes: Node[],
  edges: readonly Edge[],
  settings: ReferenceSettings,
  pace: { speed: number; efficiency: number },
): void {
  for (const node of nodes) {
    node.before = node.force;
    node.force = [0, 0];
  }
  for (const a of nodes) {
    for (const b of nodes) if (a !== b) push(a, b, settings);
    const r = Math.hypot(a.x, a.y);
    if (r > 0) add(a, (-settings.gravity * a.mass) / (settings.strongGravityMode ? 1 : r), a.x, a.y);
  }
  const weights = referenceWeights(edges, settings);
  const mean = nodes.reduce((sum, { mass }) => sum + mass, 0) / nodes.length;
  edges.forEach((edge, e) => {
    const a = nodes[edge.source];
    const b = nodes[edge.target];
    const rx = a.x - b.x;
    const ry = a.y - b.y;
    const gap = Math.hypot(rx, ry) - (settings.adjustSizes ? a.size + b.size : 0);
    if (settings.adjustSizes && gap <= 0) return;
    let pull = weights[e];
    if (settings.linLogMode) pull *= gap > 0 ? Math.log(1 + gap) / gap : 0;
    if (settings.outboundAttractionDistribution) pull *= mean / a.mass;
    add(a, -pull, rx, ry);
    add(b, pull, rx, ry);
  });
  move(nodes, settings, pace);
}

function add(node: Node, factor: number, x: number, y: number): void {
  node.force[0] += factor * x;
  node.force[1] += factor * y;
}

function push(a: Node, b: Node, { scalingRatio, adjustSizes }: ReferenceSettings): void {
  const rx = a.x - b.x;
  const ry = a.y - b.y;
  const d = Math.hypot(rx, ry);
  if (d === 0) return;
  const k = scalingRatio * a.mass * b.mass;
  const gap = adjustSizes ? d - a.size - b.size : d;
  if (gap > 0) add(a, k / gap ** 2, rx, ry);
  else if (gap < 0) add(a, 100 * k, rx, ry);
}

function referenceWeights(edges: readonly Edge[], settings: ReferenceSettings): number[] {
  let weights = edges.map(({ weight }) => weight);
  if (settings.invertedEdgeWeightsMode) weights = weights.map((w) => (w === 0 ? 0 : 1 / w));
  if (settings.normalizeEdgeWeights) {
    const low = Math.min(...weights);
    const high = Math.max(...weights);
    weights = weights.map((w) => (low === high ? 1 : (w - low) / (high - low)));
  }
  return weights.map((w) => (settings.edgeWeightInfluence === 0 ? 1 : w ** settings.edgeWeightInfluence));
}

function move(nodes: Node[], settings: ReferenceSettings, pace: { speed: number; efficiency: number }): void {
  const swing = (n: Node) => n.mass * Math.hypot(n.before[0] - n.force[0], n.before[1] - n.force[1]);
  const count = nodes.length;
  const tau = settings.jitterTolerance;
  const S = nodes.reduce((sum, n) => sum + swing(n), 0);
  const T =
    nodes.reduce((sum, n) => sum + n.mass * Math.hypot(n.before[0] + n.force[0], n.before[1] + n.force[1]), 0) / 2;
  const o = 0.05 * Math.sqrt(count);
  let jt = tau * Math.max(Math.sqrt(o), Math.min(10, (o * T) / count ** 2));
  if (S / T > 2) {
    if (pace.efficiency > 0.05) pace.efficiency *= 0.5;
    jt = Math.max(jt, tau);
  }
  const target = (jt * pace.efficiency * T) / S;
  if (S > jt * T) {
    if (pace.efficiency > 0.05) pace.efficiency *= 0.7;
  } else if (pace.speed < 1000) {
    pace.efficiency *= 1.3;
  }
  pace.speed += Math.min(target - pace.speed, 0.5 * pace.speed);
  for (const node of nodes) {
    const force = Math.hypot(...node.force);
    let factor = pace.speed / (1 + Math.sqrt(pace.speed * swing(node)));
    if (settings.adjustSizes) factor = Math.min(0.1 * factor * force, 10) / force;
    node.x += factor * node.force[0];
    node.y += factor * node.force[1];
  }
}
