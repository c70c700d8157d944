import { parseArgs } from 'node:util';
import { CoreloomError } from '../contract';
import type { Command, Line, Option } from './command';
import { suggest } from './suggest';

/** A sentence about the command line that ends the command with exit code 2. */
export class UsageError extends CoreloomError {
  constructor(message: string) {
    super('bad-input', message);
  }
}

/** Options that every command has. */
export const COMMON_OPTIONS: Record<string, Option> = {
  help: { summary: 'show this help' },
  version: { summary: 'show the version' },
};

const SHORT: Record<string, string> = { h: 'help', v: 'version' };

/** Reads what follows the command's name. Throws `UsageError`. */
export function parseLine(command: Command, words: string[]): Line {
  const known = { ...command.options, ...COMMON_OPTIONS };
  const values = new Map<string, string[]>();
  const free: string[] = [];
  for (const token of tokensOf(known, words)) {
    if (token.kind === 'positional') free.push(token.value);
    if (token.kind !== 'option') continue;
    const option = known[token.name];
    if (option === undefined || !Object.hasOwn(known, token.name))
      throw unknownOption(command, token.rawName, Object.keys(known));
    values.set(token.name, [...(values.get(token.name) ?? []), valueOf(option, token)]);
  }
  if (!values.has('help') && !values.has('version')) checkArguments(command, free);
  return {
    argument: free[0] ?? null,
    words: free,
    has: (option) => values.has(option),
    text: (option) => values.get(option)?.at(-1),
    all: (option) => values.get(option) ?? [],
  };
}

/** Not strict: the parser's own sentences are about the parser; ours say what would be right. */
function tokensOf(known: Record<string, Option>, words: string[]) {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, option]) => {
      const short = Object.keys(SHORT).find((letter) => SHORT[letter] === name);
      return [
        name,
        { type: option.value === undefined ? ('boolean' as const) : ('string' as const), ...(short ? { short } : {}) },
      ];
    }),
  );
  return parseArgs({ args: words, options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function valueOf(option: Option, token: { rawName: string; value?: string | undefined }): string {
  if (option.value === undefined) {
    if (token.value !== undefined) throw new UsageError(`${token.rawName} takes no value: remove "=${token.value}".`);
    return '';
  }
  if (token.value === undefined || token.value === '' || token.value.startsWith('--')) {
    throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${option.value}.`);
  }
  return token.value;
}

function unknownOption(command: Command, typed: string, names: string[]): UsageError {
  const near = suggest(typed.replace(/^-+/, ''), names);
  const hint = near === null ? `See coreloom ${command.name} --help.` : `Did you mean --${near}?`;
  return new UsageError(`coreloom ${command.name} has no option ${typed}. ${hint}`);
}

function checkArguments({ name, argument, words }: Command, free: string[]): void {
  if (argument !== undefined && free.length === 0) {
    throw new UsageError(
      `The argument <${argument.name}> is missing: coreloom ${name} <${argument.name}>. ${argument.summary}`,
    );
  }
  const surplus = free[words?.most ?? (argument === undefined ? 0 : 1)];
  if (surplus !== undefined)
    throw new UsageError(`"${surplus}" is an unexpected argument; see coreloom ${name} --help.`);
}
