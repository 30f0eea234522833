import type { Endpoint } from 'comlink';
import { decodeWire, encodeWire } from './wire.ts';

/** What carries bytes between two hosts, each message whole and in the order in which it was sent. */
export interface Line {
  send(bytes: Uint8Array<ArrayBuffer>): void;
  listen(heard: (bytes: Uint8Array) => void): void;
}

/** A message for the endpoint itself or for a port that travelled in an earlier one. */
interface Letter {
  readonly to: string;
  readonly data: unknown;
}

const main = '';

/**
 * Joins an endpoint (a worker, a port) to the one that is joined to the other end of a line: what one says the other
 * hears, and so do both ends of every port that travels in such a message. Call it once on each side, the sides named
 * differently; what it returns closes the ports that it holds.
 */
export function joinOver(line: Line, endpoint: Endpoint, side: string): () => void {
  const held: MessagePort[] = [];
  const known = new Map<string, Endpoint>();
  let ports = 0;
  const join = (name: string, joined: Endpoint): void => {
    known.set(name, joined);
    joined.addEventListener('message', (event) => {
      const { data } = event as MessageEvent<unknown>;
      line.send(encodeWire({ to: name, data } satisfies Letter, take));
    });
    joined.start?.();
  };
  /** Keeps a port that is about to travel; its name does so in its place. */
  const take = (port: MessagePort): string => {
    const name = `${side}${++ports}`;
    join(name, port);
    held.push(port);
    return name;
  };
  join(main, endpoint);
  line.listen((bytes) => {
    const arrived: MessagePort[] = [];
    const { to, data } = decodeWire(bytes, (name) => {
      const { port1, port2 } = new MessageChannel();
      join(name, port1);
      held.push(port1);
      arrived.push(port2);
      return port2;
    }) as Letter;
    known.get(to)?.postMessage(data, arrived);
  });
  return () => {
    for (const port of held) port.close();
  };
}
