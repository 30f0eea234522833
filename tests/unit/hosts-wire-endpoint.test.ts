import * as Comlink from 'comlink';
import { afterEach, expect, it } from 'vitest';
import { joinOver, type Line } from '../../engine/hosts/wire-endpoint.ts';

/** The two ends of a line that delivers later, in order. */
function createLines(): [Line, Line] {
  const heard: ((bytes: Uint8Array) => void)[] = [];
  const end = (mine: number): Line => ({
    send: (bytes) => void setImmediate(() => heard[1 - mine](bytes)),
    listen: (listener) => {
      heard[mine] = listener;
    },
  });
  return [end(0), end(1)];
}

const undo: (() => void)[] = [];
afterEach(() => {
  for (const end of undo.splice(0)) end();
});

/** What `exposed` is on the far side of a line of bytes. */
function overLine<T>(exposed: T): Comlink.Remote<T> {
  const [near, far] = createLines();
  const here = new MessageChannel();
  const there = new MessageChannel();
  Comlink.expose(exposed, there.port1);
  undo.push(joinOver(near, here.port2, 'near'), joinOver(far, there.port2, 'far'));
  undo.push(
    () => here.port1.close(),
    () => there.port1.close(),
  );
  return Comlink.wrap<T>(here.port1);
}

it('carries calls, arrays, errors, callbacks and what is made on the other side', async () => {
  const far = overLine({
    double: (values: Float32Array) => values.map((value) => 2 * value),
    fail() {
      throw new RangeError('too much');
    },
    async count(to: number, tell: (n: number) => void) {
      for (let n = 1; n <= to; n++) await tell(n);
    },
    counter() {
      let n = 0;
      return Comlink.proxy({ next: () => ++n });
    },
  });
  expect(await far.double(Float32Array.of(1, 2))).toEqual(Float32Array.of(2, 4));
  await expect(far.fail()).rejects.toMatchObject({ name: 'RangeError', message: 'too much' });
  const told: number[] = [];
  await far.count(
    3,
    Comlink.proxy((n: number) => void told.push(n)),
  );
  expect(told).toEqual([1, 2, 3]);
  const [one, other] = [await far.counter(), await far.counter()];
  expect([await one.next(), await one.next(), await other.next()]).toEqual([1, 2, 1]);
});
