import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outcomeOf } from '../support/formats-outcome.ts';

const folder = new URL('../fixtures/', import.meta.url);
const expectedFile = new URL('expected.json', folder);
const names = readdirSync(folder).filter((name) => name !== 'make.mjs' && name !== 'expected.json');

// UPDATE_FIXTURES=1 writes what comes of each file; read the difference before you commit it.
if (process.env.UPDATE_FIXTURES) {
  const outcomes: Record<string, object> = {};
  for (const name of names.sort()) outcomes[name] = await outcomeOf(readFileSync(new URL(name, folder)), { name });
  writeFileSync(expectedFile, JSON.stringify(outcomes, null, 1) + '\n');
}
const expected: Record<string, object> = JSON.parse(readFileSync(expectedFile, 'utf8'));

test('each fixture says what must come of it, and there are many', () => {
  expect(names.sort()).toEqual(Object.keys(expected).sort());
  expect(names.length).toBeGreaterThanOrEqual(60);
});

test.each(names)('%s ends as it must', async (name) => {
  const bytes = readFileSync(new URL(name, folder));
  expect(JSON.parse(JSON.stringify(await outcomeOf(bytes, { name })))).toEqual(expected[name]);
});

test.each(names)('%s ends the same when its bytes come one, two or seven at a time', async (name) => {
  const bytes = readFileSync(new URL(name, folder));
  async function* dripped(): AsyncGenerator<Uint8Array> {
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const length = bytes.length > 4000 ? 997 : [1, 2, 7][turn % 3];
      yield bytes.subarray(at, at + length);
      at += length;
    }
  }
  expect(JSON.parse(JSON.stringify(await outcomeOf(dripped(), { name })))).toEqual(expected[name]);
});

test('errors are single sentences that start with the file', () => {
  const errors = Object.entries(expected).flatMap(([name, outcome]) =>
    'InputError' in outcome ? [[name, String(outcome.InputError)]] : [],
  );
  expect(errors.length).toBeGreaterThan(30);
  for (const [name, message] of errors) {
    expect(message.startsWith(`${name}:`)).toBe(true);
    expect(message).toMatch(/^[^:]+:(\d+:)? .*[.?]$/s);
  }
});
