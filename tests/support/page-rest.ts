import type { Page } from 'puppeteer';

interface Watched {
  /** What the page waits for: frames, timers and answers of its workers. */
  readonly awaited: ReadonlySet<string>;
  /** The browser's own `requestAnimationFrame`. */
  readonly nextFrame: (callback: () => void) => void;
}

/** Lets `rest` know what the page waits for; to be called before the page is opened. */
export async function watchPage(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(watch);
}

/** Waits until the page waits for nothing any more, however long that takes: what it shows now stays. */
export function rest(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { awaited, nextFrame } = (window as unknown as { watched: Watched }).watched;
    return new Promise<void>((resolve) => {
      let stillFrames = 0;
      const look = (): void => {
        stillFrames = awaited.size === 0 ? stillFrames + 1 : 0;
        if (stillFrames > 5) resolve();
        else nextFrame(look);
      };
      look();
    });
  });
}

/** Runs in the page. */
function watch(): void {
  const awaited = new Set<string>();
  const own = {
    nextFrame: window.requestAnimationFrame.bind(window),
    cancelFrame: window.cancelAnimationFrame.bind(window),
    setTimer: window.setTimeout.bind(window),
    clearTimer: window.clearTimeout.bind(window),
  };
  window.requestAnimationFrame = (callback) => {
    const id = own.nextFrame((time) => {
      awaited.delete(`frame ${id}`);
      callback(time);
    });
    awaited.add(`frame ${id}`);
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    awaited.delete(`frame ${id}`);
    own.cancelFrame(id);
  };
  /** Beyond it a timer tidies up, and changes nothing that is seen. */
  const longest = 10_000;
  const setTimer = (callback: (...given: unknown[]) => void, delay = 0, ...given: unknown[]): number => {
    const id = own.setTimer(() => {
      awaited.delete(`timer ${id}`);
      callback(...given);
    }, delay);
    if (delay < longest) awaited.add(`timer ${id}`);
    return id;
  };
  const clearTimer = (id: number): void => {
    awaited.delete(`timer ${id}`);
    own.clearTimer(id);
  };
  // Comlink's calls and their answers carry the same id.
  const calls = ['GET', 'SET', 'APPLY', 'CONSTRUCT', 'ENDPOINT'];
  for (const port of [Worker.prototype, MessagePort.prototype]) {
    const post = port.postMessage;
    port.postMessage = function (this: Worker | MessagePort, message, ...rest: unknown[]) {
      if (calls.includes(message?.type)) {
        const call = `call ${message.id}`;
        const hear = ((event: MessageEvent) => {
          if (event.data?.id !== message.id) return;
          awaited.delete(call);
          this.removeEventListener('message', hear);
        }) as EventListener;
        this.addEventListener('message', hear);
        awaited.add(call);
      }
      (post as (...given: unknown[]) => void).call(this, message, ...rest);
    };
  }
  Object.assign(window, { setTimeout: setTimer, clearTimeout: clearTimer });
  Object.assign(window, { watched: { awaited, nextFrame: own.nextFrame } });
}
