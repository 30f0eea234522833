import { componentGraphs, componentsOf } from '../graph/components.ts';
import type { PackedGraph, Positions } from '../graph/packed-graph.ts';
import { type Course, type CourseOptions, createCourse } from './course.ts';
import { createBodies, massesInto } from './cpu/bodies.ts';
import { stiffnessInto } from './cpu/momentum.ts';
import { createSprings } from './cpu/springs.ts';
import { composePieces } from './pack-pieces.ts';
import type { Phase } from './plan.ts';
import { naturalSpacing } from './scale.ts';

/** A component with fewer nodes than this is laid out on the CPU: starting a GPU would take longer. */
const gpuNodes = 4000;
/** Up to so many nodes, the sum over all pairs is the fastest. */
const fewNodes = 300;

/**
 * The course of a graph whose connected components are laid out each as a graph of its own and put side by side. It reports
 * on the largest. Iterations are those of every component: each stops by itself, and the whole when all have.
 */
export function createPackedCourse(graph: PackedGraph, options: CourseOptions): Course {
  const components = componentsOf(graph);
  if (components.count < 2) return createCourse(graph, options);
  const { plan, onAdvance } = options;
  const parts = [...componentGraphs(graph, components)].sort((a, b) => b.nodes.length - a.nodes.length);
  // The first is a course even where no node has an edge, so that there is one to report on.
  const loners = parts.slice(1).filter((part) => part.nodes.length === 1);
  const pieces = parts.slice(0, parts.length - loners.length);
  let told = 0;
  const courses = pieces.map(({ graph: part, nodes }, k) =>
    createCourse(part, {
      ...options,
      plan: part.nodeCount <= fewNodes ? plan.map(withExactRepulsion) : plan,
      positions: options.positions && rowsOf(options.positions, nodes),
      device: k > 0 && part.nodeCount < gpuNodes ? 'cpu' : options.device,
      onAdvance(iteration) {
        told = Math.max(told, iteration);
        onAdvance(told);
      },
    }),
  );
  const [largest] = courses;
  const spacing = spacingOf(graph, plan[plan.length - 1]);
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
      const reasons = courses.map((course) => course.stopped);
      if (reasons.includes(undefined)) return undefined;
      return reasons.includes('limit') ? 'limit' : largest.stopped;
    },
    async advance(count) {
      const going = courses.filter((course) => course.stopped === undefined);
      for (const course of going.length > 0 ? going : courses) await course.advance(count);
    },
    async read() {
      const states = [];
      for (const course of courses) states.push(await course.read());
      const placed = states.map(({ positions }, k) => ({ nodes: pieces[k].nodes, positions }));
      const lone = loners.map(({ nodes }) => nodes[0]);
      return { ...states[0], positions: composePieces(graph.nodeCount, placed, lone, spacing) };
    },
    dispose() {
      for (const course of courses) course.dispose();
    },
  };
}

function withExactRepulsion(phase: Phase): Phase {
  return { ...phase, settings: { ...phase.settings, repulsion: 'exact' } };
}

function rowsOf(positions: Positions, nodes: readonly number[]): Positions {
  return Float32Array.from({ length: 2 * nodes.length }, (_, k) => positions[2 * nodes[k >> 1] + (k & 1)]);
}

/** The distance of neighbours in the plane at the end of the layout. */
function spacingOf(graph: PackedGraph, { settings }: Phase): number {
  const bodies = createBodies(graph, new Float32Array(2 * graph.nodeCount));
  massesInto(bodies.mass, graph, settings.rule);
  const springs = createSprings(graph, settings);
  stiffnessInto(bodies, springs, settings);
  return naturalSpacing(bodies.mass, bodies.stiffness, springs, settings);
}
