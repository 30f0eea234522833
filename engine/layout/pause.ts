/** Longest time in ms for which a layout keeps its thread to itself, one iteration aside. */
const slice = 20;

/**
 * A function that now and then waits for the thread's other work (messages, events, an abort): true if it waited. It posts a
 * message to itself, because timers wait 4 ms and more in a browser.
 */
export function createPauses(): () => Promise<boolean> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < slice) return false;
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    });
    since = performance.now();
    return true;
  };
}
