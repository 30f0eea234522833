import * as Comlink from 'comlink';
import { createTilePainter } from '../output/tiles/painter.ts';
import { createPageThreadHost, serveForcesInPage } from './page-threads.ts';
import { createService } from './service.ts';

if (!serveForcesInPage()) {
  const openGpu = async () => navigator.gpu;
  Comlink.expose(createService({ openGpu, threadHost: createPageThreadHost(), openPainter: createTilePainter }));
}
