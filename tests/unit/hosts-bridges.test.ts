import * as Comlink from 'comlink';
import { expect, it } from 'vitest';
import { connect } from '../../engine/hosts/remote.ts';
import { createService } from '../../engine/hosts/service.ts';
import { findBridges } from '../../engine/structure/bridges/bridges.ts';
import { plantedMap } from '../support/planted-bridges.ts';

it('finds the same bridges in another thread, names and all', async () => {
  const { port1, port2 } = new MessageChannel();
  Comlink.expose(createService(), port2);
  port1.start();
  const engine = connect(port1, { close: () => port1.close() });
  const { graph, positions } = plantedMap({ kinds: ['bridge', 'artifact'], seed: 11 });
  const stages: string[] = [];
  const onProgress = ({ stage }: { readonly stage: string }) => void stages.push(stage);
  expect(await engine.findBridges(graph, positions, { seed: 3, onProgress })).toEqual(
    findBridges(graph, positions, { seed: 3 }),
  );
  expect(stages).toContain('bridges');
  engine.dispose();
});
