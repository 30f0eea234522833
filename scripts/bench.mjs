import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inProject, run, runScript, Stop } from './lib/project.mjs';
import { ensureAll } from './lib/setup.mjs';

/** Calls `run(args)` of every bench/*.ts; `npm run bench -- layout …` that of bench/layout.ts alone, with the arguments that follow. */
await runScript(async () => {
  const [wanted, ...args] = process.argv.slice(2);
  const names = readdirSync(inProject('bench'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length));
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new Stop(`There is no benchmark "${wanted}": choose one of ${names.join(', ')}.`);
  }
  await ensureAll();
  const { build } = await import('vite');
  const outDir = inProject('.cache', 'bench');
  await build({ mode: 'bench', configFile: inProject('vite.config.ts'), logLevel: 'warn', build: { outDir } });
  for (const name of wanted === undefined ? names : [wanted]) {
    const built = pathToFileURL(inProject('.cache', 'bench', `${name}.js`));
    const main = `import { run } from '${built}'; await run(process.argv.slice(1));`;
    const code = await run(process.execPath, ['--input-type=module', '--eval', main, '--', ...args], {
      show: 'through',
    });
    if (code !== 0) throw new Stop(`The benchmark ${name} ended with exit code ${code}.`);
  }
});
