import { type Actions, onChange, type Show, type State } from '../state.ts';
import { howItWasMade, statusOf, titleOf } from '../words.ts';
import { byId, icon, make, wholeNumbers } from './dom.ts';

/** Title, counts, how the layout stands, and how the map was made. */
export function createStatus(stateNow: () => State, actions: Actions): Show {
  const play = byId<HTMLButtonElement>('play');
  const restart = byId<HTMLButtonElement>('restart');
  play.addEventListener('click', () => (stateNow().run.kind === 'running' ? actions.pause() : actions.play()));
  restart.addEventListener('click', () => actions.restart());
  const shows = [headOf(), runOf(play, restart), tasksOf(), madeOf(), troubleOf(actions)];
  return (state) => {
    for (const show of shows) show(state);
  };
}

function headOf(): Show {
  return onChange(
    ({ file }) => [file],
    ({ file }) => {
      if (file === undefined) return;
      const { graph } = file;
      const title = titleOf(file);
      byId('title').textContent = title;
      document.title = `${title} – Isthmus`;
      byId('counts').textContent =
        `${wholeNumbers.format(graph.nodeCount)} nodes, ${wholeNumbers.format(graph.edgeCount)} links`;
    },
  );
}

function runOf(play: HTMLButtonElement, restart: HTMLButtonElement): Show {
  const progress = byId<HTMLProgressElement>('run-progress');
  return onChange(
    ({ run }) => [run],
    ({ run }) => {
      const isRunning = run.kind === 'running';
      play.disabled = run.kind === 'none';
      restart.disabled = run.kind === 'none';
      play.replaceChildren(icon(isRunning ? 'pause' : 'play'));
      play.ariaLabel = isRunning ? 'Pause the layout' : 'Play the layout';
      play.title = `${play.ariaLabel} (space)`;
      progress.max = 'iterations' in run ? run.iterations : 1;
      progress.value = 'iteration' in run ? run.iteration : 0;
      // Without a value the bar says that the end is not known.
      if (isRunning && run.choices.end === 'rest') progress.removeAttribute('value');
      document.body.dataset['run'] = run.kind;
    },
  );
}

/** Counts change many times a second; a screen reader is told when something begins or ends. */
function tasksOf(): Show {
  const status = byId('status');
  return onChange(
    ({ run, task }) => [run, task],
    ({ run, task }) => {
      const text = task ?? statusOf(run);
      if (text === '') return;
      status.ariaLive = run.kind === 'running' && task === undefined ? 'off' : 'polite';
      status.textContent = text;
    },
  );
}

function madeOf(): Show {
  const box = byId('made');
  return onChange(
    ({ file, run, devices }) => [file, run.kind, devices],
    ({ file, run, devices }) => {
      if (file === undefined) return;
      const warnings = file.warnings.map(({ message }) => message);
      const sentences = [...howItWasMade(file, run), ...devices, ...warnings];
      box.replaceChildren(...sentences.map((textContent) => make('p', { textContent, dir: 'auto' })));
      const { description } = file.graph.attributes;
      if (description) box.append(make('p', { textContent: description, className: 'quote', dir: 'auto' }));
    },
  );
}

function troubleOf(actions: Actions): Show {
  const box = byId('trouble');
  return onChange(
    ({ trouble }) => [trouble],
    ({ trouble }) => {
      box.hidden = trouble === undefined;
      if (trouble === undefined) return;
      const close = make('button', { type: 'button', className: 'icon', ariaLabel: 'Dismiss' }, icon('close'));
      close.addEventListener('click', actions.dismiss);
      box.replaceChildren(make('p', { textContent: trouble, dir: 'auto' }), close);
    },
  );
}
