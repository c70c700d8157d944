import { capital } from '../contract';
import type { Command, Option } from './command';
import { COMMON_OPTIONS } from './parse';

const EXIT_CODES = 'Exit codes: 0 success, 1 failed, 2 wrong usage (nothing was run), 130 interrupted.';

/** The help of the whole command, made from the table of commands. */
export function overview(commands: readonly Command[]): string {
  return paragraphs(
    'Coreloom measures whether threads or processes are faster on this machine, and how many to use.',
    'Usage: coreloom <command> [options]',
    section('Commands', rows(commands.map((command) => [usage(command), command.summary]))),
    section('Options', optionRows(COMMON_OPTIONS)),
    'Run coreloom <command> --help for details.',
    EXIT_CODES,
  );
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  return paragraphs(
    `${capital(command.summary)}.`,
    `Usage: coreloom ${usage(command)}${Object.keys(command.options).length > 0 ? ' [options]' : ''}`,
    ...(command.argument ? [`<${command.argument.name}>: ${command.argument.summary}`] : []),
    section('Options', optionRows({ ...command.options, ...COMMON_OPTIONS })),
    ...(command.notes ?? []),
    ...(command.examples ? [section('Examples', command.examples.map((example) => `  ${example}`).join('\n'))] : []),
    EXIT_CODES,
  );
}

const usage = ({ name, argument, words }: Command): string =>
  `${name}${argument === undefined ? '' : ` <${argument.name}>`}${words === undefined ? '' : ` ${words.shown}`}`;

function optionRows(options: Record<string, Option>): string {
  return rows(
    Object.entries(options).map(([name, { value, summary, multiple }]) => [
      `--${name}${value === undefined ? '' : ` ${value}`}${multiple === true ? ' …' : ''}`,
      summary,
    ]),
  );
}

function rows(pairs: [string, string][]): string {
  const width = Math.max(...pairs.map(([left]) => left.length));
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}

const section = (title: string, body: string): string => `${title}:\n${body}`;
const paragraphs = (...parts: string[]): string => `${parts.join('\n\n')}\n`;
