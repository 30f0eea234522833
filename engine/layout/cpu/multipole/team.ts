import type { Perform } from './jobs.ts';

/**
 * Threads that share out the tasks of one job after the other. `control` holds, in order: the tasks of the job and the next
 * one in one number (count · 2¹⁶ + next), so that a task is taken by one exchange; the job; how many tasks are done; a count
 * of the jobs, at which idle threads wait; and whether the threads are to end.
 */
const word = { tickets: 0, job: 1, done: 2, round: 3, isOver: 4 } as const;

/** How often a thread looks for more before it sleeps. */
const looks = 2000;

/** Makes the tasks of a job known to the other threads. All of the job before must be done. */
export function beginJob(control: Int32Array, job: number, tasks: number): void {
  Atomics.store(control, word.done, 0);
  Atomics.store(control, word.job, job);
  Atomics.store(control, word.tickets, tasks << 16);
  Atomics.add(control, word.round, 1);
  Atomics.notify(control, word.round);
}

/** Takes part in the job until all of its tasks are done. */
export function finishJob(control: Int32Array, perform: Perform): void {
  const tasks = Atomics.load(control, word.tickets) >>> 16;
  doTasks(control, perform);
  for (let look = 0; ; look++) {
    const done = Atomics.load(control, word.done);
    if (done === tasks) return;
    if (look > looks) Atomics.wait(control, word.done, done);
  }
}

function doTasks(control: Int32Array, perform: Perform): void {
  for (;;) {
    const tickets = Atomics.load(control, word.tickets);
    const task = tickets & 0xffff;
    if (task >= tickets >>> 16) return;
    if (Atomics.compareExchange(control, word.tickets, tickets, tickets + 1) !== tickets) continue;
    perform(Atomics.load(control, word.job), task);
    if (Atomics.add(control, word.done, 1) + 1 === tickets >>> 16) Atomics.notify(control, word.done);
  }
}

/** Takes part in every job until the threads are sent home; it blocks its thread. */
export function serveJobs(control: Int32Array, perform: Perform): void {
  for (;;) {
    const round = Atomics.load(control, word.round);
    if (Atomics.load(control, word.isOver) === 1) return;
    doTasks(control, perform);
    let look = 0;
    while (look < looks && Atomics.load(control, word.round) === round) look++;
    if (look === looks) Atomics.wait(control, word.round, round);
  }
}

/** Sends the other threads home. */
export function endJobs(control: Int32Array): void {
  Atomics.store(control, word.isOver, 1);
  Atomics.add(control, word.round, 1);
  Atomics.notify(control, word.round);
}
