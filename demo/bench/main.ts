import type { BenchResult } from '../../engine/index.ts';
import { byId } from '../ui/dom.ts';
import { drawChart, type Series } from './chart.ts';
import { machineOfPage } from './machine.ts';
import { readResult } from './read-result.ts';
import { tablesOf } from './tables.ts';
import type { News, Order } from './worker.ts';

/** Results on the page by their names, in the order in which they came. */
const results = new Map<string, BenchResult>();
const ownName = 'This browser';

const start = byId<HTMLButtonElement>('start');
const stop = byId<HTMLButtonElement>('stop');
const save = byId<HTMLButtonElement>('save');
const progress = byId<HTMLProgressElement>('progress');
const status = byId('status');
const trouble = byId('trouble');
const file = byId<HTMLInputElement>('file');
let worker: Worker | undefined;

byId('order').addEventListener('submit', async (event) => {
  event.preventDefault();
  await measure();
});
stop.addEventListener('click', () => finish('Stopped.'));
save.addEventListener('click', saveResult);
byId('open').addEventListener('click', () => file.click());
file.addEventListener('change', async () => {
  await openAll(file.files);
  // So that choosing the same file again is a change too.
  file.value = '';
});
listenToDrops();
addEventListener('resize', show);

async function measure(): Promise<void> {
  const order: Order = {
    device: byId<HTMLSelectElement>('device').value as Order['device'],
    sizes: Number(byId<HTMLSelectElement>('sizes').value),
    machine: await machineOfPage(),
  };
  trouble.hidden = true;
  start.disabled = true;
  stop.disabled = false;
  progress.hidden = false;
  status.textContent = 'Measuring: leave the page in front and the machine alone.';
  worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<News>) => hear(data));
  worker.addEventListener('error', ({ message }) =>
    hear({ kind: 'failure', message: message || 'The worker failed.' }),
  );
  worker.postMessage(order);
}

function hear(news: News): void {
  if (news.kind === 'progress') {
    progress.max = news.total;
    progress.value = news.done;
  } else if (news.kind === 'note') {
    complain(news.text);
  } else if (news.kind === 'failure') {
    complain(news.message);
    finish('Nothing was measured.');
  } else {
    results.set(ownName, news.result);
    show();
    finish('Measured.');
  }
}

function finish(words: string): void {
  worker?.terminate();
  worker = undefined;
  start.disabled = false;
  stop.disabled = true;
  progress.hidden = true;
  status.textContent = words;
}

function complain(words: string): void {
  trouble.textContent = words;
  trouble.hidden = false;
}

function show(): void {
  save.disabled = !results.has(ownName);
  const title = byId('chart-title').textContent ?? '';
  const chart = byId('chart');
  chart.replaceChildren(...drawChart(seriesOf(), title, Math.max(320, chart.clientWidth)));
  byId('results').replaceChildren(...[...results].map(([name, result]) => tablesOf(result, name)));
  const software = [...results].flatMap(([name, { devices }]) =>
    devices.filter(({ isSoftware }) => isSoftware).map((device) => `${device.name} (${name})`),
  );
  byId('left-out').hidden = software.length === 0;
  byId('left-out').textContent =
    `Not in the chart, for software adapters tell nothing of a GPU: ${software.join(', ')}.`;
}

/** A line for every way in which a device of a result sums repulsion; software adapters are left out. */
function seriesOf(): Series[] {
  return [...results].flatMap(([name, { devices, layout }]) =>
    devices
      .filter(({ isSoftware }) => !isSoftware)
      .flatMap((device) => {
        const rows = layout.filter((row) => row.device === device.kind && !row.isSoftware);
        return [...new Set(rows.map(({ repulsion }) => repulsion))].map((repulsion) => ({
          name: `${device.name}, ${repulsion}, ${name}`,
          points: rows
            .filter((row) => row.repulsion === repulsion)
            .map(({ nodes, millisecondsPerIteration }) => ({ x: nodes, y: millisecondsPerIteration.wall.median })),
        }));
      }),
  );
}

async function openAll(files: FileList | null | undefined): Promise<void> {
  trouble.hidden = true;
  for (const each of files ?? []) {
    try {
      results.set(each.name, readResult(await each.text(), each.name));
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
    }
  }
  show();
}

function listenToDrops(): void {
  const hint = byId('drop-hint');
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    hint.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) hint.hidden = true;
  });
  document.addEventListener('drop', async (event) => {
    event.preventDefault();
    hint.hidden = true;
    await openAll(event.dataTransfer?.files);
  });
}

function saveResult(): void {
  const text = `${JSON.stringify(results.get(ownName), undefined, 2)}\n`;
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'isthmus-bench.json';
  link.click();
  // The browser reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
