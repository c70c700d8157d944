import { CoreloomError, errorInfo } from '../contract';
import { EXIT, type Command, type Context } from './command';
import { commandHelp, overview } from './help';
import { parseLine, UsageError } from './parse';
import { suggest } from './suggest';

export interface CommandLineOptions {
  commands: readonly Command[];
  context: Context;
  version: string;
}

/** Codes of errors that came from what was typed: nothing was run. */
const USAGE_CODES = new Set([
  'bad-input',
  'unknown-workload',
  'report-format',
  'report-not-found',
  'not-writable',
  'module-not-found',
]);

/** Runs one command line and answers its exit code; every error becomes one sentence on standard error. */
export async function runCommandLine(words: readonly string[], options: CommandLineOptions): Promise<number> {
  try {
    return await runWords(words, options);
  } catch (error) {
    options.context.terminal.err(`coreloom: ${errorInfo(error).message}\n`);
    const usage = error instanceof CoreloomError && USAGE_CODES.has(error.code);
    return usage ? EXIT.usage : EXIT.failed;
  }
}

async function runWords(
  [first, ...rest]: readonly string[],
  { commands, context, version }: CommandLineOptions,
): Promise<number> {
  const { terminal } = context;
  if (first === undefined) {
    terminal.err(overview(commands));
    return EXIT.usage;
  }
  if (first === '--version' || first === '-v') return say(terminal, `${version}\n`);
  if (first === '--help' || first === '-h') return say(terminal, overview(commands));
  if (first === 'help')
    return say(terminal, rest[0] === undefined ? overview(commands) : commandHelp(findCommand(commands, rest[0])));
  const command = findCommand(commands, first);
  const line = parseLine(command, rest);
  if (line.has('help')) return say(terminal, commandHelp(command));
  if (line.has('version')) return say(terminal, `${version}\n`);
  refuseGoneFolder();
  return command.run(line, context);
}

/** No process can be started from a folder that is not there. */
function refuseGoneFolder(): void {
  try {
    process.cwd();
  } catch (error) {
    throw new CoreloomError(
      'not-available',
      'The current folder no longer exists or cannot be read: change to another folder and try again.',
      error,
    );
  }
}

function say(terminal: Context['terminal'], text: string): number {
  terminal.out(text);
  return EXIT.done;
}

function findCommand(commands: readonly Command[], typed: string): Command {
  const command = commands.find(({ name }) => name === typed);
  if (command !== undefined) return command;
  if (typed.startsWith('-'))
    throw new UsageError(`Give a command first: coreloom <command> ${typed}. See coreloom --help.`);
  const near = suggest(
    typed,
    commands.map(({ name }) => name),
  );
  throw new UsageError(
    `There is no command "${typed}". ${near === null ? 'See coreloom --help.' : `Did you mean "${near}"?`}`,
  );
}
