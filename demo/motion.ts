import type { HeldPlaces, Layout, Positions, Relief, Step } from '../engine/index.ts';

/** A moment of a moving layout. */
export interface Moment {
  readonly step: Step;
  readonly positions: Positions;
  readonly relief: Relief;
}

/** A layout that plays until its plan ends, and can be held and let go. */
export interface Motion {
  /** Plays to the end of the plan; beyond it, for some iterations more. */
  play(): void;
  pause(): void;
  /** Holds these nodes and no others; one that plays, or has come to its end, plays until it is at rest again. */
  hold(places: HeldPlaces): void;
  isPlaying(): boolean;
  /** Ends it and gives its device's resources back. */
  dispose(): void;
}

export interface MotionInput {
  readonly layout: Layout;
  readonly iterations: number;
  /** A relief that is cheap enough to follow the motion, after this step. */
  readonly reliefOf: (positions: Positions, step: Step) => Promise<Relief>;
  /** Milliseconds that drawing a moment takes: there is no use in moments that nobody can see. */
  readonly drawingCost: () => number;
  readonly onMoment: (moment: Moment) => Promise<void>;
  /** Called with the last moment when the layout is held or has come to its end. */
  readonly onRest: (moment: Moment, isFinished: boolean) => Promise<void>;
  readonly onTrouble: (error: unknown) => void;
}

/** Milliseconds of layout between two moments on a fast screen. */
const leastBatch = 40;
const encore = 200;

/**
 * Plays a layout, in batches of iterations that grow until they take about as long as drawing does. One that is at rest answers
 * the hand that takes hold of it after the least of them.
 */
export function createMotion(input: MotionInput): Motion {
  const { layout, reliefOf, drawingCost } = input;
  let limit = input.iterations;
  let hasStopped = false;
  let isPlaying = false;
  let isBusy = false;
  let isDisposed = false;
  let done = 0;
  let batch = 1;
  /** Milliseconds that an iteration took last. */
  let pace = 0;
  /** Whether it was taken hold of at rest, and has not answered yet. */
  let isTouched = false;
  /** How often nodes were taken hold of: what a step under way says of rest is then out of date. */
  let holds = 0;

  const advance = async (): Promise<Moment> => {
    const began = performance.now();
    const holdsBefore = holds;
    const size = isTouched ? Math.max(1, Math.min(batch, Math.floor(leastBatch / pace))) : batch;
    isTouched = false;
    const step = await layout.step(Math.min(size, limit - done));
    const worked = performance.now() - began;
    pace = worked / Math.max(1, step.iteration - done);
    done = step.iteration;
    if (!hasStopped && holds === holdsBefore && (step.stopped === 'converged' || step.stopped === 'limit')) {
      limit = done;
      hasStopped = true;
    }
    const wanted = (size * Math.max(leastBatch, 1.5 * drawingCost())) / Math.max(1, worked);
    batch = Math.round(Math.min(2 * batch, Math.max(1, wanted)));
    const positions = await layout.read();
    return { step: { ...step, iterations: limit }, positions, relief: await reliefOf(positions, step) };
  };
  const isDue = () => isPlaying && !isDisposed && done < limit;

  const loop = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    try {
      while (isDue()) {
        let moment = await advance();
        while (isDue()) {
          await input.onMoment(moment);
          moment = await advance();
        }
        if (!isDisposed) await input.onRest(moment, done >= limit);
      }
    } catch (error) {
      if (!isDisposed) input.onTrouble(error);
    } finally {
      isBusy = false;
      if (isDisposed) layout.dispose();
    }
  };

  return {
    play() {
      if (done >= limit) limit = done + encore;
      isPlaying = true;
      void loop();
    },
    pause() {
      isPlaying = false;
    },
    hold(places) {
      holds++;
      layout.hold(places).catch(input.onTrouble);
      if (hasStopped) limit = done + input.iterations;
      else limit = Math.max(limit, done + encore);
      hasStopped = false;
      isTouched = !isBusy;
      if (isPlaying) void loop();
    },
    isPlaying: () => isPlaying,
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      if (!isBusy) layout.dispose();
    },
  };
}
