import { describe, expect, it } from 'vitest';
import { createCrossCheck } from '../../../../src/engine/metrics/slow/cross-check';

type Answer = { cpus: { load: number; rawLoad: number; rawLoadIdle: number }[] };

const busy = (...loads: number[]): Answer => ({
  cpus: loads.map((load) => ({ load, rawLoad: load * 10, rawLoadIdle: 1000 - load * 10 })),
});

/** systeminformation, its clock and the cores that are online, all played. */
function played(given: { patienceMs?: number } = {}) {
  const state = {
    wallMs: 5_000,
    atMs: 70_000,
    online: [0, 1],
    asked: 0,
    answer: (): Promise<Answer> => Promise.resolve(busy(25, 50)),
  };
  const poll = createCrossCheck({
    load: () => {
      state.asked++;
      return state.answer();
    },
    online: () => state.online,
    wallMs: () => state.wallMs,
    monotonicMs: () => state.atMs,
    ...given,
  });
  const second = (): ReturnType<typeof poll> => {
    state.wallMs += 1_000;
    state.atMs += 1_000;
    return poll();
  };
  return { state, second };
}

describe('the readings of systeminformation', () => {
  it('begin with the second, each from the one before, with the numbers of the cores', async () => {
    const { state, second } = played();
    state.online = [0, 3];
    expect(await second()).toBeNull();
    expect(await second()).toEqual({ fromMs: 71_000, toMs: 72_000, cores: [0, 3], utilization: [0.25, 0.5] });
  });

  it('know nothing of a core without a counted millisecond, nor of a value that cannot be', async () => {
    const { state, second } = played();
    state.online = [0, 1, 2, 3];
    state.answer = () =>
      Promise.resolve({
        cpus: [
          { load: 40, rawLoad: 400, rawLoadIdle: 600 },
          { load: 0, rawLoad: 0, rawLoadIdle: 0 },
          { load: NaN, rawLoad: NaN, rawLoadIdle: NaN },
          { load: 130, rawLoad: 1300, rawLoadIdle: -300 },
        ],
      });
    await second();
    expect((await second())?.utilization).toEqual([0.4, null, null, null]);
    state.answer = () =>
      Promise.resolve({ cpus: state.online.map(() => ({ load: NaN, rawLoad: NaN, rawLoadIdle: NaN })) });
    expect(await second()).toBeNull();
  });

  it('are not there where it answers other cores than are online, or a core went or came', async () => {
    const { state, second } = played();
    await second();
    state.answer = () => Promise.resolve(busy(25));
    expect(await second()).toBeNull();
    state.online = [0];
    expect(await second()).toBeNull();
    expect(await second()).toMatchObject({ cores: [0], utilization: [0.25] });
    // As many as before, but others: its baselines are of other cores.
    state.online = [1];
    expect(await second()).toBeNull();
    expect(await second()).toMatchObject({ cores: [1] });
  });

  it('are not there where it throws, at once or later, or answers something else, and begin again after it', async () => {
    const { state, second } = played();
    await second();
    const odd = (answer: unknown) => (): Promise<Answer> => Promise.resolve(answer as Answer);
    for (const broken of [
      () => Promise.reject(new Error('no')),
      (): Promise<Answer> => {
        throw new Error('no');
      },
      odd(undefined),
      odd({ cpus: 'none' }),
      odd({ cpus: [null, null] }),
    ]) {
      const well = state.answer;
      state.answer = broken;
      expect(await second()).toBeNull();
      state.answer = well;
      expect(await second()).toBeNull();
      expect(await second()).not.toBeNull();
    }
  });

  it('are not waited for where it hangs, and it is not asked again before it has answered', async () => {
    const { state, second } = played({ patienceMs: 5 });
    await second();
    let answer: (value: Answer) => void = () => {};
    const hung = new Promise<Answer>((resolve) => (answer = resolve));
    state.answer = () => hung;
    expect(await second()).toBeNull();
    const { asked } = state;
    expect(await second()).toBeNull();
    expect(state.asked).toBe(asked);
    answer(busy(1, 2));
    await hung;
    await new Promise(setImmediate);
    state.answer = () => Promise.resolve(busy(25, 50));
    expect(await second()).toBeNull();
    expect(await second()).not.toBeNull();
  });

  it('are not there while the wall clock is behind what it was: the same old values would come', async () => {
    const { state, second } = played();
    await second();
    state.wallMs -= 3_600_000;
    for (let count = 0; count < 5; count++) expect(await second()).toBeNull();
    state.wallMs += 3_600_000;
    // Over all of the time since.
    expect(await second()).toMatchObject({ fromMs: 71_000, toMs: 77_000 });
  });
});
