import { describe, expect, it } from 'vitest';
import type { ErrorInfo } from '../../../src/contract';
import { nowMs } from '../../../src/engine/system/clock';
import { createSampler } from '../../../src/engine/metrics';
import type { ChildListeners } from '../../../src/engine/metrics/child';
import type { FromSampler, MachineFacts, ToSampler } from '../../../src/engine/metrics/messages';

/** Processes that the test plays. */
function fakeChildren() {
  const children: {
    sent: ToSampler[];
    say: (message: FromSampler) => void;
    die: (how: string) => void;
    ended: number;
    killed: number;
  }[] = [];
  const waiting: (() => void)[] = [];
  return {
    children,
    /** Resolves once that many were started. */
    async started(count: number): Promise<void> {
      while (children.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    startChild: (_entry: string, { onMessage, onEnd }: ChildListeners) => {
      const child = {
        sent: [] as ToSampler[],
        say: onMessage,
        die: (how: string) => {
          onEnd({ how });
        },
        ended: 0,
        killed: 0,
      };
      children.push(child);
      waiting.splice(0).forEach((resolve) => {
        resolve();
      });
      return {
        send: (message: ToSampler) => {
          child.sent.push(message);
          if (message.type === 'clock')
            queueMicrotask(() => {
              child.say({ type: 'clock', stampMs: nowMs() });
            });
        },
        kill: () => {
          child.killed++;
          onEnd({ how: 'was ended by signal SIGKILL' });
        },
        end: () => Promise.resolve(void child.ended++),
      };
    },
  };
}

const worker = { executor: 'threads', worker: 1, pid: 1, tid: 2, kind: 'thread' } as const;
const sample = (tick: number): FromSampler => ({
  type: 'sample',
  sample: {
    tick,
    atMs: 0,
    intervalMs: 100,
    cores: [],
    utilization: [],
    byExecutor: null,
    crossCheck: null,
    frequencyMhz: null,
    temperatureC: null,
    coreTemperatureC: null,
    memory: null,
    workers: [],
    offThreadCpuMs: {},
    observer: { cpuMs: 0, engineCpuMs: null, lateMs: 0 },
  },
});
const types = (messages: ToSampler[] | undefined): string[] => (messages ?? []).map(({ type }) => type);

describe('a sampler whose process dies', () => {
  it('tells the next one whom to watch and where to go on', async () => {
    const fake = fakeChildren();
    const sampler = createSampler({ entry: '', restartDelaysMs: [1], startChild: fake.startChild });
    sampler.watch([worker]);
    const started = sampler.start();
    fake.children[0]?.say(sample(41));
    await started;
    fake.children[0]?.die('ended with exit code 9');
    await fake.started(2);
    expect(fake.children[1]?.sent).toEqual([
      { type: 'watch', workers: [worker] },
      { type: 'start', hz: 10, tick: 42 },
    ]);
    await sampler.stop();
  });

  it('ticks at another rate from the next start on, and never faster while it rests', async () => {
    const fake = fakeChildren();
    const sampler = createSampler({ entry: '', restartDelaysMs: [1], startChild: fake.startChild });
    const started = sampler.start();
    fake.children[0]?.say(sample(0));
    await started;
    sampler.setRate(1);
    sampler.rest();
    sampler.setRate(5);
    await sampler.start();
    const rates = (fake.children[0]?.sent ?? []).flatMap((one) => (one.type === 'start' ? [one.hz] : []));
    expect(rates).toEqual([10, 1, 5]);
    expect(sampler.hz).toBe(5);
    expect(() => {
      sampler.setRate(0);
    }).toThrow('above 0');
    await sampler.stop();
  });

  it('tells this one and the next one at which rate to tick, once each time it changes', async () => {
    const fake = fakeChildren();
    const sampler = createSampler({ entry: '', restartDelaysMs: [1], startChild: fake.startChild });
    const started = sampler.start();
    fake.children[0]?.say(sample(0));
    await started;
    sampler.rest();
    sampler.rest();
    fake.children[0]?.say(sample(3));
    await sampler.start();
    await sampler.start();
    fake.children[0]?.say(sample(6));
    sampler.rest();
    fake.children[0]?.die('ended with exit code 9');
    await fake.started(2);
    const starts = (at: number): ToSampler[] => (fake.children[at]?.sent ?? []).filter(({ type }) => type === 'start');
    expect(starts(0)).toEqual([
      { type: 'start', hz: 10, tick: 0 },
      { type: 'start', hz: 2, tick: 1 },
      { type: 'start', hz: 10, tick: 4 },
      { type: 'start', hz: 2, tick: 7 },
    ]);
    expect(starts(1)).toEqual([{ type: 'start', hz: 2, tick: 7 }]);
    await sampler.stop();
  });

  it('asks the next one for the machine that the last one owed', async () => {
    const fake = fakeChildren();
    const sampler = createSampler({ entry: '', restartDelaysMs: [1], startChild: fake.startChild });
    const machine = sampler.machine();
    fake.children[0]?.die('ended with exit code 9');
    await fake.started(2);
    expect(types(fake.children[1]?.sent)).toContain('machine');
    expect(types(fake.children[1]?.sent)).not.toContain('start');
    fake.children[1]?.say({ type: 'machine', facts: { cpuModel: 'X' } as MachineFacts });
    expect(await machine).toMatchObject({ cpuModel: 'X', clock: { agrees: true } });
    await sampler.stop();
  });

  it('asks the next one for the reading that the last one owed, and keeps nobody waiting once it is stopped', async () => {
    const fake = fakeChildren();
    const sampler = createSampler({ entry: '', restartDelaysMs: [1], startChild: fake.startChild });
    const started = sampler.start();
    fake.children[0]?.say(sample(0));
    await started;
    const read = sampler.readNow();
    expect(fake.children[0]?.sent.at(-1)).toEqual({ type: 'read' });
    fake.children[0]?.die('ended with exit code 9');
    await fake.started(2);
    expect(types(fake.children[1]?.sent)).toContain('read');
    fake.children[1]?.say({ type: 'read' });
    await read;
    const owed = sampler.readNow();
    await sampler.stop();
    await owed;
    await sampler.readNow();
  });

  it('says each time that samples are missing, and in the end that there will be none', async () => {
    const fake = fakeChildren();
    const sampler = createSampler({ entry: '', restartDelaysMs: [1], startChild: fake.startChild });
    const warnings: ErrorInfo[] = [];
    const off = sampler.onWarning((warning) => warnings.push(warning));
    const started = sampler.start();
    fake.children[0]?.die('was ended by signal SIGKILL');
    await fake.started(2);
    fake.children[1]?.die('was ended by signal SIGKILL');
    await expect(started).rejects.toMatchObject({ code: 'sampler-failed' });
    expect(warnings.map(({ message }) => message)).toEqual([
      "The sampler's process was ended by signal SIGKILL; it will be restarted in 1 ms. Samples until then are missing.",
      "The sampler's process was ended by signal SIGKILL and will not be restarted after 2 attempts: there are no samples until the next run.",
    ]);
    off();
    await sampler.stop();
  });

  it('is asked for again after it was given up, with all its tries', async () => {
    const fake = fakeChildren();
    const sampler = createSampler({ entry: '', restartDelaysMs: [1], startChild: fake.startChild });
    const started = sampler.start();
    fake.children[0]?.say(sample(7));
    await started;
    for (const dead of [0, 1]) {
      fake.children[dead]?.die('was ended by signal SIGKILL');
      if (dead === 0) await fake.started(2);
    }
    expect(fake.children).toHaveLength(2);
    sampler.watch([worker]);
    const again = sampler.start();
    expect(fake.children[2]?.sent).toEqual([
      { type: 'watch', workers: [worker] },
      { type: 'start', hz: 10, tick: 8 },
    ]);
    fake.children[2]?.die('was ended by signal SIGKILL');
    await fake.started(4);
    fake.children[3]?.say(sample(8));
    await again;
    await sampler.stop();
  });

  it('replaces a process that was heard and then says nothing', async () => {
    const fake = fakeChildren();
    const sampler = createSampler({ entry: '', restartDelaysMs: [1], silenceMs: 500, startChild: fake.startChild });
    const warnings: ErrorInfo[] = [];
    sampler.onWarning((warning) => warnings.push(warning));
    const started = sampler.start();
    fake.children[0]?.say(sample(0));
    await started;
    await fake.started(2);
    expect(fake.children[0]?.killed).toBe(1);
    expect(warnings[0]?.message).toBe(
      "The sampler's process did not respond for 1 s and was ended; it will be restarted in 1 ms. Samples until then are missing.",
    );
    // The next one has not spoken yet: however slowly it starts, it is not replaced.
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect(fake.children).toHaveLength(2);
    await sampler.stop();
  });

  it('is not started again once it was stopped, and those that wait are told', async () => {
    const fake = fakeChildren();
    const sampler = createSampler({ entry: '', restartDelaysMs: [1], startChild: fake.startChild });
    const [started, machine] = [sampler.start(), sampler.machine()];
    const both = Promise.allSettled([started, machine]);
    await Promise.all([sampler.stop(), sampler.stop()]);
    fake.children[0]?.die('ended with exit code 0');
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(fake.children).toHaveLength(1);
    expect(fake.children[0]?.ended).toBe(1);
  });

  it('stops telling a listener that unsubscribed', async () => {
    const fake = fakeChildren();
    const sampler = createSampler({ entry: '', startChild: fake.startChild });
    const ticks: number[] = [];
    const off = sampler.on(({ tick }) => ticks.push(tick));
    void sampler.start();
    fake.children[0]?.say(sample(0));
    off();
    fake.children[0]?.say(sample(1));
    expect(ticks).toEqual([0]);
    await sampler.stop();
  });
});
