import * as Comlink from 'comlink';
import { createPageThreadHost, serveForcesInPage } from './page-threads.ts';
import { createService } from './service.ts';

if (!serveForcesInPage()) Comlink.expose(createService(async () => navigator.gpu, createPageThreadHost()));
