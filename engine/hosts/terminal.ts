import pc from 'picocolors';
import type { Progress } from '../base/progress.ts';

/** Talk to the person at stderr; stdout is left to data. */
export interface Terminal {
  /** A line about what was done or chosen; silent under `--quiet`. */
  note(line: string): void;
  /** A line that should not be missed; shown under `--quiet` too. */
  warn(line: string): void;
  /**
   * Shows how far a stage has come: on a terminal in a line that rewrites itself, else in a line after its first second
   * and then every ten seconds.
   */
  progress(progress: Progress): void;
}

/** A terminal on stderr. */
export function createTerminal({ isQuiet }: { readonly isQuiet: boolean }): Terminal {
  const isLive = process.stderr.isTTY === true;
  const colors = pc.createColors(pc.isColorSupported && isLive);
  const interval = isLive ? 100 : 10_000;
  const patience = isLive ? 0 : 1000;
  let showAt = 0;
  let stage = '';
  let beganAt = 0;
  let isLineOpen = false;
  const write = (line: string): void => {
    process.stderr.write(`${isLineOpen ? '\r\u001b[K' : ''}${line}\n`);
    isLineOpen = false;
  };
  return {
    note(line) {
      if (!isQuiet) write(plain(line));
    },
    warn(line) {
      write(colors.yellow(plain(line)));
    },
    progress(progress) {
      if (isQuiet) return;
      const now = performance.now();
      if (progress.stage !== stage) {
        showAt = now + patience;
        beganAt = now;
      }
      stage = progress.stage;
      if (now < showAt) return;
      showAt = now + interval;
      const line = colors.dim(describe(progress) + timeLeft(progress, now - beganAt));
      if (!isLive) return write(line);
      process.stderr.write(`\r\u001b[K${line}`);
      isLineOpen = true;
    },
  };
}

/** `1 node`, `7,908 nodes`; words that are no nouns (`parallel`, `of them`) take no s. */
export function count(number: number, word: string): string {
  const isNoun = word !== 'parallel' && word !== 'of them';
  return `${number.toLocaleString('en')} ${word}${isNoun && number !== 1 ? 's' : ''}`;
}

/** A stretch of time for a reader: `0.4 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Text from a file without the control characters that would command a terminal. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ');
}

function describe({ stage, done, total }: Progress): string {
  const figure = (value: number): string => Math.round(value).toLocaleString('en');
  if (total <= 0) return `${stage} ${figure(done)} …`;
  return `${stage} ${Math.floor((100 * done) / total)} % (${figure(done)} of ${figure(total)})`;
}

/** How long a stage will go on at its pace so far, once it has gone on long enough to tell. */
function timeLeft({ done, total }: Progress, elapsed: number): string {
  if (elapsed < 5000 || done <= 0 || total <= done) return '';
  return `, ${duration((elapsed * (total - done)) / done)} left`;
}
