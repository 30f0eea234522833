import { joinOver, type Line } from './wire-endpoint.ts';

/** Starts the engine in a worker of the headless page and joins it to the page's server. */
export function relayEngine(): void {
  const worker = new Worker('worker.js', { type: 'module' });
  worker.addEventListener('error', ({ message }) => {
    throw new Error(`its worker failed: ${message || 'the script could not be loaded'}`);
  });
  joinOver(createLine(), worker, 'page');
}

/** One request at a time in each direction, so that messages stay in order. */
function createLine(): Line {
  let sent: Promise<unknown> = Promise.resolve();
  return {
    send(bytes) {
      sent = sent.then(() => fetch('messages', { method: 'POST', body: new Blob([bytes]) }));
    },
    async listen(heard) {
      for (;;) {
        const answer = await fetch('messages');
        heard(new Uint8Array(await answer.arrayBuffer()));
      }
    },
  };
}
