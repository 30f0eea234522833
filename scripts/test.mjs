import { readFile, rm } from 'node:fs/promises';
import { ensureBuild } from './lib/build.mjs';
import { inProject, run, runPackage, runScript, say } from './lib/project.mjs';
import { ensureTools } from './lib/setup.mjs';

const filters = process.argv.slice(2);
const report = inProject('.cache', 'vitest.json');
const count = { passed: 0, failed: 0 };

const build = async () => {
  await ensureBuild();
  return 0;
};
const checks = [
  ['types', () => runPackage('typescript/bin/tsc', ['-p', 'tsconfig.json'])],
  ['types without a browser', () => runPackage('typescript/bin/tsc', ['-p', 'tsconfig.anywhere.json'])],
  ['lint', () => runPackage('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])],
  ['dependency direction', () => run(process.execPath, [inProject('scripts', 'direction.mjs')])],
  ['build', build],
];

// Each stage counts as one test. With filters only the tests that match them run.
await runScript(async () => {
  try {
    await stage('setup', async () => {
      await ensureTools();
      return 0;
    });
    for (const [name, check] of filters.length === 0 ? checks : [['build', build]]) await stage(name, check);
    await runTests();
  } finally {
    say(count.failed === 0 ? 'All is well.' : 'The tests failed.');
    console.log(`${count.passed} passed, ${count.failed} failed`);
    process.exitCode = count.failed === 0 ? 0 : 1;
  }
});

/** Runs a stage, shows its name and counts it; a throw is a failure, with its message shown. */
async function stage(name, check) {
  say(`\n── ${name}`);
  const code = await check().catch((error) => {
    say(error.message);
    return 1;
  });
  count[code === 0 ? 'passed' : 'failed']++;
  if (code !== 0) say(`── ${name} failed`);
}

async function runTests() {
  say('\n── tests');
  await rm(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runPackage('vitest/vitest.mjs', ['run', ...reporters, ...filters]);
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(await readFile(report, 'utf8').catch(() => '{}'));
  // A file that could not be loaded has failed without a test of its own.
  const unloaded = (testResults ?? []).filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  count.passed += numPassedTests ?? 0;
  const failed = (numFailedTests ?? 0) + unloaded.length;
  // Vitest also fails for reasons that no test shows: an error outside of tests, or none found.
  count.failed += code !== 0 && failed === 0 ? 1 : failed;
}
