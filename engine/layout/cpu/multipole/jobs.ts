import type { Kernel } from './kernel.ts';
import { type ForceTables, parameter } from './tables.ts';

/** What threads do together, a task at a time. */
export const job = { attract: 0, gather: 1, repel: 2 } as const;

/** Does one task of a job. */
export type Perform = (job: number, task: number) => void;

export function createPerform(tables: ForceTables, kernel: Kernel): Perform {
  const { next, subtrees, chunks, parameters } = tables;
  return (done, task) => {
    if (done === job.attract) {
      kernel.attract(chunks[task], chunks[task + 1], parameters[parameter.attractionMode]);
      const isStrong = parameters[parameter.strongGravity] === 1;
      kernel.gravitate(chunks[task], chunks[task + 1], parameters[parameter.gravity], isStrong);
      return;
    }
    const cell = subtrees[task];
    const withSizes = parameters[parameter.withSizes] === 1;
    if (done === job.gather) {
      kernel.gather(cell, next[cell], withSizes);
      return;
    }
    kernel.interact(cell, parameters[parameter.opening], parameters[parameter.tolerance], withSizes);
    kernel.spread(cell, next[cell], parameters[parameter.scalingRatio]);
  };
}
