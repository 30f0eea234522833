import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inFolder, runIsthmus, sample } from '../support/run-isthmus.ts';

/** Two triangles and an edge between them. `places` gives each node's x and y, or nothing. */
const gexfOf = (places: (node: number) => string) => `<?xml version="1.0"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><graph defaultedgetype="undirected">
<nodes>${[0, 1, 2, 3, 4, 5].map((node) => `<node id="${node}">${places(node)}</node>`).join('')}</nodes>
<edges>${['01', '12', '20', '34', '45', '53', '05'].map(([s, t]) => `<edge source="${s}" target="${t}"/>`).join('')}</edges>
</graph></gexf>`;
const placed = gexfOf((node) => `<viz:position x="${node < 3 ? node % 2 : 100 + (node % 2)}" y="${node % 3}"/>`);

describe('isthmus measure', () => {
  test('prints a table, or one object with all measures', async () => {
    await inFolder(async (cwd) => {
      await writeFile(join(cwd, 'small.gexf'), placed);
      const table = await runIsthmus(['measure', 'small.gexf'], { cwd });
      expect(table).toMatchObject({ code: 0 });
      const names = table.stdout.toString().trimEnd().split('\n');
      expect(names.map((line) => line.split(/ {2,}/)[0])).toEqual([
        'connected-closeness',
        'neighbourhood preservation',
        'stress',
        'edge-length uniformity',
        'nonlocal edges',
        'energy',
        'energy gap',
        'residual force',
      ]);
      const { code, stdout } = await runIsthmus(['measure', '-', '--json', '--linLogMode', 'true', '-q'], {
        input: placed,
      });
      expect(code).toBe(0);
      const measures = JSON.parse(stdout.toString());
      expect(measures).toMatchObject({ input: '-', nodes: 6, edges: 7, settings: { linLogMode: true }, warnings: [] });
      expect(measures).toMatchObject({ closeness: { exact: true, samples: 15 }, stress: { exact: true } });
      expect(measures.energy).toBe(measures.energyParts.total);
      expect(measures.milliseconds.measure).toBeGreaterThan(0);
    });
  });

  test('takes gravity from the graph as isthmus layout does, and finds the layout at rest under it', async () => {
    await inFolder(async (cwd) => {
      await writeFile(join(cwd, 'small.gexf'), placed);
      const args = ['layout', 'small.gexf', '--gravity', 'auto', '-o', 'out.gexf', '--json'];
      const { plan } = JSON.parse((await runIsthmus(args, { cwd })).stdout.toString());
      const { stdout } = await runIsthmus(['measure', 'out.gexf', '--gravity', 'auto', '--json'], { cwd });
      const { settings, equilibrium } = JSON.parse(stdout.toString());
      const { gravity } = plan[0].settings;
      expect(gravity).toBeGreaterThan(0);
      expect(settings).toMatchObject({ gravity, strongGravityMode: true });
      expect(equilibrium.virialRatio).toBeCloseTo(1, 1);
    });
  });

  test.each([
    [['measure', sample], 'has no positions, so there is no layout to measure: run isthmus layout first.\n', 1],
    [['measure', 'heap.gexf'], 'heap.gexf has all nodes in one place', 1],
    [['measure', 'heap.gexf', '--gravity', '-1'], 'The setting gravity is a number of 0 or more, but it was -1.', 2],
    [
      ['measure', 'heap.gexf', '--gravity', 'auto', '--strongGravityMode', 'false'],
      'Gravity auto is a strong one, but strongGravityMode was false.',
      2,
    ],
  ])('refuses %j with one clear message', async (args, message, exitCode) => {
    await inFolder(async (cwd) => {
      await writeFile(
        join(cwd, 'heap.gexf'),
        gexfOf(() => '<viz:position x="1" y="1"/>'),
      );
      const { code, stdout, stderr } = await runIsthmus(args, { cwd });
      expect({ code, stdout: stdout.toString() }).toEqual({ code: exitCode, stdout: '' });
      expect(stderr).toContain(message);
    });
  });
});
