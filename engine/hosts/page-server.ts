import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import type { Line } from './wire-endpoint.ts';

/** A server for one headless page, on this machine only, under a path that nobody can guess. */
export interface PageServer {
  /** The page's address; requests to others are none of its business. */
  readonly url: string;
  /** Offers a job under a name until it is withdrawn. */
  offer(name: string, job: Uint8Array): void;
  withdraw(name: string): void;
  /** Resolves to the pixels that the page posts under a name. */
  pixels(name: string): Promise<Uint8Array>;
  /** Messages to and from the page, which fetches and posts them at `messages`. */
  readonly line: Line;
  /** Drops the connections and the jobs. */
  close(): Promise<void>;
}

const htmlOf = (script: string) =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;

/** The page may load from this server alone; regl compiles its commands by `new Function`. */
const policy =
  "default-src 'self'; script-src 'self' 'unsafe-eval'; worker-src 'self' blob:; img-src 'self' blob: data:; font-src 'self' data:";

/** Serves a page that runs the module at `script`, a path, and the modules beside it. */
export async function servePage(script: string): Promise<PageServer> {
  const root = `/${randomBytes(24).toString('hex')}/`;
  const jobs = new Map<string, Uint8Array>();
  const awaited = new Map<string, (bytes: Uint8Array) => void>();
  const { line, hear, fetch } = createLine();
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('content-security-policy', policy);
    const path = request.url ?? '';
    const [kind, name = ''] = path.startsWith(root) ? path.slice(root.length).split('/') : ['unknown'];
    const job = jobs.get(name);
    const answer = awaited.get(name);
    if (kind === '') return send(response, 'text/html', htmlOf(basename(script)));
    if (/^[\w-]+\.js$/.test(kind)) {
      const file = createReadStream(join(dirname(script), kind));
      file.on('error', () => response.writeHead(404).end());
      file.pipe(response.setHeader('content-type', 'text/javascript'));
    } else if (kind === 'messages' && request.method === 'POST') {
      hear(await bodyOf(request));
      response.end();
    } else if (kind === 'messages') {
      send(response, 'application/octet-stream', await fetch());
    } else if (kind === 'jobs' && job) {
      send(response, 'application/octet-stream', job);
    } else if (kind === 'pixels' && answer && request.method === 'POST') {
      awaited.delete(name);
      answer(await bodyOf(request));
      response.end();
    } else {
      response.writeHead(404).end();
    }
  }

  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${root}`,
    line,
    offer: (name, job) => void jobs.set(name, job),
    withdraw: (name) => void jobs.delete(name),
    pixels: (name) => new Promise((answer) => awaited.set(name, answer)),
    async close() {
      jobs.clear();
      awaited.clear();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A line whose other end asks for one message after another. */
function createLine() {
  const waiting: Uint8Array[] = [];
  let deliver: ((bytes: Uint8Array) => void) | undefined;
  let hear: (bytes: Uint8Array) => void = () => undefined;
  const line: Line = {
    send(bytes) {
      if (deliver === undefined) waiting.push(bytes);
      else deliver(bytes);
      deliver = undefined;
    },
    listen(heard) {
      hear = heard;
    },
  };
  /** The next message, when there is one. */
  const fetch = (): Promise<Uint8Array> | Uint8Array =>
    waiting.shift() ??
    new Promise((resolve) => {
      deliver = resolve;
    });
  return { line, hear: (bytes: Uint8Array) => hear(bytes), fetch };
}

function send(response: ServerResponse, type: string, body: string | Uint8Array): void {
  response.setHeader('content-type', type).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const body = new Uint8Array(Number(request.headers['content-length'] ?? 0));
  let length = 0;
  for await (const piece of request) {
    body.set(piece, length);
    length += piece.length;
  }
  return body;
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve());
  });
}
