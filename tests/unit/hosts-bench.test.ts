import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { IsthmusError } from '../../engine/base/errors.ts';
import { plantedPartition } from '../../engine/graph/generators.ts';
import { bench } from '../../engine/hosts/bench/bench.ts';
import { exactRepulsion, forceErrorOf, sampleOf } from '../../engine/hosts/bench/errors.ts';
import { nodeMachine } from '../../engine/hosts/bench/node-machine.ts';
import type { BenchResult } from '../../engine/hosts/bench/result.ts';
import { cpuSubject, type Subject } from '../../engine/hosts/bench/subject.ts';
import { tableOf } from '../../engine/hosts/bench/table.ts';
import { millisecondsOf, timingsOf } from '../../engine/hosts/bench/timing.ts';
import { addBenchCommand } from '../../engine/hosts/commands/bench.ts';
import { createRun } from '../../engine/hosts/run.ts';
import { repulsionOf } from '../../engine/layout/repulsion.ts';
import { defaultSettings } from '../../engine/layout/settings.ts';
import { randomStart } from '../../engine/layout/start.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/bench-schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

/** Runs the command in this process; what it printed on stdout, and its notes. */
async function runBench(...args: string[]): Promise<{ text: string; notes: string[] }> {
  const notes: string[] = [];
  let text = '';
  const note = (line: string) => void notes.push(line);
  const program = new Command('isthmus').exitOverride().configureOutput({ writeErr: note });
  addBenchCommand(program, async (_, work) => {
    const run = createRun({ note, warn: note, progress() {} }, new AbortController().signal);
    await work({
      ...run,
      print(piece) {
        text += piece;
      },
    });
  });
  await program.parseAsync(['bench', ...args], { from: 'user' });
  return { text, notes };
}

describe('bench', () => {
  it('prints a result that its schema knows, every figure with its error beside it', async () => {
    const { text, notes } = await runBench('--quick', '--json', '--device', 'cpu', '--sizes', '300/1000,1500/4000');
    const result = JSON.parse(text) as BenchResult;
    validate(result);
    expect(validate.errors).toBeNull();
    expect(result.layout.map(({ nodes, edges, repulsion }) => [nodes, edges, repulsion])).toEqual([
      [300, 1000, 'multipole'],
      [300, 1000, 'exact'],
      [1500, 4000, 'multipole'],
      [1500, 4000, 'barnes-hut'],
    ]);
    expect(result.layout[1].error.relativeL2).toBeLessThan(1e-6);
    expect(result.layout[1].formedBy).toBeGreaterThan(result.layout[0].formedBy);
    for (const { error } of result.layout.slice(2)) {
      expect(error.relativeL2).toBeGreaterThan(1e-6);
      expect(error.relativeL2).toBeLessThan(5e-3);
      expect(error.sampledNodes).toBe(512);
    }
    for (const { error, cells } of result.relief) {
      expect(error.largestShareOfPeak).toBeLessThan(1e-3);
      expect(cells).toBeGreaterThan(990_000);
    }
    expect(notes.join('\n')).toMatch(/layout +repulsion +nodes +edges +ms an iteration/);
    expect(notes.join('\n')).toContain('1,500');
  });

  it('has a schema that refuses other forms', () => {
    const result = validResult();
    expect(validate(result)).toBe(true);
    expect(validate({ ...result, schema: 'isthmus-bench/2' })).toBe(false);
    expect(validate({ ...result, commit: undefined })).toBe(false);
    expect(validate({ ...result, layout: [{ ...result.layout[0], error: undefined }] })).toBe(false);
    expect(validate({ ...result, layout: [{ ...result.layout[0], milliseconds: 3 }] })).toBe(false);
    expect(validate({ ...result, date: 'yesterday' })).toBe(false);
  });

  it('leaves out what would take longer than its budget, and says so', async () => {
    const { text } = await runBench(
      '--json',
      '--quick',
      '--device',
      'cpu',
      '--sizes',
      '300/1000,9000000/90000000',
      '--budget',
      '30',
    );
    const { layout, skipped } = JSON.parse(text) as BenchResult;
    expect(layout.map(({ nodes }) => nodes)).toEqual([300, 300]);
    expect(skipped).toMatchObject([{ device: 'cpu', nodes: 9_000_000, edges: 90_000_000 }]);
    expect(skipped[0].reason).toMatch(/^It would take about [\d,]+ s more, but the whole benchmark has 30 s\.$/);
  });

  it('goes on where a device has no room for a size or fails', async () => {
    const subject = cpuSubject('a CPU');
    const failing: Subject = {
      ...subject,
      startLayout(graph, settings, positions) {
        if (graph.nodeCount === 200) throw new IsthmusError('DeviceError', 'It is too large.');
        return subject.startLayout(graph, settings, positions);
      },
    };
    const { layout, skipped } = await bench({
      subjects: [failing],
      machine: nodeMachine(),
      version: '1',
      commit: null,
      seed: 1,
      isQuick: true,
      sizes: [200, 100].map((nodes) => ({ nodes, edges: 300 })),
      budget: 60,
      cells: 1000,
    });
    expect(layout.map(({ nodes }) => nodes)).toEqual([100, 100]);
    expect(skipped).toEqual([{ device: 'cpu', nodes: 200, edges: 300, reason: 'It is too large.' }]);
  });

  it.each([
    ['--sizes', '300'],
    ['--sizes', '300/1000/3'],
    ['--sizes', 'a/b'],
    ['--budget', '0'],
    ['--device', 'tpu'],
  ])('refuses %s %s', async (...args) => {
    await expect(runBench(...args)).rejects.toMatchObject({ code: 'commander.invalidArgument' });
  });

  it('labels a software adapter wherever it stands', () => {
    const result = validResult();
    const gpu = { kind: 'gpu', name: 'SwiftShader', isSoftware: true, adapter: null } as const;
    const lines = tableOf({
      ...result,
      devices: [gpu],
      layout: [{ ...result.layout[0], device: 'gpu', isSoftware: true }],
    });
    expect(lines.join('\n')).toContain('gpu: SwiftShader, a software adapter: no times of a GPU');
    expect(lines.join('\n')).toMatch(/^gpu \(software\) +exact +300/m);
  });
});

