import { join } from 'node:path';
import { Writable } from 'node:stream';
import { COMMANDS } from '../../src/cli/commands';
import { runCommandLine } from '../../src/cli/command-line';
import { unsavedAdvice } from '../../src/cli/commands/conclude';
import { createInterrupt } from '../../src/cli/interrupt';
import { printPage } from '../../src/cli/print-page';
import { createTerminal, type TerminalStreams } from '../../src/cli/terminal';
import { openEngine } from '../../src/engine';
import { contentOf } from '../../src/engine/reports';
import { temporaryFolder } from '../support/folder';
import { OUT, ROOT } from '../support/paths';

export interface Outcome {
  code: number;
  out: string;
  err: string;
}

interface Where {
  home?: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** A stream that remembers what was written to it. */
class Said extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/**
 * Runs a command line in the test's own process, with real workers: the whole command but its start, its signals and its
 * exit. It saves the 0.3 s of CPU that Node and the build take to start and load. One at a time.
 */
export async function inProcess(
  args: readonly string[],
  { home = temporaryFolder(), cwd = process.cwd(), env = {} }: Where = {},
): Promise<Outcome> {
  const before = { env: { ...process.env }, cwd: process.cwd() };
  Object.assign(process.env, env, { CORELOOM_HOME: home });
  process.chdir(cwd);
  try {
    return await runWords(args);
  } finally {
    process.chdir(before.cwd);
    process.env = before.env;
  }
}

async function runWords(args: readonly string[]): Promise<Outcome> {
  const [stdout, stderr] = [new Said(), new Said()];
  const streams = { stdin: {}, stdout, stderr, env: process.env };
  const terminal = createTerminal(streams as unknown as TerminalStreams);
  const code = await runCommandLine(args, {
    commands: COMMANDS,
    version: '0.0.0-test',
    context: {
      terminal,
      interrupt: createInterrupt({ signals: { on: () => {} }, endNow: () => {}, nowMs: () => 0 }),
      rendererFolder: join(OUT, 'renderer'),
      templatesFolder: join(ROOT, 'resources', 'templates'),
      openEngine: (host, { python, modules } = {}) =>
        openEngine({
          ...(modules ? { modules } : {}),
          unsavedAdvice,
          folder: join(OUT, 'main'),
          versions: { coreloom: '0.0.0-test', node: process.versions.node, electron: null },
          host,
          python,
          saveReport: (rendered) => Promise.resolve(contentOf(rendered)),
          printPdf: printPage,
        }),
    },
  });
  await terminal.flush();
  return { code, out: stdout.text, err: stderr.text };
}
