import { createRandom } from '../../engine/base/random.ts';
import { type PackedGraph, type Positions, pack } from '../../engine/graph/packed-graph.ts';
import type { BridgeKind } from '../../engine/structure/bridges/kinds.ts';

/** Something of a known kind that was put on the map. */
export interface Planted {
  readonly kind: BridgeKind;
  /** Node groups that are its ends, or its one group; the clusters around it for what is not annotatable. */
  readonly groups: readonly (readonly number[])[];
  readonly nodes: readonly number[];
  readonly x: number;
  readonly y: number;
}

export interface PlantedMap {
  readonly graph: PackedGraph;
  readonly positions: Positions;
  readonly planted: readonly Planted[];
}

type Point = readonly [x: number, y: number];

/** Side of the square in which each thing is planted; the radius of a usual cluster is about 1. */
const plot = 22;

/**
 * A map with things of all the kinds asked for, each in a square of its own, in random order, turned by a random angle,
 * of random size; between them single clusters, and over all of it some edges between random nodes.
 */
export function plantedMap(options: {
  readonly kinds: readonly BridgeKind[];
  readonly noise?: number;
  readonly seed: number;
}): PlantedMap {
  const { kinds, noise = 0.03, seed } = options;
  const world = createWorld(seed);
  const order = kinds.map((kind) => ({ kind, rank: world.random() })).sort((a, b) => a.rank - b.rank);
  const columns = Math.ceil(Math.sqrt(order.length));
  const planted = order.map(({ kind }, i) => {
    world.moveTo(plot * (i % columns), plot * Math.floor(i / columns));
    for (const x of [-8, 8]) world.cluster([x + world.between(-1, 1), world.between(7.5, 9)]);
    world.cluster([world.between(-3, 3), -world.between(8, 9)]);
    return plant(world, kind);
  });
  world.scatter(noise);
  return { ...world.finish(), planted };
}

/** A place to plant in: coordinates are relative to the middle of the present plot and turned with it. */
function createWorld(seed: number) {
  const random = createRandom(seed);
  const xy: number[] = [];
  const edges: number[] = [];
  let origin: Point = [0, 0];
  let angle = 0;
  const between = (low: number, high: number): number => low + (high - low) * random();
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1));
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const locate = ([x, y]: Point): Point => [
    origin[0] + x * Math.cos(angle) - y * Math.sin(angle),
    origin[1] + x * Math.sin(angle) + y * Math.cos(angle),
  ];
  const world = {
    ...{ random, between, whole, locate },
    moveTo(x: number, y: number): void {
      origin = [x, y];
      angle = between(0, 2 * Math.PI);
    },
    node(at: Point): number {
      xy.push(...locate(at));
      return xy.length / 2 - 1;
    },
    link(a: number, b: number): void {
      if (a !== b) edges.push(a, b);
    },
    pick: (nodes: readonly number[]): number => nodes[Math.floor(random() * nodes.length)],
    sample(nodes: readonly number[], count: number): number[] {
      const rest = [...nodes];
      return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(whole(0, rest.length - 1), 1)[0]);
    },
    /** Edges at random inside a group, so many per node. */
    knit(nodes: readonly number[], perNode: number): void {
      for (const node of nodes) for (let k = 0; k < perNode; k++) world.link(node, world.pick(nodes));
    },
    /** Nodes about a point; the radius grows with the root of their number. */
    blob([x, y]: Point, count: number): number[] {
      const spread = 0.14 * Math.sqrt(count) * between(0.85, 1.15);
      return Array.from({ length: count }, () => world.node([x + spread * normal(), y + spread * normal()]));
    },
    cluster(at: Point, count = whole(16, 36)): number[] {
      const nodes = world.blob(at, count);
      world.knit(nodes, 4);
      return nodes;
    },
    scatter(share: number): void {
      const count = (share * edges.length) / 2;
      for (let k = 0; k < count; k++) world.link(whole(0, xy.length / 2 - 1), whole(0, xy.length / 2 - 1));
    },
    finish(): { readonly graph: PackedGraph; readonly positions: Positions } {
      const ids = Array.from({ length: xy.length / 2 }, (_, i) => `n${i}`);
      return { graph: pack({ ids, edges: Uint32Array.from(edges) }), positions: Float32Array.from(xy) };
    },
  };
  return world;
}

type World = ReturnType<typeof createWorld>;

