import type { Kernel } from './kernel.ts';
import { type ForceTables, parameter } from './tables.ts';

/** What threads do together, a task at a time. */
export const job = { attract: 0, gather: 1, repel: 2, measure: 3, integrate: 4, push: 5 } as const;

/** Does one task of a job. */
export type Perform = (job: number, task: number) => void;

export function createPerform(tables: ForceTables, kernel: Kernel): Perform {
  const { next, subtrees, chunks, parameters } = tables;
  const given = (name: keyof typeof parameter) => parameters[parameter[name]];
  const isOn = (name: keyof typeof parameter) => given(name) === 1;
  const gravity = () => ({ gravity: given('gravity'), strongGravityMode: isOn('strongGravity') });
  const works: Readonly<Record<number, (task: number) => void>> = {
    [job.attract](task) {
      kernel.attract(chunks[task], chunks[task + 1], given('attractionMode'), gravity());
    },
    [job.gather](task) {
      kernel.gather(subtrees[task], next[subtrees[task]], isOn('withSizes'));
    },
    [job.repel](task) {
      kernel.interact(subtrees[task], given('opening'), given('tolerance'), isOn('withSizes'));
      kernel.spread(subtrees[task], next[subtrees[task]], given('scalingRatio'));
    },
    [job.measure](task) {
      kernel.measure(chunks[task], chunks[task + 1], task);
    },
    [job.integrate](task) {
      kernel.integrate(chunks[task], chunks[task + 1], given('speed'), isOn('withSizes'));
    },
    [job.push](task) {
      const pace = { inertia: given('inertia'), stride: given('stride'), longest: given('longest') };
      kernel.push(chunks[task], chunks[task + 1], task, { ...pace, ...gravity() });
    },
  };
  return (done, task) => works[done](task);
}
