import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type { LiveReport, Report } from '../../src/contract';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { COMMAND, savedReports } from '../cli/coreloom';
import { temporaryFolder } from '../support/folder';
import { descendantsAtALook, isRunning, start, type Ended, type Running } from '../support/processes';

/** Everything that one row of the fault table may touch: folders of its own, and every process that it starts. */
export interface Scene {
  readonly home: string;
  /** Its temporary folder and its XDG_RUNTIME_DIR. */
  readonly temporary: string;
  readonly runtime: string;
  readonly env: NodeJS.ProcessEnv;
  /** Writes a file of the user's, outside of the data folder; answers its path. */
  file(name: string, text: string): string;
  /** Starts the built command in the scene; what it starts is watched until the scene is over. */
  coreloom(args: readonly string[], env?: NodeJS.ProcessEnv): Running;
  /** Starts any program in the scene, such as a shell that sets limits and then execs the command. */
  start(program: string, args: readonly string[], env?: NodeJS.ProcessEnv): Running;
  /** Waits until a file is there, at most 50 s. */
  appeared(path: string): Promise<void>;
  /** Waits until a process whose command line fits has been started beneath another, at most 50 s. */
  process(beneath: Running, command: RegExp): Promise<number>;
  /** The reports that are saved, read as any reader does. */
  reports(): Report[];
  /** Waits until nothing that was started runs any more; names what does after 15 s. */
  noProcessLeft(): Promise<void>;
  /** Holds that nothing lies in the folders but saved reports and what belongs to them. */
  noFileLeft(): void;
}

/** Less than the row's own time limit. */
const WAIT = { timeout: 50_000, interval: 10 };

export function scene(): Scene {
  const [home, temporary, runtime, own] = [temporaryFolder(), temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const seen = new Map<number, string>();
  const roots = new Set<number>();
  const look = (): void => {
    for (const root of roots)
      for (const pid of descendantsAtALook(root)) seen.set(pid, identityOf(pid) ?? seen.get(pid) ?? '');
  };
  const watching = process.platform === 'linux' ? setInterval(look, 20) : undefined;
  onTestFinished(() => {
    clearInterval(watching);
    for (const pid of left(seen)) kill(pid);
  });
  const env = { ...process.env, CORELOOM_HOME: home, TMPDIR: temporary, XDG_RUNTIME_DIR: runtime };
  const begin = (program: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}): Running => {
    const running = start(program, args, { env: { ...env, ...extra } });
    roots.add(running.pid);
    seen.set(running.pid, identityOf(running.pid) ?? '');
    return running;
  };
  return {
    home,
    temporary,
    runtime,
    env,
    file: (name, text) => {
      writeFileSync(join(own, name), text);
      return join(own, name);
    },
    start: begin,
    coreloom: (args, extra) => begin(process.execPath, [COMMAND, ...args], extra),
    appeared: async (path) => {
      await vi.waitUntil(() => existsSync(path), WAIT);
    },
    process: ({ pid }, command) =>
      vi.waitUntil(() => descendantsAtALook(pid).find((one) => command.test(commandOf(one))), WAIT),
    reports: () =>
      existsSync(join(home, 'reports'))
        ? savedReports(home).map((path) => parseReportText(readFileSync(path, 'utf8')))
        : [],
    noProcessLeft: async () => {
      await expect
        .poll(() => left(seen).map(commandOf), { timeout: 15_000, message: 'processes that are left' })
        .toEqual([]);
    },
    noFileLeft: () => {
      const files = [home, temporary, runtime].flatMap((folder) =>
        filesIn(folder).map((path) => relative(folder, path)),
      );
      expect(
        files.filter((path) => !KEPT.test(path)),
        'files that are left',
      ).toEqual([]);
    },
  };
}

/** What may lie in the data folder once nothing runs: reports, labels, their index, the trash. */
const KEPT = /^(reports|trash|reports\/trash)\/[^/]*\.(json|label)$|^window[^/]*\.json$/;

/** Outcomes of runs in which not every task was handed out. */
const CUT_SHORT: readonly string[] = ['cancelled', 'failed', 'interrupted'];

/** Holds that every task of a run is accounted for, in = done + failed + cancelled, and none is in the table twice; answers the report. */
export function accounted(report: Report | undefined): LiveReport {
  if (report?.kind !== 'live') throw new Error(`A live report was expected, not ${report?.kind ?? 'none'}.`);
  const { counts } = report.totals;
  const sums = report.executors.map((executor) => executor.counts);
  for (const name of ['done', 'failed', 'cancelled'] as const)
    expect(
      sums.reduce((sum, one) => sum + one[name], 0),
      name,
    ).toBe(counts[name]);
  const { tasks } = report.settings;
  if (tasks !== null && !CUT_SHORT.includes(report.outcome))
    expect(counts.done + counts.failed + counts.cancelled, 'tasks that were settled').toBe(tasks);
  const { seen, kept } = report.thinned.tasks;
  expect(report.tasks.id).toHaveLength(kept);
  // Each executor numbers its own tasks.
  expect(
    new Set(report.tasks.id.map((id, i) => `${String(report.tasks.executor[i])} ${String(id)}`)).size,
    'tasks that are in the table once',
  ).toBe(kept);
  expect(seen).toBeGreaterThanOrEqual(kept);
  return report;
}

/** Waits for the command's end, and for that of everything it started. */
export async function ended(place: Scene, running: Running): Promise<Ended> {
  const end = await running.ended;
  await place.noProcessLeft();
  return end;
}

/** What tells a process from a later one with its number: when it started. Null if it is gone. */
function identityOf(pid: number): string | null {
  try {
    return (
      readFileSync(`/proc/${String(pid)}/stat`, 'latin1')
        .split(') ')
        .at(-1)
        ?.split(' ')[19] ?? null
    );
  } catch {
    return null;
  }
}

function left(seen: ReadonlyMap<number, string>): number[] {
  return [...seen]
    .filter(([pid, identity]) => isRunning(pid) && (identity === '' || identityOf(pid) === identity))
    .map(([pid]) => pid);
}

function commandOf(pid: number): string {
  try {
    return `${String(pid)} ${readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\0', ' ')}`;
  } catch {
    return String(pid);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}
