import type { PackedGraph } from '../../graph/packed-graph.ts';
import { noneHeld } from '../held.ts';
import { createPauses } from '../pause.ts';
import type { LayoutState, Run } from '../run.ts';
import { naturalSpacing } from '../scale.ts';
import type { ForceAtlas2Settings } from '../settings.ts';
import { createBodies, massesInto, numberAsNodes, placeBodies, positionsOfBodies } from './bodies.ts';
import { createField } from './field.ts';
import { hold } from './hold.ts';
import { iterate } from './iterate.ts';
import { stiffnessInto, warm } from './momentum.ts';
import { createSprings } from './springs.ts';
import type { ThreadChoice } from './threads.ts';

/** A run on the CPU. */
export interface CpuRun extends Run {
  /** How many threads it has now, and whether WASM: what a device report calls it. */
  readonly name: string;
}

/**
 * ForceAtlas2 on this thread and those that help it, from this state, with the forces of the iteration before taken as 0.
 */
export function createCpuRun(
  graph: PackedGraph,
  start: LayoutState,
  settings: ForceAtlas2Settings,
  choice: ThreadChoice = {},
): CpuRun {
  const bodies = createBodies(graph, start.positions);
  const speed = { ...start.speed };
  const pause = createPauses();
  const field = createField(choice);
  let held = noneHeld;
  let rule = settings.rule;
  let move = () => {};
  const enter = (entered: ForceAtlas2Settings) => {
    // The momentum rule has no use for old forces, and keeps none.
    if (rule === 'momentum') bodies.oldForces.set(bodies.forces);
    rule = entered.rule;
    numberAsNodes(bodies);
    massesInto(bodies.mass, graph, rule);
    const springs = createSprings(graph, entered);
    field.enter(bodies, springs, entered);
    stiffnessInto(bodies, springs, entered);
    const spacing = naturalSpacing(bodies.mass, bodies.stiffness, springs, entered);
    move = () => iterate(bodies, field, speed, entered, spacing, held);
  };
  enter(settings);
  return {
    get name() {
      const { threads, isWasm } = field;
      return `CPU, ${threads === 1 ? 'one thread' : `${threads} threads`}${isWasm ? ', WASM' : ''}`;
    },
    async enter(entered, state) {
      enter(entered);
      if (state === undefined) return;
      placeBodies(bodies, state.positions);
      Object.assign(speed, state.speed);
      hold(bodies, held);
    },
    hold(nodes) {
      held = nodes;
      hold(bodies, held);
      if (rule === 'momentum') warm(speed);
    },
    async advance(atMost) {
      for (let made = 1; ; made++) {
        move();
        if (made >= atMost || (await pause())) return made;
      }
    },
    read: async () => ({ positions: positionsOfBodies(bodies), speed: { ...speed } }),
    dispose: field.dispose,
  };
}
