import { parentPort } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { createService } from './service.ts';

if (parentPort !== null) Comlink.expose(createService(), nodeEndpoint(parentPort));