function plant(world: World, kind: BridgeKind): Planted {
  const [x, y] = world.locate([0, 0]);
  const done = (groups: readonly (readonly number[])[], nodes: readonly number[] = []): Planted => ({
    ...{ kind, groups, nodes, x, y },
  });
  switch (kind) {
    case 'landmark':
      return done([world.cluster([0, 0])]);
    case 'bridge': {
      const [a, b] = twoClusters(world, 3.5, 6.5);
      joinDirectly(world, a, b, world.whole(5, 14));
      return done([a, b]);
    }
    case 'artifact': {
      const [a, b] = twoClusters(world, 3.5, 6.5);
      const hub = world.pick(a);
      for (const node of world.sample(b, world.whole(4, 10))) world.link(hub, node);
      return done([a, b], [hub]);
    }
    case 'nodes-in-the-middle':
      return plantMiddle(world, done);
    case 'breadcrumbs':
      return plantCrumbs(world, done);
    case 'bent': {
      const [a, b] = twoClusters(world, 5.5, 7.5);
      world.cluster([world.between(-1, 1), world.between(-0.4, 0.4)], world.whole(30, 50));
      joinDirectly(world, a, b, world.whole(5, 14));
      return done([a, b]);
    }
    case 'stretched': {
      const length = world.between(11, 14);
      const width = world.between(6.5, 8);
      const nodes = Array.from({ length: world.whole(60, 90) }, () =>
        world.node([length * (world.random() - 0.5), width * (world.random() - 0.5)]),
      );
      world.knit(nodes, 4);
      return done([nodes]);
    }
    case 'branching':
      return plantBranches(world, done);
    case 'into-nothingness': {
      const [a, b] = twoClusters(world, 6.5, 8);
      const hub = world.node([world.between(-1, 1), world.between(-2, 2)]);
      for (const side of [a, b]) for (const node of world.sample(side, world.whole(4, 8))) world.link(hub, node);
      return done([a, b], [hub]);
    }
    case 'not-annotatable':
      return plantNothing(world, done);
  }
}

type Done = (groups: readonly (readonly number[])[], nodes?: readonly number[]) => Planted;

/** Two clusters to the left and right of the middle, so far from it. */
function twoClusters(world: World, nearest: number, farthest: number): [number[], number[]] {
  const half = world.between(nearest, farthest);
  return [world.cluster([-half, 0]), world.cluster([half, 0])];
}

function joinDirectly(world: World, a: readonly number[], b: readonly number[], count: number): void {
  for (let k = 0; k < count; k++) world.link(world.pick(a), world.pick(b));
}

function plantMiddle(world: World, done: Done): Planted {
  const [a, b] = twoClusters(world, 4.5, 7);
  const x = world.between(-0.7, 0.7);
  const middle = Array.from({ length: world.whole(1, 4) }, () =>
    world.node([x + world.between(-0.3, 0.3), world.between(-0.6, 0.6)]),
  );
  for (const node of middle)
    for (const side of [a, b]) for (const other of world.sample(side, 3)) world.link(node, other);
  joinDirectly(world, a, b, world.whole(4, 8));
  return done([a, b], middle);
}

function plantCrumbs(world: World, done: Done): Planted {
  const half = world.between(6.5, 8.5);
  const [a, b] = [world.cluster([-half, 0]), world.cluster([half, 0])];
  const count = world.whole(4, 8);
  const crumbs = Array.from({ length: count }, (_, i) => {
    const t = (i + 1 + world.between(-0.25, 0.25)) / (count + 1);
    return world.node([(2 * t - 1) * (half - 1.5), world.between(-0.7, 0.7)]);
  });
  crumbs.forEach((node, i) => {
    if (i > 0) world.link(node, crumbs[i - 1]);
    for (const side of [a, b]) for (const other of world.sample(side, world.whole(1, 3))) world.link(node, other);
  });
  joinDirectly(world, a, b, world.whole(2, 5));
  return done([a, b], crumbs);
}

function plantBranches(world: World, done: Done): Planted {
  const arms = world.whole(3, 4);
  const parts = Array.from({ length: arms }, (_, i) => {
    const angle = (2 * Math.PI * (i + world.between(-0.12, 0.12))) / arms;
    const reach = world.between(6.5, 8.5);
    return world.blob([reach * Math.cos(angle), reach * Math.sin(angle)], world.whole(10, 16));
  });
  const all = parts.flat();
  world.knit(all, 5);
  return done([all]);
}

/** Clusters all around, and nodes in the middle that link pairs of opposite ones but not one another. */
function plantNothing(world: World, done: Done): Planted {
  const pairs = world.whole(3, 4);
  const ring = Array.from({ length: 2 * pairs }, (_, i) => {
    const angle = (Math.PI * (i + world.between(-0.1, 0.1))) / pairs;
    const reach = world.between(8, 9);
    return world.cluster([reach * Math.cos(angle), reach * Math.sin(angle)], world.whole(14, 22));
  });
  const nodes: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const sides = [ring[pair], ring[pair + pairs]];
    joinDirectly(world, sides[0], sides[1], 3);
    for (let k = world.whole(2, 3); k > 0; k--) {
      const node = world.node([world.between(-0.8, 0.8), world.between(-0.8, 0.8)]);
      for (const side of sides) for (const other of world.sample(side, 3)) world.link(node, other);
      nodes.push(node);
    }
  }
  return done(ring, nodes);
}
