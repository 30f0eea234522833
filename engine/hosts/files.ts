import { createReadStream, rmSync } from 'node:fs';
import { access, constants, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { IsthmusError } from '../base/errors.ts';
import { throwIfAborted } from '../base/progress.ts';

/** Files that are being written; removed if the process ends before they are whole. */
const unfinished = new Set<string>();
process.on('exit', () => {
  for (const path of unfinished) rmSync(path, { force: true });
});

/** The bytes of a file as a stream, or of stdin for `-`. @throws InputError that names the file and what is wrong with it. */
export async function* readInput(path: string): AsyncGenerator<Uint8Array> {
  try {
    if (path !== '-' && (await stat(path)).isDirectory()) {
      throw new IsthmusError('InputError', `${path} is a folder, but a file was expected.`);
    }
    yield* path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
  } catch (error) {
    throw explained(error, path, 'read');
  }
}

/** Refuses early, before hours of layout, a target that could not be written in the end. */
export async function checkOutput(path: string): Promise<void> {
  if (path === '-') return;
  try {
    const real = await realpath(path).catch(() => path);
    const target = await stat(real).catch(() => undefined);
    if (target?.isDirectory()) throw new IsthmusError('InputError', `${path} is a folder, but a file was expected.`);
    if (target !== undefined) await access(real, constants.W_OK);
    // A file is replaced by a new one in its folder, and the slash asks that it is one; a device is written as it is.
    if (target === undefined || target.isFile()) await access(`${dirname(real)}/`, constants.W_OK);
  } catch (error) {
    throw explained(error, path, 'written');
  }
}

/** Refuses early a folder that is to be filled, or made, and could not be. */
export async function checkFolder(path: string): Promise<void> {
  try {
    const there = await nearest(resolve(path));
    if (!(await stat(there)).isDirectory()) {
      throw new IsthmusError('InputError', `${path} is a file, but a folder was expected.`);
    }
    await access(there, constants.W_OK);
  } catch (error) {
    throw explained(error, path, 'written');
  }
}

/** The path, or the innermost folder around it that there is. */
async function nearest(path: string): Promise<string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return found === undefined ? nearest(dirname(path)) : path;
}

/**
 * Removes what processes that were killed left unfinished: of a folder and the folders in it, or of one file beside it.
 * What others are writing now stays.
 */
export async function removeUnfinished(folder: string, file?: string): Promise<void> {
  for (const path of await readdir(folder, { recursive: file === undefined })) {
    const [, name, id] = /^\.(.+)\.(\d+)\.(?:part|spool)$/.exec(basename(path)) ?? [];
    if (id === undefined || (file !== undefined && name !== file) || isRunning(Number(id))) continue;
    await rm(join(folder, path), { force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Writes chunks to a file, or to stdout for `-`, and returns the bytes written. A file appears only when it is whole: it
 * is written under another name in the same folder and then renamed. Pipes and devices are written directly.
 *
 * @throws InputError that names the file and what is wrong; AbortError, after which nothing is left.
 */
export async function writeOutput(
  path: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<number> {
  if (path === '-') return writeTo(writeToStdout, chunks, signal);
  try {
    const target = await realpath(path).catch(() => path);
    const isSpecial = await stat(target).then(
      (found) => !found.isFile(),
      () => false,
    );
    return isSpecial ? await writeInPlace(target, chunks, signal) : await writeWhole(target, chunks, signal);
  } catch (error) {
    throw explained(error, path, 'written');
  }
}

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
type Write = (chunk: Uint8Array) => Promise<unknown>;

async function writeTo(write: Write, chunks: Chunks, signal: AbortSignal | undefined): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) {
    throwIfAborted(signal);
    await write(chunk);
    bytes += chunk.length;
  }
  throwIfAborted(signal);
  return bytes;
}

function writeToStdout(chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

async function writeInPlace(path: string, chunks: Chunks, signal: AbortSignal | undefined): Promise<number> {
  const file = await open(path, 'w');
  try {
    return await writeTo((chunk) => file.writeFile(chunk), chunks, signal);
  } finally {
    await file.close();
  }
}

async function writeWhole(path: string, chunks: Chunks, signal: AbortSignal | undefined): Promise<number> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const file = await open(temporary, 'wx');
  unfinished.add(temporary);
  try {
    const bytes = await writeTo((chunk) => file.writeFile(chunk), chunks, signal);
    await file.sync();
    await file.close();
    await rename(temporary, path);
    unfinished.delete(temporary);
    return bytes;
  } catch (error) {
    await file.close();
    await rm(temporary, { force: true });
    unfinished.delete(temporary);
    throw error;
  }
}

/** A temporary file beside another, for what is not in its order yet. */
export interface Spool {
  /** Puts bytes at its end, one call at a time; returns where they begin. */
  append(bytes: Uint8Array): Promise<number>;
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Removes it; at the latest it goes with this process. */
  dispose(): Promise<void>;
}

/** @throws InputError, also from its methods, that names the file beside which it cannot be kept. */
export async function openSpool(path: string): Promise<Spool> {
  const attempt = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw explained(error, path, 'written');
    });
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.spool`);
  await attempt(removeUnfinished(dirname(path), basename(path)));
  const file = await attempt(open(temporary, 'wx+'));
  unfinished.add(temporary);
  let end = 0;
  return {
    async append(bytes) {
      await attempt(file.appendFile(bytes));
      end += bytes.length;
      return end - bytes.length;
    },
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await attempt(file.read(bytes, done, length - done, offset + done));
        if (bytesRead === 0) throw new RangeError(`${temporary} ends before byte ${offset + length}.`);
        done += bytesRead;
      }
      return bytes;
    },
    async dispose() {
      await file.close();
      await rm(temporary, { force: true });
      unfinished.delete(temporary);
    },
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be too large for its file system',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
};

/** A system error as a sentence; any other as it is. */
export function explained(error: unknown, path: string, verb: 'read' | 'written'): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined || !(code in reasons)) return error;
  return new IsthmusError('InputError', `${path} can't be ${verb}: ${reasons[code]}.`, { cause: error });
}