describe('force error', () => {
  const graph = plantedPartition({ nodes: 400, edges: 1200, blocks: 4, seed: 1 });
  const positions = randomStart(400, 1);
  const settings = { ...defaultSettings(400), repulsion: 'exact' } as const;

  it('is nothing for exact sums, and what was put in otherwise', () => {
    const sample = sampleOf(400, 100, 7);
    const exact = exactRepulsion(graph, positions, settings, sample);
    const forces = repulsionOf(graph, positions, settings);
    expect(forceErrorOf(forces, exact, sample).relativeL2).toBeLessThan(1e-12);
    const off = forceErrorOf(
      forces.map((value) => 1.01 * value),
      exact,
      sample,
    );
    expect(off.relativeL2).toBeCloseTo(0.01, 9);
    expect(off.medianRelative).toBeCloseTo(0.01, 9);
    expect(off.sampledNodes).toBe(100);
  });

  it('takes a sample of different nodes, the same for the same seed', () => {
    const sample = sampleOf(1000, 600, 3);
    expect(new Set(sample).size).toBe(600);
    expect(sampleOf(1000, 600, 3)).toEqual(sample);
    expect(sampleOf(1000, 600, 4)).not.toEqual(sample);
    expect([...sampleOf(3, 600, 1)]).toEqual([0, 1, 2]);
  });
});

describe('timings', () => {
  it('are medians with the least beside them, by each clock', () => {
    expect(millisecondsOf([5, 1, 9])).toEqual({ median: 5, least: 1 });
    expect(timingsOf([{ wall: 2, timestamp: undefined }]).timestamp).toBeNull();
    expect(timingsOf([{ wall: 2, timestamp: 1 }])).toEqual({
      wall: { median: 2, least: 2 },
      timestamp: { median: 1, least: 1 },
    });
  });
});

function validResult(): BenchResult {
  const milliseconds = { median: 2, least: 1 };
  const timings = { wall: milliseconds, timestamp: null };
  const row = { device: 'cpu', isSoftware: false, nodes: 300, edges: 1000, rounds: 5 } as const;
  return {
    schema: 'isthmus-bench/1',
    version: '1.2.3',
    commit: null,
    date: '2026-01-02T03:04:05.678Z',
    seed: 1,
    isQuick: true,
    machine: nodeMachine(),
    devices: [{ kind: 'cpu', name: 'a CPU', isSoftware: false, adapter: null }],
    layout: [
      {
        ...row,
        repulsion: 'exact',
        theta: 1.2,
        formedBy: 200,
        iterationsPerRound: 3,
        millisecondsPerIteration: timings,
        error: { relativeL2: 0.001, medianRelative: 0.001, sampledNodes: 300 },
      },
    ],
    relief: [
      {
        ...row,
        cells: 1_000_000,
        milliseconds: timings,
        roundTrip: milliseconds,
        error: { largestShareOfPeak: 0.0001, sampledCells: 512 },
      },
    ],
    skipped: [],
  };
}
