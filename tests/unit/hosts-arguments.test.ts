import { describe, expect, test } from 'vitest';
import { normalizeArguments } from '../../engine/hosts/commands/arguments.ts';

const normalized = (line: string): string => normalizeArguments(line.split(' ')).join(' ');

describe('normalizeArguments', () => {
  test.each([
    ['layout a.gexf -o b.gexf --lin-log-mode', 'layout a.gexf -o b.gexf --lin-log-mode'],
    ['--nsteps 10 --nthreads=4 --barnesHutTheta 0.5', '--iterations 10 --threads=4 --barnes-hut-theta 0.5'],
    ['--linLogMode true --adjustSizes false', '--lin-log-mode --no-adjust-sizes'],
    ['--linLogMode=false --strongGravityMode a.gexf', '--no-lin-log-mode --strong-gravity-mode a.gexf'],
    ['--barnesHutOptimize true --barnesHutOptimize=false', '--repulsion barnes-hut --repulsion exact'],
    ['--updateCenter true --updateCenter false --2d', '--update-center --2d'],
    ['layout --input a.gexf --output b.gexf', 'layout a.gexf --output b.gexf'],
    ['layout --input=a.gexf', 'layout a.gexf'],
    ['--title=aB=cD --palette dark', '--title=aB=cD --palette dark'],
    ['info -- --linLogMode', 'info -- --linLogMode'],
  ])('turns `%s` into `%s`', (given, expected) => {
    expect(normalized(given)).toBe(expected);
  });

  test('leaves a switch with a value that is no boolean for the command line to refuse', () => {
    expect(normalized('--linLogMode=maybe')).toBe('--lin-log-mode=maybe');
  });
});
