import {
  type Annotation,
  type Communities,
  type CommunityMethod,
  createMap,
  type DeviceReport,
  type GraphMap,
  gephiPlan,
  IsthmusError,
  isSpread,
  type MapSettings,
  mapPlan,
  moveMap,
  type Phase,
  type Positions,
  plannedIterations,
  positionsOf,
  proposeAnnotations,
  type RemoteEngine,
} from '../engine/index.ts';
import sampleUrl from '../software-terms.gexf.gz?url';
import { heldPlaces, mapUnderHand, underHand } from './hand.ts';
import { createMotion, type Moment, type Motion } from './motion.ts';
import { type LayoutChoices, noMark, type OpenFile, type RunState, type State, type Update } from './state.ts';
import { legendNotes, sentenceOf, titleOf } from './words.ts';

/** Opens files and plays their layouts, in the worker. */
export interface Session {
  open(file: Blob, name: string): Promise<void>;
  openSample(): Promise<void>;
  play(): Promise<void>;
  pause(): void;
  /** Lays out anew from a seeded random start. */
  restart(): Promise<void>;
  /** Finds the clusters anew by this method, or takes them from a column. */
  group(method: CommunityMethod): Promise<void>;
  /** Tells the layout which nodes are held or dragged now; where none is playing, the dragged node alone moves. */
  hold(): void;
  /** Finds landmarks and bridges on the map as it is. */
  proposeMarks(): Promise<void>;
}

export interface SessionInput {
  readonly engine: RemoteEngine;
  readonly stateNow: () => State;
  readonly update: Update;
  readonly drawingCost: () => number;
}

/** Cells of the relief that follows the motion. */
const movingCells = 65_536;
/** Milliseconds after which clusters' long edges are told apart anew while the layout moves and no hand waits for it. */
const refreshInterval = 1200;

