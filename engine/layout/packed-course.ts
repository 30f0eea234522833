import { type ComponentGraph, componentGraphs, componentsOf } from '../graph/components.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { type Course, type CourseOptions, createCourse } from './course.ts';
import { type Held, isSameHeld, noneHeld } from './held.ts';
import { composePieces, packPieces } from './pack-pieces.ts';
import type { Phase } from './plan.ts';
import { repack } from './repack.ts';
import type { LayoutState } from './run.ts';
import { spacingOf } from './scale.ts';

/** A component with fewer nodes than this is laid out on the CPU: starting a GPU would take longer. */
const gpuNodes = 4000;
/** Up to so many nodes, the sum over all pairs is the fastest. */
const fewNodes = 300;

/**
 * The course of a graph whose connected components are laid out each as a graph of its own and put side by side. It reports
 * on the largest. Iterations are those of every component: each stops by itself, and the whole when all have.
 *
 * Components are put side by side anew with each reading until a node is held or the graph has changed: from then on they
 * stay where they are, so that what a reader holds does not slip away. Let go of before the plan's end, they move again.
 */
export function createPackedCourse(graph: PackedGraph, options: CourseOptions): Course {
  const components = componentsOf(graph);
  const { plan, standing, positions, onAdvance } = options;
  if (components.count < (standing === undefined ? 2 : 1)) return createCourse(graph, options);
  const parts = [...componentGraphs(graph, components)].sort((a, b) => b.nodes.length - a.nodes.length);
  // The first is a course even where no node has an edge, so that there is one to report on.
  const pieceCount = Math.max(1, parts.filter(({ nodes }) => nodes.length > 1).length);
  const pieces = parts.slice(0, pieceCount);
  const spacing = spacingOf(graph, plan[plan.length - 1].settings);
  const repacked = standing && repack(parts, standing.state.positions, standing.origins, spacing);
  let shifts = repacked?.shifts;
  let isFixed = shifts !== undefined;
  let staysFixed = isFixed;
  /** The phase in which they were put side by side: each has a size of its own. */
  let packedIn = repacked && standing && plan[standing.phase].name;
  let told = 0;
  const courses = pieces.map(({ graph: part, nodes }, k) => {
    const start = repacked === undefined ? positions && rowsOf(positions, nodes) : repacked.starts[k];
    return createCourse(part, {
      ...options,
      plan: part.nodeCount <= fewNodes ? plan.map(withExactRepulsion) : plan,
      positions: start,
      standing: start && standing,
      device: k > 0 && part.nodeCount < gpuNodes ? 'cpu' : options.device,
      onAdvance(iteration) {
        told = Math.max(told, iteration);
        onAdvance(told);
      },
    });
  });
  const held = courses.map(() => noneHeld);
  const [largest] = courses;
  const stoppedAll = () => {
    const reasons = courses.map((course) => course.stopped);
    if (reasons.includes(undefined)) return undefined;
    return reasons.includes('limit') ? 'limit' : largest.stopped;
  };
  const read = async () => {
    const states: LayoutState[] = [];
    for (const course of courses) states.push(await course.read());
    if (shifts === undefined || !isFixed || packedIn !== largest.phase) {
      packedIn = largest.phase;
      const rims = states.map((state) => state.positions);
      shifts = packPieces(rims, parts.length - pieceCount, spacing);
    }
    const placed = parts.map(({ nodes }, k) => ({ nodes, positions: states[k]?.positions ?? origin }));
    return { state: { ...states[0], positions: composePieces(graph.nodeCount, placed, shifts) }, shifts };
  };
  return {
    get device() {
      return largest.device;
    },
    get iteration() {
      return largest.iteration;
    },
    get phase() {
      return largest.phase;
    },
    get stopped() {
      return stoppedAll();
    },
    async advance(count) {
      const going = courses.filter((course) => course.stopped === undefined);
      for (const course of going.length > 0 ? going : courses) await course.advance(count);
    },
    read: async () => (await read()).state,
    async hold(wanted) {
      const at = shifts ?? (await read()).shifts;
      if (!isFixed) staysFixed = stoppedAll() !== undefined;
      isFixed = staysFixed || wanted.nodes.length > 0;
      const byPart = heldByPart(parts, wanted, at);
      for (const [k, course] of courses.entries()) {
        if (isSameHeld(byPart[k], held[k])) continue;
        held[k] = byPart[k];
        await course.hold(held[k]);
      }
      // Nothing moves a lone node but a hand.
      for (let k = pieceCount; k < parts.length; k++) {
        byPart[k].places.forEach((coordinate, axis) => {
          at[2 * k + axis] += coordinate;
        });
      }
    },
    async stand() {
      const { state, shifts: origins } = await read();
      const standing = await largest.stand();
      const none = parts.map(({ nodes }) => ({ nodes, positions: new Float32Array(2 * nodes.length) }));
      return { ...standing, state, origins: Float64Array.from(composePieces(graph.nodeCount, none, origins)) };
    },
    dispose() {
      for (const course of courses) course.dispose();
    },
  };
}

/** Of a lone node in its own frame. */
const origin = new Float32Array(2);

function withExactRepulsion(phase: Phase): Phase {
  return { ...phase, settings: { ...phase.settings, repulsion: 'exact' } };
}

function rowsOf(positions: Positions, nodes: readonly number[]): Positions {
  return Float32Array.from({ length: 2 * nodes.length }, (_, k) => positions[2 * nodes[k >> 1] + (k & 1)]);
}

/** What is held of each part, by its own numbers and in its own frame. */
function heldByPart(parts: readonly ComponentGraph[], { nodes, places }: Held, shifts: Float64Array): readonly Held[] {
  if (nodes.length === 0) return parts.map(() => noneHeld);
  const placeOf = new Map(Array.from(nodes, (node, k) => [node, k]));
  return parts.map((part, k) => {
    const own = part.nodes.flatMap((node, row) => {
      const place = placeOf.get(node);
      return place === undefined ? [] : [{ row, place }];
    });
    return {
      nodes: Uint32Array.from(own, ({ row }) => row),
      places: Float32Array.from(
        own.flatMap(({ place }) => [0, 1].map((axis) => places[2 * place + axis] - shifts[2 * k + axis])),
      ),
    };
  });
}
