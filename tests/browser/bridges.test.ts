import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeGraph } from '../../engine/formats/index.ts';
import { withPositions } from '../../engine/graph/packed-graph.ts';
import { writeOutput } from '../../engine/hosts/files.ts';
import { readAnnotations } from '../../engine/map/annotations/geojson.ts';
import { plantedMap } from '../support/planted-bridges.ts';
import { inFolder, runIsthmus } from '../support/run-isthmus.ts';

const { graph, positions } = plantedMap({ kinds: ['bridge', 'artifact', 'landmark'], seed: 2004 });

describe('isthmus bridges', () => {
  test('lists what it finds, prints it as JSON and writes annotations', async () => {
    await inFolder(async (cwd) => {
      const options = { format: 'gexf', gzip: false } as const;
      await writeOutput(join(cwd, 'planted.gexf'), writeGraph(withPositions(graph, positions), options));
      const list = await runIsthmus(['bridges', 'planted.gexf'], { cwd });
      expect(list.code).toBe(0);
      expect(list.stdout.toString()).toMatch(/^Bridges \(1\)\n.*\n.*bridge\. \d+ links join /);
      expect(list.stderr).toContain('Positions: as in the file.');
      const { code, stdout } = await runIsthmus(['bridges', 'planted.gexf', '--json', '-o', 'found.geojson'], { cwd });
      expect(code).toBe(0);
      const { bridges, delta } = JSON.parse(stdout.toString());
      expect(delta).toBeGreaterThan(0);
      const kinds = bridges.map(({ kind }: { readonly kind: string }) => kind);
      for (const kind of ['landmark', 'bridge', 'artifact']) expect(kinds).toContain(kind);
      const bridge = bridges[kinds.indexOf('bridge')];
      expect(bridge.ends).toHaveLength(2);
      for (const end of bridge.ends) expect(graph.ids).toEqual(expect.arrayContaining(end.nodes));
      expect(bridge.nodes.length).toBeGreaterThan(0);
      const { annotations, warnings } = readAnnotations(await readFile(join(cwd, 'found.geojson'), 'utf8'));
      expect(warnings).toEqual([]);
      expect(annotations.map(({ others }) => others['bridgeKind'])).toEqual(kinds);
    });
  });

  test('lays out a graph without positions, and puts GeoJSON on stdout', async () => {
    const edges = Array.from({ length: graph.edgeCount }, (_, e) => {
      return `${graph.ids[graph.edges[2 * e]]},${graph.ids[graph.edges[2 * e + 1]]}`;
    });
    const input = `source,target\n${edges.join('\n')}\n`;
    const args = ['bridges', '-', '--iterations', '50', '-o', '-'];
    const { code, stdout, stderr } = await runIsthmus(args, { input });
    expect(code).toBe(0);
    expect(stderr).toContain('Positions: a new layout by ForceAtlas2, seed 1.');
    expect(readAnnotations(stdout.toString()).annotations.length).toBeGreaterThan(0);
  });

  test('refuses another format than GeoJSON before it reads', async () => {
    const { code, stderr } = await runIsthmus(['bridges', 'nowhere.gexf', '-o', 'out.csv']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'Bridges are written as GeoJSON, but out.csv does not end in .geojson or .json.\n',
    });
  });
});
