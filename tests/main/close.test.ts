import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/contract';
import { createClosing, type CloseOptions, type Closing } from '../../src/main/close';

interface Stage {
  closing: Closing;
  log: string[];
  answer: (end: boolean) => void;
  quits: Promise<void>;
}

function stage(over: Partial<CloseOptions> & { active?: boolean; stopReply?: Reply<unknown> } = {}): Stage {
  const log: string[] = [];
  let answer: (end: boolean) => void = () => undefined;
  let quit: () => void = () => undefined;
  const quits = new Promise<void>((resolve) => (quit = resolve));
  const closing = createClosing({
    engine: {
      busy: () => over.active ?? false,
      call: (name) => {
        log.push(`call ${String(name)}`);
        return Promise.resolve(over.stopReply ?? { ok: true, value: null });
      },
      close: () => {
        log.push('close engine');
        return Promise.resolve();
      },
    },
    unsaved: () => null,
    confirmEnd: () => {
      log.push('ask');
      return new Promise((resolve) => (answer = resolve));
    },
    confirmLoss: (sentence) => {
      log.push(`ask about loss: ${sentence}`);
      return Promise.resolve(false);
    },
    release: () => {
      log.push('release');
      return Promise.resolve();
    },
    quit: () => {
      log.push('quit');
      quit();
    },
    warn: (message) => log.push(message),
    ...over,
  });
  return {
    closing,
    log,
    answer: (end) => {
      answer(end);
    },
    quits,
  };
}

/** A `close` or `before-quit` event; true where it was held back. */
function requested(closing: Closing): boolean {
  let held = false;
  closing.request({ preventDefault: () => (held = true) });
  return held;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('closing', () => {
  it('without a run asks nothing, closes the engine, then quits', async () => {
    const { closing, log, quits } = stage();
    expect(requested(closing)).toBe(true);
    await quits;
    expect(log).toEqual(['close engine', 'release', 'quit']);
    expect(requested(closing)).toBe(false);
  });

  it('while a run is on asks once, however often it is requested', async () => {
    const { closing, log, answer, quits } = stage({ active: true });
    expect([requested(closing), requested(closing), requested(closing)]).toEqual([true, true, true]);
    expect(log).toEqual(['ask']);
    answer(true);
    await quits;
    expect(log).toEqual(['ask', 'call stopExperiment', 'close engine', 'release', 'quit']);
  });

  it('stays open when told to, and asks again the next time', async () => {
    const { closing, log, answer } = stage({ active: true });
    requested(closing);
    answer(false);
    await settled();
    expect(requested(closing)).toBe(true);
    expect(log).toEqual(['ask', 'ask']);
  });

  it('goes on when the run ended by itself meanwhile', async () => {
    const { closing, answer, quits } = stage({
      active: true,
      stopReply: { ok: false, error: { code: 'no-run', message: 'No run is on.' } },
    });
    requested(closing);
    answer(true);
    await quits;
  });

  it('stays open when the report could not be kept, unless told otherwise', async () => {
    const { closing, log, answer } = stage({
      active: true,
      stopReply: { ok: false, error: { code: 'disk-full', message: 'The disk is full.' } },
    });
    requested(closing);
    answer(true);
    await settled();
    expect(log).toEqual(['ask', 'call stopExperiment', 'ask about loss: The disk is full.']);
  });

  it('asks before a report that could not be saved is lost, also when no run is on', async () => {
    const { closing, log } = stage({ unsaved: () => 'The disk was full.' });
    requested(closing);
    await settled();
    expect(log).toEqual(['ask about loss: The disk was full.']);
  });

  it('ends without a question on a signal, also while the question stands', async () => {
    const { closing, log, answer } = stage({ active: true });
    requested(closing);
    await closing.now();
    answer(true);
    await settled();
    expect(log.filter((line) => line === 'close engine' || line === 'quit')).toEqual(['close engine', 'quit']);
    await closing.now();
    expect(requested(closing)).toBe(false);
  });

  it('quits all the same when ending fails, and says so', async () => {
    const { closing, log, quits } = stage({ release: () => Promise.reject(new Error('no space')) });
    requested(closing);
    await quits;
    expect(log).toContain('Ending failed: no space');
  });
});
