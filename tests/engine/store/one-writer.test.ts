import { existsSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { createHistory } from '../../../src/engine/reports/history';
import { reportJson } from '../../../src/engine/reports/any-kind';
import { createStore } from '../../../src/engine/reports/saved-reports';
import { oneWriter } from '../../../src/engine/store/one-writer';
import { makeReport } from '../../fixtures/report';
import { endedOwner, ownerWith } from '../../support/owner';
import { start, type Running } from '../../support/processes';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coreloom-writer-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});
const report = (id: string) => makeReport({ id }, { cores: 2, workers: { threads: 1 }, elapsedMs: 500 });
const folder = (): string => join(home, 'reports');
const lock = (): string => join(folder(), '.lock');
const lockFiles = (): string[] => readdirSync(folder()).filter((name) => name.startsWith('.lock'));
const PATIENCE = { heldMs: 300, totalMs: 60_000 };

async function saved(...ids: string[]): Promise<ReturnType<typeof createStore>> {
  const store = createStore({ home });
  for (const id of ids) await store.save(report(id));
  return store;
}

describe('two changes of one report at once', () => {
  it.each([
    [
      'in one engine',
      () => {
        const store = createStore({ home });
        return [store, store] as const;
      },
    ],
    ['in two stores of one process', () => [createStore({ home }), createStore({ home })] as const],
  ])('are both kept %s', async (_, stores) => {
    await saved('one');
    const [first, second] = stores();
    for (let round = 0; round < 20; round++) {
      await Promise.all([
        first.relabel('one', { title: `t${String(round)}` }),
        second.relabel('one', { note: `n${String(round)}` }),
      ]);
      expect(await first.label('one')).toEqual({ title: `t${String(round)}`, note: `n${String(round)}` });
    }
    expect(lockFiles()).toEqual([]);
  });

  it('are one deletion where both delete it, and what was written on it is kept', async () => {
    const store = await saved('one');
    await store.relabel('one', { title: 'kept' });
    const [done, refused] = (
      await Promise.allSettled([store.remove('one'), createStore({ home }).remove('one')])
    ).toSorted((a) => (a.status === 'fulfilled' ? -1 : 1));
    expect([done?.status, refused]).toEqual([
      'fulfilled',
      { status: 'rejected', reason: expect.objectContaining({ code: 'report-not-found' }) as Error },
    ]);
    await expect(store.remove('one')).rejects.toMatchObject({ code: 'report-not-found' });
    await store.restore('one');
    expect(await store.label('one')).toEqual({ title: 'kept', note: null });
  });

  it('never part a report from its label, whatever the order', async () => {
    const store = await saved('one');
    for (let round = 0; round < 20; round++) {
      const title = `t${String(round)}`;
      const [relabelled] = await Promise.allSettled([store.relabel('one', { title }), store.remove('one')]);
      await store.restore('one');
      expect((await store.label('one')).title === title).toBe(relabelled.status === 'fulfilled');
      await store.relabel('one', { title });
    }
  });

  it('are one import where both have the same id, and the other is refused', async () => {
    const history = () => createHistory({ store: createStore({ home }) });
    const texts = ['a', 'b'].map((finding) => reportJson({ ...report('one'), finding }));
    const results = await Promise.allSettled(texts.map((text) => history().importReport({ text })));
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const kept = await createStore({ home }).load('one');
    expect(results[kept.finding === 'a' ? 0 : 1]?.status).toBe('fulfilled');
  });
});

describe('a change that was cut off', () => {
  it('between a report and its label does not lose the label, on either way', async () => {
    const store = await saved('one');
    await store.relabel('one', { title: 'old' });
    await store.remove('one');
    await store.save(report('one'));
    await store.relabel('one', { title: 'new' });
    // As a process leaves it that is killed once the report is in the trash.
    const label = join(folder(), 'one.label');
    await store.remove('one');
    writeFileSync(label, '{"title":"new","note":null}\n');
    writeFileSync(join(home, 'trash', 'one.label'), '{"title":"old","note":null}\n');
    await store.restore('one');
    expect(await store.label('one')).toEqual({ title: 'new', note: null });
  });

  it('leaves no words for another report that comes in its place', async () => {
    const store = await saved('one');
    await store.remove('one');
    writeFileSync(join(folder(), 'one.label'), '{"title":"of the other","note":null}\n');
    expect(await store.add(report('one'))).toBe(true);
    expect(await store.label('one')).toEqual({ title: null, note: null });
  });
});

