import { describe, expect, it } from 'vitest';
import { ringOfCliques } from '../../engine/graph/generators.ts';
import { pack } from '../../engine/graph/packed-graph.ts';
import { loadInfomap } from '../../engine/hosts/commands/communities.ts';
import { infomapCommunities, type RunInfomap } from '../../engine/structure/communities/infomap.ts';

/** Answers as Infomap does: modules of the nodes by the tens of their numbers. */
const pretend: RunInfomap = async (network) => {
  const ids = new Set(
    network
      .trim()
      .split('\n')
      .flatMap((line) => line.split(' ').slice(0, 2).map(Number)),
  );
  const nodes = [...ids].map((id) => ({ id, path: [Math.floor(id / 10) + 1, 1] }));
  return { json: { codelength: 3, relativeCodelengthSavings: 0.25, nodes } };
};

describe('infomapCommunities', () => {
  it('hands the network over as a link list and reads modules and codelength', async () => {
    const asked: string[][] = [];
    const graph = ringOfCliques({ cliques: 3, size: 10, isolates: 2 });
    const found = await infomapCommunities(graph, (network, args) => {
      asked.push([network, args]);
      return pretend(network, args);
    });
    expect(asked).toHaveLength(1);
    expect(asked[0][0].split('\n')).toHaveLength(graph.edgeCount + 1);
    expect(asked[0][0]).toMatch(/^0 1 1\n/);
    expect(asked[0][1]).toBe('--two-level --silent --output json --seed 2 --num-trials 1');
    expect([...found.sizes]).toEqual([10, 10, 10, 1, 1]);
    expect(found.of[0]).not.toBe(found.of[10]);
    expect(found.score).toEqual({ name: 'codelength', value: 3, unit: 'bits per step', baseline: 4 });
    expect(found).toMatchObject({ method: 'infomap', settings: { seed: 1, trials: 1 } });
  });

  it('asks for nothing where there are no edges', async () => {
    const found = await infomapCommunities(pack({ ids: ['a', 'b'], edges: new Uint32Array(0) }), () => {
      throw new Error('Nothing to run.');
    });
    expect([...found.sizes]).toEqual([1, 1]);
  });

  it('says so if Infomap fails, answers something else, or is asked for no trial', async () => {
    const graph = ringOfCliques({ cliques: 2, size: 3 });
    await expect(infomapCommunities(graph, async () => Promise.reject(new Error('status 1')))).rejects.toMatchObject({
      name: 'DeviceError',
      message: 'Infomap failed: status 1',
    });
    await expect(infomapCommunities(graph, async () => ({}))).rejects.toThrow('nodes and a codelength as JSON.');
    await expect(infomapCommunities(graph, pretend, { trials: 0 })).rejects.toThrow('but 0 came.');
  });
});

describe('loadInfomap', () => {
  it('says how to install the package where it is missing', async () => {
    const loading = loadInfomap('@mapequation/not-installed');
    await expect(loading).rejects.toMatchObject({ name: 'DeviceError' });
    await expect(loading).rejects.toThrow('not installed: type npm install @mapequation/infomap.');
  });

  it('hands network and arguments to the function of the package', async () => {
    const run = await loadInfomap('data:text/javascript,export const run = async (...given) => ({ given })');
    expect(await run('0 1 1\n', '--silent')).toEqual({ given: ['0 1 1\n', { args: '--silent' }] });
  });
});
