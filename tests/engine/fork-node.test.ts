import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSides } from '../../src/engine/kinds/lab/sides';
import { temporaryFolder } from '../support/folder';
import { ENTRIES } from '../support/paths';
import { run, open, written } from './custom/support/runs';

if (process.platform === 'win32')
  console.log('Not tried on Windows: that Electron runs what is forked as Node (a shell script stands for it).');

/**
 * Puts a program in Node's place that is Node only where the environment says so, and opens a window otherwise, as
 * Electron's is. Answers how to read what was started, each with `window` or the mark of Node before it.
 */
function electronAsProgram(): () => string[] {
  const folder = temporaryFolder();
  const [log, program, preload] = ['log', 'electron', 'preload.cjs'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(log, '');
  writeFileSync(preload, `process.execPath = ${JSON.stringify(program)};\n`);
  writeFileSync(
    program,
    `#!/bin/sh
for argument; do case "$argument" in *.js) file="\${argument##*/}"; break;; esac; done
echo "\${ELECTRON_RUN_AS_NODE:-window} $file" >> '${log}'
[ "$ELECTRON_RUN_AS_NODE" = 1 ] || exit 1
exec '${process.execPath}' -r '${preload}' "$@"
`,
  );
  chmodSync(program, 0o755);
  const node = process.execPath;
  process.execPath = program;
  onTestFinished(() => {
    process.execPath = node;
  });
  return () => readFileSync(log, 'utf8').split('\n').filter(Boolean);
}

/** Each of the files that run in a process of their own; a fork of another comes with a line here. */
const FORKED = ['threadHost', 'fork', 'moduleInspect', 'guard', 'sampler', 'httpServer', 'lab', 'labWorker'] as const;

const MODULE = `import { execSync } from 'node:child_process';
const seen = () => \`\${process.env.ELECTRON_RUN_AS_NODE ?? 'none'} \${execSync('echo "\${ELECTRON_RUN_AS_NODE-none}"', { encoding: 'utf8' }).trim()}\`;
export const inputs = () => [seen()];
export const task = (input) => console.log('inspected:', input, 'ran:', seen());
`;

describe.skipIf(process.platform === 'win32')('where the program of this process is Electron', () => {
  it('every process of our own is started as Node, by its environment, and what a module starts is not', async () => {
    const started = electronAsProgram();
    const client = open();

    const report = await run(client, written(MODULE), { tasks: 4 });
    const said = report.lines.map(({ text }) => text);
    expect(said).toHaveLength(4);
    for (const line of said) expect(line).toBe('inspected: none none ran: none none');

    const ended = new Promise<void>((resolve) => {
      client.on((event) => {
        if (event.type === 'experiment-ended') resolve();
      });
    });
    await client.call('startExperiment', { kind: 'live', workload: 'http', workers: { processes: 1 }, tasks: 2 });
    await ended;

    const sides = createSides({ entries: ENTRIES, python: null });
    onTestFinished(() => {
      sides.end();
    });
    for (const way of ['fork-json', 'fork-advanced'] as const)
      await sides.ask<'ipc'>({ type: 'ipc', way, bytes: 64, budgetMs: 1 });

    expect(new Set(started())).toEqual(new Set(FORKED.map((entry) => `1 ${basename(ENTRIES[entry])}`)));
  });
});
