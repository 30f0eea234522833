import { ensurePackages } from './lib/packages.mjs';
import { inProject, runScript } from './lib/project.mjs';

await runScript(async () => {
  await ensurePackages();
  const { createServer } = await import('vite');
  const server = await createServer({ mode: 'demo', configFile: inProject('vite.config.ts') });
  await server.listen();
  server.printUrls();
});
