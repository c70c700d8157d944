import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTRIES, ROOT } from '../../support/paths';
import { isRunning, start as launch } from '../../support/processes';
import { POOLS, TASKS, until } from './support/pools';

const folder = mkdtempSync(join(tmpdir(), 'coreloom-parent-'));

beforeAll(async () => {
  // Built as the application is, since the program must be one of its own that can be killed.
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: resolve(ROOT, 'tests/fixtures/pool/parent.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.19',
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(POOLS)('a program that uses the pool of $title', ({ title }) => {
  /** Starts the program; answers it with the lines it prints, once it has printed its workers' process ids. */
  async function start(
    ending: string,
  ): Promise<{ program: ChildProcess; pids: number[]; lines: string[]; ended: Promise<number | null> }> {
    const program = spawn(
      process.execPath,
      [join(folder, 'parent.js'), title, ending, JSON.stringify({ ...ENTRIES, tasks: TASKS })],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = once(program, 'close').then(([code]: unknown[]) => code as number | null);
    const lines: string[] = [];
    const reader = createInterface({ input: program.stdout! });
    reader.on('line', (line) => lines.push(line));
    await until(() => lines.some((line) => line.startsWith('[')));
    return { program, pids: JSON.parse(lines.find((line) => line.startsWith('['))!) as number[], lines, ended };
  }

  it.each(['killed-busy', 'killed-idle'])('leaves no worker when it is %s', async (ending) => {
    const { program, pids, ended } = await start(ending);
    program.kill('SIGKILL');
    await ended;
    await until(() => !pids.some(isRunning));
  });

  it.runIf(process.platform === 'linux')(
    'grows as far as the system has handles for, warns of that once, and goes on with what it has',
    async () => {
      const args = [
        process.execPath,
        join(folder, 'parent.js'),
        title,
        'few-handles',
        JSON.stringify({ ...ENTRIES, tasks: TASKS }),
      ];
      const { code, out } = await launch('/bin/sh', ['-c', 'ulimit -n 72; exec "$@"', 'sh', ...args]).ended;
      expect(code, out).toBe(0);
      const lines = out.trim().split('\n');
      const [refused, live, done] = lines.at(-1)!.split(' ');
      expect([refused, done]).toEqual(['worker-limit', '200']);
      expect(Number(live)).toBeGreaterThan(0);
      expect(lines.filter((line) => line.includes(': '))).toEqual([
        expect.stringMatching(
          new RegExp(
            `^worker-limit: Only ${String(live)} of 60 workers of \\w+ could be started, because this process is limited to 72 open files \\(ulimit -n\\).*; raise that limit or use fewer workers\\.$`,
          ),
        ),
      ]);
    },
  );

  it('leaves no worker when it exits in the middle of tasks', async () => {
    const { pids, ended } = await start('exits-busy');
    expect(await ended).toBe(4);
    await until(() => !pids.some(isRunning));
  });

  it('ends by itself when it has finished and its pool has nothing to do', async () => {
    const { pids, ended } = await start('finishes');
    expect(await ended).toBe(0);
    await until(() => !pids.some(isRunning));
  });

  it('stays until a task it waits for is done', async () => {
    const { lines, ended } = await start('waits');
    expect(await ended).toBe(0);
    expect(lines).toContain('done');
  });

  it('ends by itself once it has closed its pool', async () => {
    const { pids, lines, ended } = await start('closes');
    expect(await ended).toBe(0);
    expect(lines).toContain('closed');
    expect(pids.some((pid) => pid !== process.pid && isRunning(pid))).toBe(false);
  });
});
