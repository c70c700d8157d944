import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, CoreloomError, type CommandName } from '../../../src/contract';
import { dispatch, type Handlers } from '../../../src/engine/commands/dispatch';

/** Handlers that answer with the argument they got. */
function echo(over: Partial<Record<CommandName, (argument: unknown) => unknown>> = {}): Handlers {
  const handlers = Object.fromEntries(COMMAND_NAMES.map((name) => [name, (argument: unknown) => argument]));
  return { ...handlers, ...over } as unknown as Handlers;
}

const start = (over: Record<string, unknown>) =>
  dispatch(echo(), 'startExperiment', { kind: 'live', workload: 'sha256', workers: { threads: 1 }, ...over });

describe('dispatch', () => {
  it('passes a valid argument on', async () => {
    const settings = {
      kind: 'live',
      workload: 'sha256',
      workers: { threads: 2, processes: 0 },
      taskMs: 4,
      durationMs: 1_000,
      seed: 7,
    };
    expect(await dispatch(echo(), 'startExperiment', settings)).toEqual({
      ok: true,
      value: settings,
    });
  });

  it.each(['nope', '', null, 7, '__proto__', 'constructor', 'toString'])(
    'refuses the unknown command %s',
    async (name) => {
      expect(await dispatch(echo(), name, null)).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
    },
  );

  it.each([Number.NaN, -1, 1.5, 1e9, Infinity, '2', null, {}])(
    'refuses %s as a worker count with one sentence',
    async (count) => {
      const reply = await dispatch(echo(), 'updateExperiment', { workers: { threads: count } });
      expect(reply).toMatchObject({
        ok: false,
        error: { code: 'bad-input', message: expect.stringContaining('must be a whole number from 0 to 1024') },
      });
    },
  );

  it.each([
    [{ workers: { fibers: 2 } }, /workers must be counts by executor/],
    [{ workers: null }, /counts by executor/],
    [{ workload: 7 }, /workload must be text/],
    [{ durationMs: -5 }, /durationMs must be a number of milliseconds/],
    [{ durationMs: 1e12 }, /durationMs/],
    [{ tasks: 0 }, /tasks must be a whole number from 1/],
    [{ taskMs: 0 }, /taskMs/],
    [{ size: 'big' }, /size must be a number/],
    [{ workloadSettings: { delayMs: '5' } }, /a setting must be a number/],
    [{ workloadSettings: 5 }, /workloadSettings must be numbers by name/],
    [{ size: 1, taskMs: 1 }, /exclude each other/],
    [{ seed: 2 ** 32 }, /seed/],
    [{ colour: 'red' }, /no setting named colour/],
  ])('refuses %o', async (over, message) => {
    const reply = await start(over);
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(!reply.ok && reply.error.message).toMatch(message);
  });

  it.each([null, 7, 'all', []])('refuses %o where settings are wanted, in words', async (argument) => {
    for (const name of ['startExperiment', 'updateExperiment', 'getReport', 'exportReport']) {
      const reply = await dispatch(echo(), name, argument);
      expect(reply).toEqual({
        ok: false,
        error: { code: 'bad-input', message: `${name} needs an object with its settings.` },
      });
    }
  });

  it.each<[CommandName, unknown, RegExp]>([
    ['listReports', { limit: 1001 }, /limit must be a whole number from 0 to 1000/],
    ['listReports', { sort: 'size' }, /sort must be one of started/],
    ['listReports', { search: 'x'.repeat(201) }, /search must be at most/],
    ['renameReport', { id: 'a', title: 'two\nlines' }, /title must be one line/],
    ['renameReport', { id: 'a', title: 'x'.repeat(121) }, /title must be at most 120/],
    ['noteReport', { id: 'a', note: 'x'.repeat(4001) }, /note must be at most 4000/],
    ['importReport', { text: 'x'.repeat(32 * 2 ** 20 + 1) }, /text must be at most 32 MiB/],
    ['compareReports', { ids: ['a'] }, /ids must name 2 to 4 reports/],
    ['compareReports', { ids: ['a', 'b', 'c', 'd', 'e'] }, /ids must name 2 to 4 reports/],
    ['compareReports', { ids: ['a', 'a'] }, /each report once/],
  ])('refuses %s with what it cannot take', async (name, argument, message) => {
    const reply = await dispatch(echo(), name, argument);
    expect(reply).toMatchObject({
      ok: false,
      error: { code: 'bad-input', message: expect.stringMatching(message) as string },
    });
  });

  it('lists reports where nothing is said of which', async () => {
    for (const argument of [null, undefined])
      expect(await dispatch(echo(), 'listReports', argument)).toEqual({ ok: true, value: null });
  });

  it('does not let a message change a prototype', async () => {
    await dispatch(echo(), 'updateExperiment', JSON.parse('{"workers":{"__proto__":{"polluted":1}}}'));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('answers what a handler throws, with its code', async () => {
    const handlers = echo({
      stopExperiment: () => {
        throw new CoreloomError('no-run', 'There is no run to stop.');
      },
    });
    expect(await dispatch(handlers, 'stopExperiment', null)).toEqual({
      ok: false,
      error: { code: 'no-run', message: 'There is no run to stop.' },
    });
  });
});
