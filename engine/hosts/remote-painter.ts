import * as Comlink from 'comlink';
import { throwIfAborted } from '../base/progress.ts';
import type { GraphMap } from '../map/graph-map.ts';
import type { TilePainter, TilePainterOptions, TileRequest } from '../output/tiles/painter.ts';
import { watch } from './watch.ts';

/** Makes a painter in this thread. */
export type OpenPainter = (map: GraphMap, options?: TilePainterOptions) => TilePainter;

/** A painter as another thread sees it: every tile has a job number of the caller's, by which it is called off. */
export interface ServedPainter {
  paint(job: number, request: TileRequest): Promise<ImageBitmap>;
  cancel(job: number): void;
  update(map: GraphMap): void;
  dispose(): void;
}

/** Serves a painter to another thread; its pictures are moved there. */
export function servePainter(painter: TilePainter): ServedPainter & Comlink.ProxyMarked {
  const jobs = new Map<number, AbortController>();
  return Comlink.proxy({
    async paint(job: number, request: TileRequest) {
      const controller = new AbortController();
      jobs.set(job, controller);
      try {
        const picture = await painter.paint(request, controller.signal);
        return Comlink.transfer(picture, [picture]);
      } finally {
        jobs.delete(job);
      }
    },
    cancel: (job: number) => jobs.get(job)?.abort(),
    update: painter.update,
    dispose: painter.dispose,
  });
}

/** The painter that another thread serves; `prepare` makes of a map what is sent there, once a map. */
export function remotePainter(
  served: Comlink.Remote<ServedPainter>,
  first: GraphMap,
  { lost, prepare }: { readonly lost: Promise<never>; readonly prepare: (map: GraphMap) => GraphMap },
): TilePainter {
  let map = first;
  let jobs = 0;
  return {
    get map() {
      return map;
    },
    async paint(request, signal) {
      throwIfAborted(signal);
      const job = ++jobs;
      const call = watch(signal, lost, () => served.cancel(job));
      try {
        return await call.until(served.paint(job, request));
      } finally {
        call.end();
      }
    },
    update(changed) {
      map = changed;
      void served.update(prepare(changed));
    },
    dispose() {
      void served.dispose();
      served[Comlink.releaseProxy]();
    },
  };
}
