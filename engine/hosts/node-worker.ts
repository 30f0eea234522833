import { parentPort, workerData } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { openDawn } from './dawn.ts';
import { createNodeThreadHost, serveForcesFrom } from './node-threads.ts';
import { createService } from './service.ts';

if (parentPort !== null && !serveForcesFrom(workerData)) {
  const threadHost = createNodeThreadHost(new URL(import.meta.url));
  const service = createService({ openGpu: (device) => openDawn({ software: device === 'gpu' }), threadHost });
  Comlink.expose(service, nodeEndpoint(parentPort));
}
