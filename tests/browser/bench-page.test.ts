import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BenchResult } from '../../engine/hosts/bench/result.ts';
import { type DemoPage, openDemoPage } from '../support/demo-page.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/bench-schema.json', import.meta.url), 'utf8')) as object;

let demo: DemoPage;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-results-'));
  demo = await openDemoPage(1000, 900);
  await demo.page.goto(`${demo.origin}/bench/index.html`);
});
afterAll(async () => {
  await demo.close();
  await rm(folder, { recursive: true });
});

/** A result of one GPU. */
function resultOf(name: string, isSoftware: boolean, times: readonly number[]): BenchResult {
  const timings = (median: number) => ({ wall: { median, least: median }, timestamp: { median, least: median } });
  const adapter = { vendor: 'x', architecture: 'y', description: name, driver: null, features: [], limits: {} };
  const row = { device: 'gpu', isSoftware, rounds: 5 } as const;
  return {
    schema: 'isthmus-bench/1',
    version: '0.1.0',
    commit: null,
    date: '2026-01-02T03:04:05Z',
    seed: 1,
    isQuick: true,
    machine: { platform: 'a', cpu: 'b', cores: 4, memoryBytes: null, runtime: 'Node 20', power: null },
    devices: [{ kind: 'gpu', name, isSoftware, adapter }],
    layout: times.map((time, k) => ({
      ...row,
      nodes: 10 ** (4 + k),
      edges: 10 ** (5 + k),
      repulsion: 'barnes-hut',
      theta: 1.2,
      formedBy: 200,
      iterationsPerRound: 10,
      millisecondsPerIteration: timings(time),
      error: { relativeL2: 0.001, medianRelative: 0.0009, sampledNodes: 512 },
    })),
    relief: [],
    skipped: [],
  };
}

async function open(name: string, content: unknown): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  const input = await demo.page.$('#file');
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path);
  await demo.waitFor(`document.body.innerText.includes(${JSON.stringify(name)})`);
}

const textOf = (selector: string) => demo.page.$eval(selector, (element) => (element as HTMLElement).innerText);

describe('benchmark page', () => {
  it('draws a line a result, keeps software adapters out of the chart, and takes names as text', async () => {
    const hostile = '<img src=x onerror="document.title=1">';
    await open('h100.json', resultOf(`Fast ${hostile}`, false, [0.2, 1.1, 9]));
    await open('laptop.json', resultOf('Slow GPU', false, [3, 30]));
    await open('swift.json', resultOf('SwiftShader', true, [300]));
    expect(await demo.page.$$eval('#chart polyline', (lines) => lines.length)).toBe(2);
    expect(await textOf('#left-out')).toContain('SwiftShader (swift.json)');
    expect(await textOf('#results')).toContain(`GPU: Fast ${hostile}.`);
    expect(await textOf('#results')).toContain('gpu (software)');
    expect(await demo.page.$$eval('img', (images) => images.length)).toBe(0);
    const label = await demo.page.$eval('#chart > svg', (svg) => svg.getAttribute('aria-label'));
    expect(label).toContain('Slow GPU, barnes-hut, laptop.json: 10,000 nodes 3.00 ms, 100,000 nodes 30.0 ms');
  });

  it('says what is wrong with a file and keeps what is there', async () => {
    await open('broken.json', '{');
    expect(await textOf('#trouble')).toBe('broken.json is not JSON.');
    await open('other.json', { schema: 'isthmus-bench/9' });
    expect(await textOf('#trouble')).toBe('other.json has the schema isthmus-bench/9; expected isthmus-bench/1.');
    await open('torn.json', { ...resultOf('x', false, [1]), layout: [{}] });
    expect(await textOf('#trouble')).toContain('lacks some of its fields');
    expect(await demo.page.$$eval('#chart polyline', (lines) => lines.length)).toBe(2);
  });

  it('measures in the page, off its main thread, and saves what the schema asks for', async () => {
    await demo.page.select('#device', 'cpu');
    await demo.page.select('#sizes', '1');
    await demo.page.click('#start');
    await demo.waitFor("document.getElementById('status')?.textContent === 'Measured.'");
    expect(await demo.page.$$eval('#chart polyline', (lines) => lines.length)).toBe(4);
    await demo.page.click('#save');
    const result = JSON.parse((await demo.downloaded('isthmus-bench.json')).toString()) as BenchResult;
    const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);
    validate(result);
    expect(validate.errors).toBeNull();
    const about = { device: 'cpu', nodes: 7500, edges: 85_000 };
    expect(result.layout).toMatchObject([
      { ...about, repulsion: 'multipole' },
      { ...about, repulsion: 'barnes-hut' },
    ]);
    expect(result.machine.runtime).toMatch(/Chrome/);
    expect(demo.errors).toEqual([]);
    expect(demo.requests.filter((address) => !/^(blob:)?http:\/\/127\.0\.0\.1/.test(address))).toEqual([]);
  });
});