describe('the lock', () => {
  const turn = async (patience = PATIENCE): Promise<string> =>
    oneWriter(folder(), patience).inTurn(() => Promise.resolve('done'));
  const by = (owner: string): string => `${owner}-0123456789ab`;
  beforeEach(async () => {
    await mkdir(folder());
  });

  it.each([
    ['a process that has ended', () => by(endedOwner())],
    ['an earlier process of the same number', () => by(ownerWith(process.platform === 'linux' ? { start: '1' } : {}))],
  ])('of %s is broken at once', async (_, text) => {
    writeFileSync(lock(), text());
    expect(await turn()).toBe('done');
    expect(lockFiles()).toEqual([]);
  });

  it.each([
    ['a process of another system', () => by(ownerWith({ namespace: '4026530000' }))],
    ['nobody, as a full disk leaves it', () => ''],
    ['something else', () => 'hello'],
  ])('of %s is waited for, and broken once it is old', async (_, text) => {
    writeFileSync(lock(), text());
    await expect(turn()).rejects.toMatchObject({
      code: 'not-writable',
      message: expect.stringContaining(lock()) as string,
    });
    utimesSync(lock(), 1, 1);
    expect(await turn()).toBe('done');
    expect(lockFiles()).toEqual([]);
  });

  it('that was left while it was broken is broken too, once it is old', async () => {
    writeFileSync(lock(), by(endedOwner()));
    writeFileSync(`${lock()}-breaking`, '');
    await expect(turn()).rejects.toMatchObject({ code: 'not-writable' });
    utimesSync(`${lock()}-breaking`, 1, 1);
    expect(await turn()).toBe('done');
  });

  it('leads nowhere where it is a link, and is no folder', async () => {
    const elsewhere = join(home, 'elsewhere');
    symlinkSync(elsewhere, lock());
    await expect(turn()).rejects.toMatchObject({ code: 'not-writable' });
    expect(existsSync(elsewhere)).toBe(false);
    rmSync(lock());
    await mkdir(lock());
    await expect(turn()).rejects.toMatchObject({ code: 'not-writable' });
  });

  it('is given back where a change fails, and others go on', async () => {
    await expect(oneWriter(folder()).inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turn()).toBe('done');
    expect(lockFiles()).toEqual([]);
  });
});

let program = '';
beforeAll(async () => {
  program = await mkdtemp(join(tmpdir(), 'coreloom-writer-program-'));
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'change-reports.mjs'),
      outDir: program,
      emptyOutDir: false,
      target: 'node20.19',
      rolldownOptions: { output: { entryFileNames: 'change-reports.mjs' } },
    },
  });
});
afterAll(() => rm(program, { recursive: true, force: true }));

/** A process of its own that waits to be told. */
function changing(job: string): Running & { begin(): void } {
  const running = start(process.execPath, [join(program, 'change-reports.mjs'), home, job], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return { ...running, begin: () => void running.child.stdin?.write('now\n') };
}

async function together(...jobs: string[]): Promise<Awaited<Running['ended']>[]> {
  const running = jobs.map(changing);
  await Promise.all(running.map(({ said }) => said(/ready/)));
  for (const { begin } of running) begin();
  return Promise.all(running.map(({ ended }) => ended));
}

const IDS = Array.from({ length: 40 }, (_, at) => `r${String(at)}`);

describe('two engines on one data folder', () => {
  test('lose neither the titles of one nor the notes of the other', async () => {
    const store = await saved(...IDS);
    for (const { code, err } of await together('title', 'note')) expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const id of IDS) expect(await store.label(id)).toEqual({ title: `title of ${id}`, note: `note of ${id}` });
  });

  test('delete each report once, with what was written on it', async () => {
    const store = await saved(...IDS);
    for (const id of IDS) await store.relabel(id, { title: id });
    const counts = (await together('remove', 'remove')).map(({ out }) => Number(/done (\d+)/.exec(out)?.[1]));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(IDS.length);
    for (const id of IDS) {
      await store.restore(id);
      expect((await store.label(id)).title).toBe(id);
    }
  });

  test.skipIf(process.platform === 'win32')(
    'are never at it at once, also where some are killed in the middle',
    async () => {
      await saved();
      await mkdir(folder(), { recursive: true });
      const ended = await together('alone', 'die', 'alone', 'die', 'alone');
      expect(ended.map(({ code, signal, err }) => [code ?? signal, err])).toEqual([
        [0, ''],
        ['SIGKILL', ''],
        [0, ''],
        ['SIGKILL', ''],
        [0, ''],
      ]);
      // The last of those that were killed may have left its own.
      await oneWriter(folder()).inTurn(() => Promise.resolve());
      expect(lockFiles()).toEqual([]);
    },
  );

  test.skipIf(process.platform === 'win32')(
    'say which process holds the reports where it is suspended, and go on after it',
    async () => {
      await saved('one');
      const holder = changing('hold');
      await holder.said(/ready/);
      holder.begin();
      await holder.said(/holding/);
      process.kill(holder.pid, 'SIGSTOP');
      await expect(oneWriter(folder(), PATIENCE).inTurn(() => Promise.resolve())).rejects.toMatchObject({
        code: 'not-writable',
        message: expect.stringContaining(`process ${String(holder.pid)}`) as string,
      });
      process.kill(holder.pid, 'SIGCONT');
      holder.begin();
      await oneWriter(folder()).inTurn(() => Promise.resolve());
      expect((await holder.ended).code).toBe(0);
    },
  );
});
