import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Bridge, EngineState, Reply, ReportSummary } from '../../../src/contract';
import type { Connection } from '../../../src/renderer/src/client/connection';
import { bridgeClient } from '../../../src/renderer/src/client/bridge';
import { useEngine } from '../../../src/renderer/src/stores/engine-state';
import { useNotices } from '../../../src/renderer/src/stores/notices';
import { useRun } from '../../../src/renderer/src/stores/run';
import { startChosen } from '../../../src/renderer/src/live/start-run';
import { useSamples } from '../../../src/renderer/src/stores/samples';
import { useTimeline } from '../../../src/renderer/src/stores/timeline';
import { liveIn } from '../../support/experiment-state';
import { createFakeEngine, type FakeEngine } from '../fake/engine';
import { createFakeFrames, type FakeFrames } from '../fake/frames';
import { holding } from '../fake/holding';
import type { FakeOptions } from '../fake/options';

let frames: FakeFrames;

beforeEach(() => {
  setActivePinia(createPinia());
  frames = createFakeFrames();
});

/** Lets promises that are settled go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function attach(fake: FakeEngine, bridge: Bridge = fake.bridge): Promise<void> {
  useEngine().attach(bridgeClient(bridge), frames);
  await settle();
  frames.next();
}
const small = (options: Partial<FakeOptions> = {}): FakeEngine =>
  createFakeEngine({ cores: 4, historyMs: 22_000, ...options });
const RUN = { workload: 'sha256', workers: { threads: 2, processes: 1 }, taskMs: 20 };

describe('a report that was recovered', () => {
  const report: ReportSummary = {
    id: 'killed-1',
    kind: 'live',
    startedAt: '2026-11-22T20:05:37.120Z',
    outcome: 'interrupted',
    subject: 'sha256',
    workers: {},
    elapsedMs: 11_800,
    throughputPerSecond: 1,
    finding: '',
  };
  const sentence = 'A live run (sha256) was interrupted: what it measured in its first 11.8 s is saved as killed-1.';

  test('is told once, whether the page was there or came later', async () => {
    const fake = small();
    const recovering: Bridge = {
      on: (listener) => fake.bridge.on(listener),
      call: async (name, argument) => {
        const reply = await fake.bridge.call(name, argument);
        return name === 'getState' && reply.ok
          ? { ok: true, value: { ...(reply.value as EngineState), recovered: [report] } }
          : reply;
      },
    };
    await attach(fake, recovering);
    fake.emit({ type: 'reports-recovered', reports: [report] });
    await settle();
    expect(useNotices().notices).toMatchObject([{ kind: 'warning', text: sentence, times: 1 }]);
  });
});

describe('a slider that moves', () => {
  test('has one call under way, and of what waits the newest wins', async () => {
    const fake = small({ run: RUN });
    const { bridge, sent, release } = holding(fake);
    await attach(fake, bridge);
    const run = useRun();
    for (const threads of [3, 4, 5, 6]) run.setCount('threads', threads);
    run.setCount('processes', 2);
    expect(sent).toEqual([{ workers: { threads: 3 } }]);
    release();
    await settle();
    expect(sent).toEqual([{ workers: { threads: 3 } }, { workers: { threads: 6, processes: 2 } }]);
    release();
    await settle();
    expect(run.desired).toEqual({ threads: 6, processes: 2 });
  });

  test('is not pulled back by the state of the engine while its call is under way', async () => {
    const fake = small({ run: RUN });
    const { bridge, release } = holding(fake);
    await attach(fake, bridge);
    const run = useRun();
    run.setCount('threads', 7);
    fake.advance(300);
    frames.next();
    expect(run.desired.threads).toBe(7);
    expect(run.run?.executors[0]?.desired).toBe(2);
    release();
    await settle();
    fake.advance(300);
    frames.next();
    expect(run.run?.executors[0]?.desired).toBe(7);
  });

  test('goes back to what is where the engine refuses, and says why', async () => {
    const fake = small({ run: RUN });
    const refuse: Reply<unknown> = {
      ok: false,
      error: { code: 'bad-input', message: 'Threads must be a whole number from 0 to 16.' },
    };
    const bridge: Bridge = {
      ...fake.bridge,
      call: (name, argument) =>
        name === 'updateExperiment' ? Promise.resolve(refuse) : fake.bridge.call(name, argument),
    };
    await attach(fake, bridge);
    useRun().setCount('threads', 9);
    await settle();
    expect(useRun().desired.threads).toBe(2);
    expect(useNotices().notices.map((notice) => notice.text)).toEqual(['Threads must be a whole number from 0 to 16.']);
  });

  test('follows when another client moves it', async () => {
    const fake = small({ run: RUN });
    await attach(fake);
    await fake.bridge.call('updateExperiment', { workers: { processes: 3 } });
    fake.advance(100);
    expect(useRun().desired.processes).toBe(3);
  });

  test('keeps the counts that were asked for while pools are calibrated with or emptied', async () => {
    const fake = small({ run: RUN });
    await attach(fake);
    const run = liveIn(fake.state());
    if (!run) throw new Error('The fake has no run.');
    const emptied = run.executors.map((one) => ({ ...one, desired: 0, live: 0, workers: [] }));
    fake.emit({ type: 'experiment-changed', experiment: { ...run, phase: 'calibrating', executors: emptied } });
    expect(useRun().desired).toEqual({ threads: 2, processes: 1 });
    fake.emit({ type: 'experiment-changed', experiment: { ...run, phase: 'stopping', executors: emptied } });
    fake.emit({
      type: 'experiment-ended',
      experiment: { ...run, phase: 'ended', outcome: 'completed', executors: emptied },
    });
    frames.next();
    expect(useRun().desired).toEqual({ threads: 2, processes: 1 });
  });

  test('sends nothing before a run is on', async () => {
    const fake = small();
    await attach(fake);
    useRun().setCount('threads', 3);
    await settle();
    expect(fake.calls.map((call) => call.name)).not.toContain('startExperiment');
  });
});

describe('a page that is loaded', () => {
  test('in the middle of a run shows the run, its samples and its blocks', async () => {
    const fake = small({ run: RUN });
    await attach(fake);
    expect(useRun().run?.phase).toBe('running');
    expect(useRun().desired).toEqual({ threads: 2, processes: 1 });
    expect(useSamples().frame.newest?.atMs).toBe(fake.nowMs);
    expect(useTimeline().blocks.total).toBe(fake.state().recent?.blocks.startMs.length);
  });

  test('takes events that come before the state once, and drops what the state holds already', async () => {
    const fake = small({ run: RUN });
    useEngine().attach(bridgeClient(fake.bridge), frames);
    fake.advance(500);
    await settle();
    frames.next();
    const { blocks } = useTimeline();
    expect(blocks.total).toBe(fake.state().recent?.blocks.startMs.length);
    expect(useSamples().frame.newest?.atMs).toBe(fake.nowMs);
  });

  test('after a run ended takes up its settings, but other counts may be set', async () => {
    const fake = small({ run: RUN, end: 'completed' });
    await attach(fake);
    const run = useRun();
    expect(run.desired).toEqual({ threads: 2, processes: 1 });
    run.setCount('threads', 0);
    fake.advance(200);
    frames.next();
    expect(run.desired.threads).toBe(0);
  });
});

describe('a connection that is lost', () => {
  test('shows the whole state again once it is back', async () => {
    const fake = small({ run: RUN });
    let tell: (connection: Connection) => void = () => {};
    const client = {
      ...bridgeClient(fake.bridge),
      onConnection: (listener: typeof tell) => ((tell = listener), () => {}),
    };
    useEngine().attach(client, frames);
    tell({ state: 'open' });
    await settle();
    frames.next();
    tell({ state: 'lost' });
    expect(useEngine().connection.state).toBe('lost');
    fake.advance(3000);
    tell({ state: 'open' });
    await settle();
    frames.next();
    expect(useRun().run?.elapsedMs).toBe(liveIn(fake.state())?.elapsedMs);
    expect(useSamples().frame.newest?.atMs).toBe(fake.nowMs);
    expect(useTimeline().blocks.total).toBe(fake.state().recent?.blocks.startMs.length);
    expect(useNotices().notices).toEqual([]);
  });
});

describe('the screen', () => {
  test('is told once a frame, whatever the number of events', async () => {
    const fake = small();
    await attach(fake);
    const samples = useSamples();
    const before = samples.frame.revision;
    fake.advance(1000);
    expect(samples.frame.revision).toBe(before);
    expect(frames.waiting).toBe(1);
    frames.next();
    expect(samples.frame.revision).toBe(before + 1);
    expect(samples.frame.newest?.atMs).toBe(fake.nowMs);
  });

  test('drops a stale sample', async () => {
    const fake = small();
    await attach(fake);
    const stale = fake.state().samples.at(-5);
    if (!stale) throw new Error('The fake has too few samples.');
    fake.emit({ type: 'sample', sample: stale });
    frames.next();
    expect(useSamples().frame.newest?.atMs).toBe(fake.nowMs);
  });

  test('writes figures four times a second, and at once when the phase turns', async () => {
    const fake = small({ run: RUN });
    await attach(fake);
    const run = useRun();
    const shown = (): number | undefined => run.figures?.elapsedMs;
    const first = shown();
    fake.advance(100);
    frames.next(100);
    expect(shown()).toBe(first);
    fake.advance(200);
    frames.next(200);
    expect(shown()).toBe((first ?? 0) + 300);
    fake.end('completed');
    frames.next(1);
    expect(run.figures?.phase).toBe('ended');
  });

  test('shows at once how many workers live when a pool says so', async () => {
    const fake = small({ run: RUN });
    await attach(fake);
    fake.emit({ type: 'pool-changed', executor: 'threads', desired: 2, live: 1 });
    frames.next();
    expect(useRun().run?.executors[0]?.live).toBe(1);
  });

  test('forgets the blocks of a run when another one starts', async () => {
    const fake = small({ run: RUN, end: 'completed' });
    await attach(fake);
    expect(useTimeline().blocks.total).toBeGreaterThan(0);
    await startChosen();
    await settle();
    fake.advance(100);
    expect(useTimeline().blocks.total).toBe(0);
  });
});

describe('a start', () => {
  test('sends the wanted task length, or the size of a workload that prints', async () => {
    const fake = small();
    await attach(fake);
    const run = useRun();
    run.workload = 'count';
    run.choices.sizes[run.workload] = 3;
    run.choices.tasks = 10;
    await startChosen();
    expect(fake.calls.at(-1)?.argument).toEqual({
      kind: 'live',
      workload: 'count',
      workers: { threads: 1, processes: 1 },
      size: 3,
      tasks: 10,
    });
  });

  test('sends a count that moved while it was under way', async () => {
    const fake = small();
    const run = useRun();
    const move: Bridge['call'] = (name, argument) => {
      if (name === 'startExperiment') run.setCount('threads', 4);
      return fake.bridge.call(name, argument);
    };
    await attach(fake, { ...fake.bridge, call: move });
    await startChosen();
    await settle();
    expect(fake.calls.at(-1)).toEqual({ name: 'updateExperiment', argument: { workers: { threads: 4 } } });
    expect(run.desired.threads).toBe(4);
  });

  test('does nothing without workers', async () => {
    const fake = small();
    await attach(fake);
    const run = useRun();
    run.setCount('threads', 0);
    run.setCount('processes', 0);
    await startChosen();
    expect(fake.calls.map((call) => call.name)).not.toContain('startExperiment');
  });

  test('that is refused shows the sentence of the engine', async () => {
    const fake = small();
    await attach(fake);
    await fake.bridge.call('startExperiment', { kind: 'live', workload: 'sha256', workers: { threads: 1 } });
    await startChosen();
    expect(useNotices().notices[0]?.text).toMatch(/already/);
    const state = liveIn(fake.state());
    expect(state?.phase).toBe('calibrating');
  });
});
