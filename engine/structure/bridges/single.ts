import { pointOf } from './corridor.ts';
import { type Point, quantile } from './geometry.ts';
import type { Bridge } from './kinds.ts';
import type { Place } from './places.ts';
import { nearestOn } from './polyline.ts';
import { endOf, endOfNodes, rounded, routeBy, type Scene } from './scene.ts';

const mostCompact = 1.5;
/** A community longer than wide by this is a string of crumbs where it is thin. */
const thinRatio = 3;

/** The only place of a community: a landmark, or something stretched between a cluster and a bridge. */
export function landmarkOf(scene: Scene, place: Place): Bridge {
  const { sigma, nodes } = place;
  if (sigma > mostCompact) return stretchedOf(scene, place);
  return {
    kind: 'landmark',
    traits: ['landmark'],
    label: place.words[0] ?? '',
    description: `A cluster of ${nodes.length} nodes about ${place.name}.`,
    ends: [endOf(place)],
    nodes,
    middle: new Uint32Array(0),
    edges: new Uint32Array(0),
    paths: [],
    ...place.peak,
    width: 2 * place.radius,
    strength: nodes.length,
    evidence: rounded({ nodes: nodes.length, sigma, width: (2 * place.radius) / scene.delta }),
  };
}

function stretchedOf(scene: Scene, place: Place): Bridge {
  const { graph, positions, delta } = scene;
  const { nodes, sigma, community } = place;
  const { tails, tips } = extremesOf(scene, place);
  const route = routeBy(scene, tips, nodes, nodes);
  const away = Array.from(nodes, (node) => nearestOn(route.bare, pointOf(positions, node)).away);
  const width = 2 * quantile(away, 0.9);
  const length = Math.hypot(tips[1].x - tips[0].x, tips[1].y - tips[0].y);
  const isThin = width <= 2 * delta && length >= thinRatio * width;
  const ends = tails.map((tail, i) => endOfNodes(graph, community, { nodes: tail, ...tips[i] }));
  return {
    kind: isThin ? 'breadcrumbs' : 'stretched',
    traits: isThin ? ['breadcrumbs', 'stretched'] : ['stretched'],
    label: place.words[0] ?? '',
    description: `${nodes.length} nodes about ${place.name} are spread ${sigma.toFixed(1)} times as far as is usual, from ${ends[0].name} to ${ends[1].name}.`,
    ends,
    nodes,
    middle: new Uint32Array(0),
    edges: new Uint32Array(0),
    paths: [route.path],
    ...route.label,
    width,
    strength: sigma * Math.sqrt(nodes.length),
    evidence: rounded({ nodes: nodes.length, sigma, width: width / delta, detour: route.detour }),
  };
}

/** The outer fifths of a place along its longest direction, and their tips. */
function extremesOf({ positions }: Scene, { nodes, x, y }: Place) {
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const node of nodes) {
    const dx = positions[2 * node] - x;
    const dy = positions[2 * node + 1] - y;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const along = (node: number) =>
    (positions[2 * node] - x) * Math.cos(angle) + (positions[2 * node + 1] - y) * Math.sin(angle);
  const ordered = [...nodes].sort((a, b) => along(a) - along(b) || a - b);
  const fifth = Math.max(1, Math.floor(ordered.length / 5));
  const tails = [ordered.slice(0, fifth), ordered.slice(-fifth)];
  const tips = tails.map((tail): Point => {
    const reach = quantile(tail.map(along), 0.5);
    return { x: x + reach * Math.cos(angle), y: y + reach * Math.sin(angle) };
  });
  return { tails, tips };
}
