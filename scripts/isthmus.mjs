import { ensureBuild } from './lib/build.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runScript } from './lib/project.mjs';
import { runIsthmus } from './lib/setup.mjs';

await runScript(async () => {
  await ensurePackages();
  await ensureBuild();
  // npm runs scripts in the project's folder; paths are meant from where the person is.
  if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
  await runIsthmus(process.argv.slice(2));
});
