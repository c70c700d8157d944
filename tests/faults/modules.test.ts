import { expect } from 'vitest';
import type { LiveReport } from '../../src/contract';
import { fault } from './fault';
import { accounted, ended, scene } from './scene';

const TASKS = 8;

interface Ending {
  code: number | null;
  said: string;
  report: LiveReport | undefined;
}

/** A run of a module to its end; nothing of it is left. */
async function ran(text: string, executor: string, more: readonly string[] = []): Promise<Ending> {
  const place = scene();
  const { code, out, err } = await ended(
    place,
    place.coreloom(['run', place.file('task.mjs', text), `--${executor}`, '1', '--tasks', String(TASKS), ...more]),
  );
  const [report] = place.reports();
  place.noFileLeft();
  return { code, said: `${out}${err}`, report: report === undefined ? undefined : accounted(report) };
}

/** What a module can take away from the code that runs it. */
const DAMAGES: readonly { what: string; text: string }[] = [
  { what: 'Array.prototype.push', text: "Array.prototype.push = () => { throw new Error('mine'); };" },
  { what: 'setImmediate', text: 'globalThis.setImmediate = () => undefined;' },
  {
    what: 'Atomics',
    text: 'for (const name of Object.getOwnPropertyNames(Atomics)) try { Atomics[name] = () => 0; } catch {}',
  },
  {
    what: 'Promise.prototype.then',
    text: 'const { then } = Promise.prototype; Promise.prototype.then = function () { return this; };',
  },
  {
    what: 'process.send and its listeners',
    text: "process.send = () => false; process.removeAllListeners('message');",
  },
];

for (const executor of ['threads', 'processes']) {
  for (const { what, text } of DAMAGES) {
    fault(
      {
        area: `Modules that damage what runs them (${executor})`,
        fault: what,
        promise: 'the run is correct, or ends within limits and names the file',
      },
      async () => {
        const { code, said, report } = await ran(`${text}\nexport const task = ({ index }) => index;\n`, executor, [
          '--deadline',
          '2s',
        ]);
        if (code === 0) expect(report?.totals.counts.done).toBe(TASKS);
        else expect(said).toMatch(/task\.mjs:\d+/);
        expect(report?.executors[0]?.deaths.length ?? 0).toBeLessThan(20);
        expect(report?.totals.counts.retried ?? 0).toBeLessThan(10 * TASKS);
      },
    );
  }

  fault(
    {
      area: `Modules that damage what runs them (${executor})`,
      fault: 'the clock (process.hrtime, performance.now, Date), as fake timers do',
      promise: 'every task is done, and no time is impossible',
    },
    async () => {
      const { code, said, report } = await ran(
        'process.hrtime = Object.assign(() => [0, 0], { bigint: () => 0n }); performance.now = () => 0; globalThis.Date = class { static now() { return 0; } };\nexport const task = ({ index }) => index;\n',
        executor,
      );
      expect(code, said).toBe(0);
      expect(report?.totals.counts.done).toBe(TASKS);
      const { startedMs = [], finishedMs = [] } = report?.tasks ?? {};
      expect(startedMs.every((ms, i) => ms <= (finishedMs[i] ?? NaN))).toBe(true);
    },
  );
}