export function createSession({ engine, stateNow, update, drawingCost }: SessionInput): Session {
  let opened = 0;
  let motion: Motion | undefined;

  const complain = (error: unknown): void => update({ trouble: sentenceOf(error), task: undefined });

  const open = async (blob: Blob, name: string): Promise<void> => {
    const turn = ++opened;
    update({ task: `Reading ${name} …`, trouble: undefined });
    try {
      const { graph, format, warnings } = await engine.readGraph(blob, {
        name,
        onProgress: ({ done, total }) => {
          const share = total > 0 ? ` ${Math.round((100 * done) / total)} %` : '';
          if (turn === opened) update({ task: `Reading ${name} …${share}` });
        },
      });
      if (turn === opened) update({ task: `Finding the clusters of ${name} …` });
      if (graph.nodeCount === 0) {
        throw new IsthmusError('InputError', `${name} has no nodes, but at least one was expected.`);
      }
      const communities = await engine.communities(graph, { seed: stateNow().choices.seed });
      if (turn !== opened) return;
      update({ settings: suited(stateNow().settings) });
      const positions = positionsOf(graph);
      await show({
        name,
        format,
        warnings,
        graph,
        communities,
        positions: positions !== undefined && isSpread(positions) ? positions : undefined,
      });
    } catch (error) {
      if (turn === opened) complain(error);
    }
  };

  const show = async (file: OpenFile): Promise<void> => {
    const fresh = {
      file,
      camera: 'fitted',
      hovered: undefined,
      pinned: undefined,
      ...noneHeld,
      task: undefined,
      ...noMarks,
    } as const;
    if (file.positions === undefined) return begin(file, false, fresh);
    const run = { kind: 'as-read' } as const;
    const map = await restedMap(file, file.positions, run);
    motion?.dispose();
    motion = undefined;
    update({ ...fresh, map: map(), run });
  };

  /** A layout from the file's positions, or from a random start; `fresh` joins the state with its first moment. */
  const begin = async (file: OpenFile, isFromFile: boolean, fresh: Partial<State>): Promise<void> => {
    const { choices } = stateNow();
    const plan = planOf(file, choices);
    const positions = isFromFile ? file.positions : undefined;
    const layout = await engine.createLayout(file.graph, { plan, seed: choices.seed, positions, device: 'auto' });
    motion?.dispose();
    let news = fresh;
    let refreshed = 0;
    const arrive = (map: GraphMap, { step }: Moment, isFinished: boolean): void => {
      const { iteration, iterations, stopped } = step;
      const kind = isFinished ? 'finished' : mine.isPlaying() ? 'running' : 'paused';
      if (motion !== mine) return;
      const devices = withLayoutDevice(stateNow().devices, step.device);
      update({ ...news, map, devices, run: { kind, iteration, iterations, plan, choices, stopped } });
      news = {};
    };
    const mine = createMotion({
      layout,
      iterations: plannedIterations(plan),
      reliefOf: (positions, { device }) =>
        engine.relief(positions, { cells: movingCells, device: device.kind === 'gpu' ? 'auto' : 'cpu' }),
      drawingCost,
      async onMoment(read) {
        const moment = { ...read, positions: underHand(stateNow(), read.positions) };
        const { map: known, dragged } = stateNow();
        const isFresh = dragged !== undefined || performance.now() - refreshed < refreshInterval;
        if (known?.graph === file.graph && isFresh) {
          arrive(moveMap(known, moment.positions, moment.relief), moment, false);
          return;
        }
        const map = await passingMap(file, moment);
        refreshed = performance.now();
        arrive(map(), moment, false);
      },
      async onRest(moment, isFinished) {
        const { iteration, iterations, stopped } = moment.step;
        const kind = isFinished ? 'finished' : 'paused';
        const run = { kind, iteration, iterations, plan, choices, stopped } as const;
        const map = await restedMap(file, moment.positions, run);
        arrive(map(), moment, isFinished);
      },
      onTrouble: complain,
    });
    motion = mine;
    if (stateNow().held.length > 0) mine.hold(heldPlaces(stateNow(), await layout.read()));
    mine.play();
  };

  /** The clusters as a reader wants them now: they may have been found anew since the layout began. */
  const groupedNow = ({ graph, communities }: OpenFile): Communities => {
    const { file } = stateNow();
    return file?.graph === graph ? file.communities : communities;
  };

  /** A map that no layout moves, with the dragged node where the hand is, or once it is let go everything as exact as on paper. */
  const moveByHand = async (): Promise<void> => {
    const { file, map, run, dragged } = stateNow();
    if (file === undefined || map === undefined) return;
    if (dragged !== undefined) {
      update({ map: mapUnderHand(stateNow(), map) });
      return;
    }
    const moved = run.kind === 'as-read' ? { ...file, positions: map.positions } : file;
    update({ file: moved });
    const rested = await restedMap(moved, map.positions, run);
    if (stateNow().map === map) update({ map: rested() });
  };

  /** A map of a layout in motion: a coarse relief, and long edges by a sample of the pairs. */
  const passingMap = async (file: OpenFile, { positions, relief }: Moment): Promise<() => GraphMap> => {
    const closeness = await engine.connectedCloseness(file.graph, positions, { samples: 100_000 });
    return () => {
      const { settings } = stateNow();
      const communities = groupedNow(file);
      return createMap(file.graph, positions, { settings, relief, communities, closeness, title: titleOf(file) });
    };
  };

  /** A map at rest, everything as exact as on paper. */
  const restedMap = async (file: OpenFile, positions: Positions, run: RunState): Promise<() => GraphMap> => {
    const { seed } = stateNow().choices;
    const relief = await engine.relief(positions);
    const closeness = await engine.connectedCloseness(file.graph, positions, { seed });
    const stages = { relief, closeness, seed };
    if (stateNow().marks.origin === 'proposed' && stateNow().file?.graph === file.graph) {
      update({ marks: { list: await findMarks(file, positions, seed), origin: 'proposed' }, ...noMark });
    }
    // The settings are asked for last: a reader may have changed them while the stages ran.
    return () =>
      createMap(file.graph, positions, {
        ...stages,
        communities: groupedNow(file),
        settings: stateNow().settings,
        annotations: stateNow().marks.list,
        title: titleOf(file),
        notes: legendNotes(run),
      });
  };

  const findMarks = async (file: OpenFile, positions: Positions, seed: number): Promise<readonly Annotation[]> =>
    proposeAnnotations(file.graph, await engine.findBridges(file.graph, positions, { seed }));

  return {
    open,
    async group(method) {
      const { file, choices } = stateNow();
      if (file === undefined) return;
      update({ task: 'Finding the clusters anew …' });
      try {
        const communities = await engine.communities(file.graph, { method, seed: choices.seed });
        const { map } = stateNow();
        if (stateNow().file !== file || map === undefined) return;
        const { positions, relief, closeness, settings, annotations, title, notes } = map;
        const stages = { relief, closeness, communities, seed: choices.seed };
        const grouped = createMap(file.graph, positions, { ...stages, settings, annotations, title, notes });
        update({ file: { ...file, communities }, map: grouped });
      } catch (error) {
        complain(error);
      } finally {
        update({ task: undefined });
      }
    },
    hold() {
      const state = stateNow();
      const { map, run } = state;
      if (map === undefined) return;
      motion?.hold(heldPlaces(state, map.positions));
      if (run.kind === 'running') return;
      if (run.kind === 'finished' && motion !== undefined) {
        update({ run: { ...run, kind: 'running' } });
        motion.play();
      } else void moveByHand().catch(complain);
    },
    async proposeMarks() {
      const { file, map, choices } = stateNow();
      if (file === undefined || map === undefined) return;
      update({ task: 'Finding landmarks and bridges …' });
      try {
        const list = await findMarks(file, map.positions, choices.seed);
        const now = stateNow().map;
        if (stateNow().file?.graph !== file.graph || now === undefined) return;
        update({ marks: { list, origin: 'proposed' }, ...noMark, map: { ...now, annotations: list } });
      } catch (error) {
        complain(error);
      } finally {
        update({ task: undefined });
      }
    },
    async openSample() {
      try {
        const response = await fetch(sampleUrl);
        await open(await response.blob(), 'software-terms.gexf.gz');
      } catch (error) {
        complain(error);
      }
    },
    async play() {
      const { file, run } = stateNow();
      if (file === undefined) return;
      if (motion === undefined) return begin(file, true, {}).catch(complain);
      if (run.kind === 'paused' || run.kind === 'finished') update({ run: { ...run, kind: 'running' } });
      motion.play();
    },
    pause() {
      const { run } = stateNow();
      motion?.pause();
      if (run.kind === 'running') update({ run: { ...run, kind: 'paused' } });
    },
    async restart() {
      const { file } = stateNow();
      if (file !== undefined) await begin(file, false, { camera: 'fitted', ...noneHeld }).catch(complain);
    },
  };
}

const noneHeld = { held: [], dragged: undefined } as const;

const noMarks = { marks: { list: [], origin: 'none' }, ...noMark } as const;

/** The sentences on what drew and what lays out; the same array as long as they are the same. */
function withLayoutDevice(devices: readonly string[], { name, reason, warning }: DeviceReport): readonly string[] {
  const sentence = [`Laid out on ${name}.`, reason, warning].filter(Boolean).join(' ');
  return devices[1] === sentence ? devices : [devices[0], sentence];
}

function planOf({ graph }: OpenFile, { plan, end, iterations: count, overrides }: LayoutChoices): readonly Phase[] {
  const iterations = end === 'rest' ? 'auto' : count;
  return plan === 'map' ? mapPlan(graph, iterations) : gephiPlan(graph, iterations, overrides);
}

/** The settings without columns of the file before. */
function suited(settings: MapSettings): MapSettings {
  const { size, color } = settings.nodes;
  return {
    ...settings,
    nodes: {
      ...settings.nodes,
      size: typeof size === 'object' ? 'auto' : size,
      color: typeof color === 'object' ? 'auto' : color,
    },
  };
}
