/**
 * Names that users of Gephi's toolkit know (the command line forceatlas2.jar takes them too), and ours for them.
 * `--scalingRatio` and its like need no entry: camel case is the same name as `--scaling-ratio`.
 */
const aliases: Readonly<Record<string, string>> = {
  '--nsteps': '--iterations',
  '--nthreads': '--threads',
};

/** Flags that also take `true` or `false` as a value, as Gephi's toolkit writes them. */
const switches = new Set([
  '--strong-gravity-mode',
  '--lin-log-mode',
  '--outbound-attraction-distribution',
  '--adjust-sizes',
  '--normalize-edge-weights',
  '--inverted-edge-weights-mode',
  '--barnes-hut-optimize',
  '--update-center',
]);

/** The arguments with Gephi's names turned into ours; what follows `--` is left alone. */
export function normalizeArguments(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const flags = end === -1 ? args : args.slice(0, end);
  const out: string[] = [];
  for (let i = 0; i < flags.length; i++) {
    const [flag, value] = splitFlag(flags[i]);
    if (flag === '--input') {
      // Gephi's toolkit names the file by a flag; here it is the argument.
      if (value !== undefined) out.push(value);
    } else if (switches.has(flag)) {
      const setting = value ?? (isBoolean(flags[i + 1]) ? flags[++i] : 'true');
      out.push(...switchFlag(flag, setting));
    } else {
      out.push(value === undefined ? flag : `${flag}=${value}`);
    }
  }
  return end === -1 ? out : [...out, ...args.slice(end)];
}

function splitFlag(argument: string): readonly [flag: string, value: string | undefined] {
  if (!argument.startsWith('--')) return [argument, undefined];
  const at = argument.indexOf('=');
  const name = at === -1 ? argument : argument.slice(0, at);
  const flag = aliases[name] ?? name.replaceAll(/(?<=[a-z])[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
  return [flag, at === -1 ? undefined : argument.slice(at + 1)];
}

function isBoolean(text: string | undefined): boolean {
  return text === 'true' || text === 'false';
}

/** A switch as commander takes it: `--x`, `--no-x`, or unchanged where the value is neither true nor false. */
function switchFlag(flag: string, value: string): string[] {
  if (!isBoolean(value)) return [`${flag}=${value}`];
  const isOn = value === 'true';
  if (flag === '--barnes-hut-optimize') return ['--repulsion', isOn ? 'barnes-hut' : 'exact'];
  if (flag === '--update-center') return isOn ? [flag] : [];
  return [isOn ? flag : flag.replace('--', '--no-')];
}
