import { describe, expect, it } from 'vitest';
import { createMotion, type Moment } from '../../demo/motion.ts';
import { createLayout, layout, mesh } from '../../engine/index.ts';
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
});
