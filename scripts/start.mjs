import { root, runScript } from './lib/project.mjs';
import { chromeOf, ensureAll, runIsthmus } from './lib/setup.mjs';

await runScript(async () => {
  const args = process.argv.slice(2);
  await ensureAll(chromeOf(args));
  process.chdir(root);
  await runIsthmus(['map', 'software-terms.gexf.gz', '-o', 'software-terms.png', '--width', '2400', ...args]);
});
