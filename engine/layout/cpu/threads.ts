import type { Room } from './multipole/room.ts';
import { enterRoom } from './multipole/room.ts';
import { serveJobs } from './multipole/team.ts';

/** What a thread that helps to sum forces starts with; it can be posted where memory can be shared. */
export interface ThreadStart {
  readonly room: Room;
  /** From 1; the thread that makes the iterations is 0. */
  readonly thread: number;
}

/** Opens threads; a host has one where memory can be shared. */
export interface ThreadHost {
  /** Threads that the machine runs at once. */
  readonly available: number;
  /** Starts a thread that calls `serveForces` with this. Returns what ends it at once. */
  open(start: ThreadStart): () => void;
}

/** How many threads sum forces on the CPU, and who opens them. */
export interface ThreadChoice {
  /** Most threads. Default as many as the machine has, up to 8; one where the graph is small. */
  readonly threads?: number | undefined;
  readonly threadHost?: ThreadHost | undefined;
}

const mostByDefault = 8;

/** More cannot be asked for. */
export const mostThreads = 256;

/** Threads that are asked for, but no more than one for so many nodes. */
const nodesAThread = 1000;

/** With fewer nodes threads wait for each other longer than they sum. */
const fewNodes = 5000;

/** How many threads it is to be for so many nodes. */
export function threadsFor(nodes: number, { threads, threadHost }: ThreadChoice): number {
  if (threadHost === undefined) return 1;
  if (threads !== undefined) return Math.min(threads, Math.max(1, Math.floor(nodes / nodesAThread)));
  return nodes < fewNodes ? 1 : Math.max(1, Math.min(mostByDefault, threadHost.available));
}

/** Helps to sum forces until the layout ends; it blocks its thread all the while. */
export function serveForces({ room, thread }: ThreadStart): void {
  const { tables, perform } = enterRoom(room, thread);
  serveJobs(tables.control, perform);
}
