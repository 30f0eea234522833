#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { isErrorOfKind } from '../base/errors.ts';
import { normalizeArguments } from './commands/arguments.ts';
import { addBenchCommand } from './commands/bench.ts';
import { addBridgesCommand } from './commands/bridges.ts';
import { addInfoCommand } from './commands/info.ts';
import { addLayoutCommand } from './commands/layout.ts';
import { addMapCommand } from './commands/map.ts';
import { addMeasureCommand } from './commands/measure.ts';
import { addPrintCommand } from './commands/print.ts';
import { addTilesCommand } from './commands/tiles.ts';
import { createRun, type Start } from './run.ts';
import { createTerminal } from './terminal.ts';

const examples = `
Examples:
  isthmus map network.gexf -o map.png --width 2400     a hillshaded map
  isthmus map network.gexf -o map.png --palette dark --labels 200
  isthmus layout network.graphml.gz -o placed.gexf --iterations 500 --seed 7
  isthmus layout edges.csv --nodes nodes.csv -o placed.csv --linLogMode true
  curl -s https://example.org/graph.gexf | isthmus info -

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted. Data goes to stdout, talk to stderr.
`;

const interrupted = new AbortController();

const start: Start = async (options, work) => {
  await work(createRun(createTerminal({ isQuiet: options.quiet === true }), interrupted.signal));
};

function createProgram(): Command {
  const program = new Command('isthmus')
    .description('Turns large networks into maps.')
    .version(version)
    .addHelpText('after', examples)
    .exitOverride();
  addMapCommand(program, start);
  addPrintCommand(program, start);
  addTilesCommand(program, start);
  addLayoutCommand(program, start);
  addMeasureCommand(program, start);
  addInfoCommand(program, start);
  addBridgesCommand(program, start);
  addBenchCommand(program, start);
  return program;
}

/** What an error means to the shell; its sentence goes to stderr, its stack only if ISTHMUS_DEBUG is set. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (interrupted.signal.aborted) {
    process.stderr.write('Interrupted.\n');
    return 130;
  }
  const isExpected =
    isErrorOfKind(error, 'InputError') || isErrorOfKind(error, 'UsageError') || isErrorOfKind(error, 'DeviceError');
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${isExpected ? message : `Unexpected error: ${message}`}\n`);
  if (process.env['ISTHMUS_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return isErrorOfKind(error, 'UsageError') ? 2 : 1;
}

/** The first signal asks the work to stop and clean up; the second, or three seconds, end the process. */
function interrupt(): void {
  if (interrupted.signal.aborted) process.exit(130);
  interrupted.abort();
  setTimeout(() => process.exit(130), 3000).unref();
}

process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads our output has seen enough (`| head`).
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

try {
  await createProgram().parseAsync(normalizeArguments(process.argv.slice(2)), { from: 'user' });
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
