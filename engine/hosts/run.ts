import type { Progress } from '../base/progress.ts';
import type { Terminal } from './terminal.ts';

/** What a command runs with. */
export interface Run {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Milliseconds of each stage so far, in the order in which they began. */
  readonly milliseconds: Readonly<Record<string, number>>;
  /** Runs a stage and notes how long it took. */
  time<T>(stage: string, work: () => Promise<T>): Promise<T>;
  /** Prints data on stdout. */
  print(text: string): void;
}

/** Starts a command's work; what goes wrong in it becomes a sentence and an exit code. */
export type Start = (options: { readonly quiet?: true }, work: (run: Run) => Promise<void>) => Promise<void>;

export function createRun(terminal: Terminal, signal: AbortSignal): Run {
  const milliseconds: Record<string, number> = {};
  return {
    terminal,
    signal,
    onProgress: terminal.progress,
    milliseconds,
    async time(stage, work) {
      const startedAt = performance.now();
      try {
        return await work();
      } finally {
        milliseconds[stage] = (milliseconds[stage] ?? 0) + roundTime(performance.now() - startedAt);
      }
    },
    print(text) {
      process.stdout.write(text);
    },
  };
}

function roundTime(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
