import { execFileSync } from 'node:child_process';

/** Ids of the processes that run and whose command line holds the text. */
export function processesWith(text: string): readonly number[] {
  return listed(text).map(({ id }) => id);
}

/** The GPU process of a browser that has its profile under that folder, and the process that the others belong to. */
export function browserUnder(folder: string): { readonly main: number | undefined; readonly gpu: number | undefined } {
  const processes = listed(`--user-data-dir=${folder}`);
  return {
    main: processes.find(({ line }) => !line.includes('--type='))?.id,
    gpu: listed(folder).find(({ line }) => line.includes('--type=gpu-process'))?.id,
  };
}

function listed(text: string): readonly { readonly id: number; readonly line: string }[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,stat=,args=', '-ww']).toString().split('\n');
  return lines
    .filter((line) => line.includes(text) && !/^\s*\d+ Z/.test(line))
    .map((line) => ({ id: Number.parseInt(line, 10), line }));
}
