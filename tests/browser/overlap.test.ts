import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGraph } from '../../engine/formats/index.ts';
import { positionsOf } from '../../engine/graph/packed-graph.ts';
import { inFolder, runIsthmus } from '../support/run-isthmus.ts';

/** A ring of twelve; `sizes` gives all nodes a large size. */
const ring = (sizes: string) => `<?xml version="1.0"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><graph defaultedgetype="undirected">
<nodes>${Array.from({ length: 12 }, (_, i) => `<node id="${i}">${sizes}</node>`).join('')}</nodes>
<edges>${Array.from({ length: 12 }, (_, i) => `<edge source="${i}" target="${(i + 1) % 12}"/>`).join('')}</edges>
</graph></gexf>`;

/** The least distance between two nodes of a layout of `text`. */
async function nearest(cwd: string, text: string, flags: readonly string[]) {
  await writeFile(join(cwd, 'ring.gexf'), text);
  const ended = await runIsthmus(['layout', 'ring.gexf', '-o', 'out.gexf', '--device', 'cpu', '-q', ...flags], { cwd });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const positions = positionsOf((await readGraph(await readFile(join(cwd, 'out.gexf')))).graph)!;
  let least = Infinity;
  for (let i = 0; i < 12; i++) {
    for (let j = 0; j < i; j++) {
      const distance = Math.hypot(positions[2 * i] - positions[2 * j], positions[2 * i + 1] - positions[2 * j + 1]);
      least = Math.min(least, distance);
    }
  }
  return least;
}

test('isthmus layout --no-overlap moves nodes apart by the sizes in the file', async () => {
  await inFolder(async (cwd) => {
    const large = ring('<viz:size value="300"/>');
    const plain = await nearest(cwd, large, []);
    expect(plain).toBeLessThan(600);
    expect(await nearest(cwd, large, ['--no-overlap'])).toBeGreaterThanOrEqual(600);
    // As a map draws it by links, no node of this ring is in another's way.
    expect(await nearest(cwd, ring(''), ['--no-overlap'])).toBe(plain);
  });
});
