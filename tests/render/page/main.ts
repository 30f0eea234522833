import * as isthmus from '../../../engine/index.ts';

/** The whole library, for tests that run code inside the page. */
declare global {
  interface Window {
    isthmus: typeof isthmus;
    isReady: boolean;
  }
}

window.isthmus = isthmus;
window.isReady = true;
