import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { bench } from '../../engine/hosts/bench/bench.ts';
import { gpuSubject } from '../../engine/hosts/bench/gpu-subject.ts';
import { nodeMachine } from '../../engine/hosts/bench/node-machine.ts';
import { testGpu } from '../support/gpu.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/bench-schema.json', import.meta.url), 'utf8')) as object;

it('measures a GPU by both clocks, with errors beside the figures, and labels a software adapter', async () => {
  const subject = await gpuSubject(await testGpu(), null);
  try {
    const result = await bench({
      subjects: [subject],
      machine: nodeMachine(),
      version: '0.0.0',
      commit: null,
      seed: 1,
      isQuick: true,
      sizes: [{ nodes: 1000, edges: 3000 }],
      budget: 18,
      cells: 10_000,
    });
    const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);
    validate(JSON.parse(JSON.stringify(result)));
    expect(validate.errors).toBeNull();
    const { adapter, isSoftware } = result.devices[0];
    expect(adapter?.limits['maxComputeWorkgroupSizeX']).toBeGreaterThanOrEqual(256);
    expect(/swiftshader|llvmpipe/i.test(JSON.stringify(adapter))).toBe(isSoftware);
    const hasClock = adapter?.features.includes('timestamp-query');
    // So few nodes may be summed pair by pair instead.
    const skipped = result.skipped.map(
      ({ reason }) => /^On this graph (.*) repulsion runs as exact\.$/.exec(reason)?.[1],
    );
    expect([...skipped, ...result.layout.map(({ repulsion }) => repulsion)]).toEqual(['multipole', 'barnes-hut']);
    for (const row of result.layout) {
      expect(row).toMatchObject({ device: 'gpu', isSoftware });
      expect(row.error.relativeL2).toBeLessThan(5e-3);
      expect(row.millisecondsPerIteration.wall.median).toBeGreaterThan(0);
      if (hasClock) expect(row.millisecondsPerIteration.timestamp?.median).toBeGreaterThan(0);
    }
    for (const row of result.relief) {
      expect(row.error.largestShareOfPeak).toBeLessThan(1e-3);
      if (hasClock) expect(row.milliseconds.timestamp?.median).toBeGreaterThan(0);
      expect(row.roundTrip.median).toBeGreaterThan(0);
    }
  } finally {
    subject.dispose();
  }
});
