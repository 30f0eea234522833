import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readGraph } from '../../engine/formats/index.ts';
import { positionsOf } from '../../engine/graph/packed-graph.ts';

test('the README’s example runs as it stands, against the built package', async () => {
  const readme = await readFile('README.md', 'utf8');
  const example = /```js\n(import [\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(example.split('\n').length).toBeLessThan(25);
  await mkdir('.cache', { recursive: true });
  await rm('.cache/laid-out.gexf', { force: true });
  await writeFile('.cache/readme-example.mjs', example);
  const { stdout } = await promisify(execFile)(process.execPath, ['.cache/readme-example.mjs']);
  expect(stdout).toMatch(/^\d+ clusters; laid out on the cpu, converged\n$/);
  const { graph } = await readGraph(await readFile('.cache/laid-out.gexf'));
  expect(graph.nodeCount).toBe(7908);
  expect(positionsOf(graph)).toBeDefined();
});
