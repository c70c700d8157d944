import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { COMMAND } from '../cli/coreloom';
import { fault, NEEDS_LINUX, NEEDS_ROOT } from './fault';
import { accounted, ended, scene } from './scene';

const area = 'Clocks and cores';

for (const [what, stepMs] of [['set back by an hour', -3_600_000], ['set forward by a day', 86_400_000]] as const) {
  fault({ area, fault: `the wall clock is ${what} in the middle of a run`, promise: 'durations, rates and utilization are those of the monotonic clock; every task is done once' }, async () => {
    const place = scene();
    // Each of the command's Nodes has its wall clock stepped half a second after its start.
    const step = place.file('step.mjs', `const now = Date.now; setTimeout(() => { Date.now = () => now() + ${String(stepMs)}; }, 500).unref();\n`);
    const running = place.start(process.execPath, ['--import', step, COMMAND, 'run', 'sleep', '--size', '50', '--threads', '1', '--processes', '1', '--tasks', '60']);
    const { code, err } = await ended(place, running);
    const report = accounted(place.reports()[0]);
    expect([code, report.totals.counts.done], err).toEqual([0, 60]);
    expect(report.elapsedMs).toBeGreaterThan(1_000);
    expect(report.elapsedMs).toBeLessThan(600_000);
    expect(report.samples.utilization.flat().every((share) => share >= 0 && share <= 1.001)).toBe(true);
  });
}

fault({ area, fault: 'a core goes offline in the middle of a run', promise: 'the run goes on; no utilization is below 0 or above 1', notHere: NEEDS_LINUX ?? NEEDS_ROOT }, async () => {
  const place = scene();
  const stat = place.file('stat', readFileSync('/proc/stat', 'utf8'));
  const cores = readFileSync('/proc/stat', 'utf8').match(/^cpu\d+ /gm)?.length ?? 0;
  const running = place.start('unshare', ['--mount', 'sh', '-c', `mount --bind ${stat} /proc/stat && exec "$0" "$@"`, process.execPath, COMMAND, 'run', 'sleep', '--size', '50', '--threads', '1', '--processes', '1', '--tasks', '60']);
  const end = running.ended;
  let on = true;
  void end.finally(() => (on = false));
  for (let tick = 0; on; tick += 1) {
    const lines = readFileSync('/proc/stat', 'utf8').split('\n');
    writeFileSync(stat, lines.filter((line) => tick < 15 || !line.startsWith(`cpu${String(cores - 1)} `)).join('\n'));
    await pause(100);
  }
  const { code, err } = await ended(place, running);
  const report = accounted(place.reports()[0]);
  expect([code, report.totals.counts.done], err).toEqual([0, 60]);
  expect(report.samples.utilization.flat().every((share) => share >= 0 && share <= 1.001)).toBe(true);
});
