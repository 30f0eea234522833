import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inProject, root, runScript, Stop, say } from './lib/project.mjs';

const folders = ['engine', 'shaders', 'demo', 'bench', 'tests', 'scripts'];
const resolve = { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] };

await runScript(async () => {
  const { cruise } = await import('dependency-cruiser');
  const { default: extractOptions } = await import('dependency-cruiser/config-utl/extract-depcruise-options');
  const { default: extractTsConfig } = await import('dependency-cruiser/config-utl/extract-ts-config');
  process.chdir(root);
  const options = await extractOptions('./.dependency-cruiser.cjs');
  const tsConfig = extractTsConfig('./tsconfig.json');
  const present = folders.filter((folder) => existsSync(folder));
  const { output } = await cruise(present, options, resolve, { tsConfig });
  for (const { rule, from, to } of output.summary.violations) say(`${rule.severity} ${rule.name}: ${from} → ${to}`);

  // A check that passes on nothing is no check: every source must have been seen.
  const seen = new Set(output.modules.map((module) => module.source));
  const unseen = present.flatMap(sourcesUnder).filter((path) => !seen.has(path));
  if (unseen.length > 0) throw new Stop(`The dependency check did not see ${unseen.length} files: ${unseen[0]}, ….`);
  if (output.summary.error > 0) throw new Stop(`${output.summary.error} imports break the rules named above.`);
  say(
    `${output.summary.totalCruised} modules, ${output.summary.totalDependenciesCruised} imports, all in the right direction.`,
  );
});

function sourcesUnder(folder) {
  return readdirSync(inProject(folder), { recursive: true })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((path) => /\.(ts|mjs)$/.test(path) && !path.endsWith('.d.ts'));
}
