import { describe, expect, it, vi } from 'vitest';
import { createMotion, type Moment } from '../../demo/motion.ts';
import { createLayout, type Layout, layout, mesh, type Step } from '../../engine/index.ts';
import { displacements, medianOf, placeOf, widthOf } from '../support/displacement.ts';

const graph = mesh({ columns: 11, rows: 11 });
const node = 60;
const neighbours = [...graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1])];
const others = [...graph.ids.keys()].filter((other) => other !== node && !neighbours.includes(other));

describe('a layout that plays on the page', () => {
  it('moves the neighbours of a dragged node in the next moment that it shows, two iterations later at most', async () => {
    const { positions: start } = await layout(graph);
    const run = createLayout(graph, { positions: start });
    const moments: Moment[] = [];
    const shift = widthOf(start) / 5;
    await new Promise<void>((resolve, reject) => {
      const motion = createMotion({
        layout: run,
        iterations: 1000,
        reliefOf: async () => ({}) as Moment['relief'],
        drawingCost: () => 0,
        async onMoment(moment) {
          moments.push(moment);
          const [x, y] = placeOf(moment.positions, node);
          if (moments.length === 1) return motion.hold(new Map([[node, [x + shift, y]]]));
          motion.dispose();
          resolve();
        },
        onRest: async () => reject(new Error('It came to rest with a node in hand.')),
        onTrouble: reject,
      });
      motion.play();
    });
    const [before, after] = moments;
    expect(after.step.iteration - before.step.iteration).toBeLessThanOrEqual(2);
    expect(after.positions[2 * node]).toBeCloseTo(before.positions[2 * node] + shift, 1);
    const moved = displacements(before.positions, after.positions);
    for (const i of neighbours) expect(after.positions[2 * i]).toBeGreaterThan(before.positions[2 * i]);
    expect(medianOf(neighbours.map((i) => moved[i]))).toBeGreaterThan(3 * medianOf(others.map((i) => moved[i])));
  });

  it('answers a hand that takes hold of it at rest after 40 ms of layout, also where drawing is dear', async () => {
    const clock = vi.spyOn(performance, 'now');
    let now = 0;
    clock.mockImplementation(() => now);
    const asked: number[] = [];
    let iteration = 0;
    let stopAt = 1000;
    const run: Pick<Layout, 'step' | 'read' | 'hold' | 'dispose'> = {
      async step(iterations) {
        const made = Math.min(iterations, stopAt - iteration);
        asked.push(iterations);
        iteration += made;
        now += 10 * made;
        const stopped = iteration === stopAt ? 'converged' : undefined;
        return { ...({} as Step), iteration, ...(stopped && { stopped }) };
      },
      read: async () => new Float32Array(2),
      hold: async () => {},
      dispose() {},
    };
    await new Promise<void>((resolve, reject) => {
      let rests = 0;
      const motion = createMotion({
        layout: run as Layout,
        iterations: 10_000,
        reliefOf: async () => ({}) as Moment['relief'],
        drawingCost: () => 400,
        onMoment: async () => {},
        async onRest() {
          if (rests++ > 0) return resolve();
          expect(Math.max(...asked)).toBe(60);
          asked.length = 0;
          stopAt = 2000;
          // Taken hold of once the page has shown the rest.
          setTimeout(() => motion.hold(new Map()));
        },
        onTrouble: reject,
      });
      motion.play();
    });
    clock.mockRestore();
    expect(asked.slice(0, 3)).toEqual([4, 60, 60]);
  });
});
