import { parentPort } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { openDawn } from './dawn.ts';
import { createService } from './service.ts';

if (parentPort !== null) {
  const service = createService((device) => openDawn({ software: device === 'gpu' }));
  Comlink.expose(service, nodeEndpoint(parentPort));
}
