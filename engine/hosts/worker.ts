import * as Comlink from 'comlink';
import { createService } from './service.ts';

Comlink.expose(createService(async () => navigator.gpu));
