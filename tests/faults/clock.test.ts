import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { COMMAND } from '../cli/coreloom';
import { fault, NEEDS_LINUX, NEEDS_ROOT } from './fault';
import { accounted, ended, scene } from './scene';

const area = 'Clocks and cores';

for (const [what, stepMs] of [
  ['set back by an hour', -3_600_000],
  ['set forward by a day', 86_400_000],
] as const) {
  fault(
    {
      area,
      fault: `the wall clock is ${what} in the middle of a run`,
      promise: 'durations, rates and utilization are those of the monotonic clock; every task is done once',
    },
    async () => {
      const place = scene();
      // Each of the command's Nodes has its wall clock stepped half a second after its start.
      const step = place.file(
        'step.mjs',
        `const now = Date.now; setTimeout(() => { Date.now = () => now() + ${String(stepMs)}; }, 500).unref();\n`,
      );
      const running = place.start(process.execPath, [
        '--import',
        step,
        COMMAND,
        'run',
        'sleep',
        '--size',
        '50',
        '--threads',
        '1',
        '--processes',
        '1',
        '--tasks',
        '60',
      ]);
      const { code, err } = await ended(place, running);
      const report = accounted(place.reports()[0]);
      expect([code, report.totals.counts.done], err).toEqual([0, 60]);
      expect(report.elapsedMs).toBeGreaterThan(1_000);
      expect(report.elapsedMs).toBeLessThan(600_000);
      expect(report.samples.utilization.flat().every((share) => share !== null && share >= 0 && share <= 1.001)).toBe(
        true,
      );
    },
  );
}

/** What the kernel counts of each core now, without one of them: always of one length, as a reader must never find half of it. */
function statWithout(core: number | null): string {
  const lines = readFileSync('/proc/stat', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('cpu') && (core === null || !line.startsWith(`cpu${String(core)} `)));
  return lines.join('\n').padEnd(32_768, '\n');
}

fault(
  {
    area,
    fault: 'a core goes offline in the middle of a run',
    promise:
      'the run goes on; each core keeps its row in the report, without a value while it is gone, and a warning says so',
    notHere: NEEDS_LINUX ?? NEEDS_ROOT,
  },
  async () => {
    const place = scene();
    const all =
      readFileSync('/proc/stat', 'utf8')
        .match(/^cpu\d+ /gm)
        ?.map((name) => Number(name.slice(3))) ?? [];
    const stat = place.file('stat', statWithout(null));
    const written = openSync(stat, 'r+');
    const begun = place.file('begun', '');
    const task = place.file(
      'task.mjs',
      `import { appendFileSync } from 'node:fs';\nexport async function task() { appendFileSync(${JSON.stringify(begun)}, 'x'); await new Promise((resolve) => setTimeout(resolve, 50)); return 1; }\n`,
    );
    const running = place.start('unshare', [
      '--mount',
      'sh',
      '-c',
      `mount --bind ${stat} /proc/stat && exec "$0" "$@"`,
      process.execPath,
      COMMAND,
      'run',
      task,
      '--threads',
      '1',
      '--processes',
      '1',
      '--tasks',
      '80',
    ]);
    const end = running.ended;
    let on = true;
    void end.finally(() => (on = false));
    while (on) {
      // The first of them, so that the others would move up in its place.
      const gone = readFileSync(begun, 'utf8').length >= 30;
      writeSync(written, statWithout(gone ? (all[0] ?? 0) : null), 0);
      await pause(100);
    }
    closeSync(written);
    const { code, err } = await ended(place, running);
    const report = accounted(place.reports()[0]);
    expect([code, report.totals.counts.done], err).toEqual([0, 80]);
    const { cores, utilization } = report.samples;
    expect(cores).toEqual(all);
    expect(utilization.flat().every((share) => share === null || (share >= 0 && share <= 1.001))).toBe(true);
    expect(utilization[0]?.findIndex((share) => share === null)).toBeGreaterThan(0);
    expect(utilization[0]?.at(-1)).toBeNull();
    expect(utilization.slice(1).flat()).not.toContain(null);
    expect(report.warnings.join(' ')).toContain(`Core ${String(all[0])} was offline for part of the run`);
  },
);
