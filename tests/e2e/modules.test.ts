import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODULE_WORKLOAD } from '../../src/contract';
import type { App, DesktopApp } from './support/app';
import { launchDesktop, waitFor } from './support/desktop';
import { electronHostName } from './support/host';
import { launchWeb } from './support/web';
import { anyInterpreter } from '../engine/python/support/pythons';
import { problemsOf } from '../support/page-problems';
import { liveIn } from '../support/experiment-state';
import { call, reply } from './support/call';
import { liveView, type LiveView } from './support/live-view';
import { moduleView, type ModuleView } from './support/module-view';

const interpreter = await anyInterpreter();
let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'coreloom-modules-')));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

function written(name: string, source: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, source);
  return path;
}
/** A module that leaves a mark where any of it runs. */
const marked = (mark: string, title = 'Marked'): string => `
import { writeFileSync } from 'node:fs';
writeFileSync(${JSON.stringify(mark)}, '');
export const meta = { title: ${JSON.stringify(title)} };
export const task = ({ index }) => index;`;

/** An array that grows from where growing it again is more than the heap may hold. */
const MEMORY = 'export const task = () => {\n  const all = new Array(3e7).fill(0);\n  for (;;) all.push(0);\n};\n';

async function setCount(app: App, executor: string, count: number): Promise<void> {
  const entry = app.page.getByTestId(`count-${executor}`);
  await entry.fill(String(count));
  await entry.press('Enter');
}

describe(`a module on the desktop (${electronHostName()})`, () => {
  let app: DesktopApp;
  let view: LiveView;
  let module: ModuleView;
  let faults: string[];

  beforeAll(async () => {
    app = await launchDesktop();
    faults = problemsOf(app.page);
    [view, module] = [liveView(app.page), moduleView(app.page)];
    await app.page.getByTestId('cores').waitFor();
  });
  afterAll(() => app?.close());

  const questions = async (): Promise<string[]> =>
    (await app.dialogs()).flatMap((dialog) =>
      dialog.type === 'message' ? [`${dialog.options.message}\n${dialog.options.detail ?? ''}`] : [],
    );
  /** Waits for the question that comes after those that were asked before. */
  const asked = async (before: number): Promise<string> => {
    await waitFor(async () => (await questions()).length > before);
    return (await questions()).at(-1) ?? '';
  };
  const trust = (button: 0 | 1) => app.answerNextDialog({ type: 'message', button });
  const run = async () => liveIn(await call(app.page, 'getState', null));

  it('is asked for by a dialog, then about with its whole path; refused, nothing of it runs', async () => {
    const path = written('marked.mjs', marked(join(folder, 'mark')));
    await app.answerNextDialog({ type: 'open', path });
    await module.press();
    const question = await asked(0);
    expect(question).toContain('Trust this module and run it?');
    expect(question).toContain(`${path}\n`);
    await trust(1);
    await module.fault('You did not allow this file to run.');
    expect(existsSync(join(folder, 'mark'))).toBe(false);

    // Nor by a start, which asks again.
    await view.start();
    await asked(1);
    await trust(1);
    await module.fault('You did not allow');
    expect(await run()).toBeNull();
    expect(existsSync(join(folder, 'mark'))).toBe(false);
  });

  it('runs once it is trusted, and is not asked about again', async () => {
    await module.again();
    await asked(2);
    await trust(0);
    await module.found('Marked');
    expect(existsSync(join(folder, 'mark'))).toBe(true);
    await view.start();
    await view.phase('running');
    await view.rows(2);
    await view.stop();
    await view.phase('ended');
    expect(await run()).toMatchObject({
      outcome: 'completed',
      counts: { failed: 0 },
      settings: { module: join(folder, 'marked.mjs'), deadlineMs: 30_000 },
    });
    expect(await questions()).toHaveLength(3);
  });

  it('is looked at again before each run: a change shows', async () => {
    written('marked.mjs', marked(join(folder, 'mark'), 'Changed'));
    await view.start();
    await module.found('Changed');
    await view.phase('running');
    await view.stop();
    await view.phase('ended');
    written('marked.mjs', 'export const task = () => {\n  let = ;\n};\n');
    await view.start();
    await module.fault('SyntaxError');
    expect(await module.place()).toBe('marked.mjs:2:9');
    expect(await questions()).toHaveLength(3);
  });

  it('with a syntax error says the file and the line, and is good once it is mended', async () => {
    const path = written('wrong.ts', 'const a: number = 1;\nexport function task(: number) {}\n');
    await app.answerNextDialog({ type: 'open', path });
    await app.answerNextDialog({ type: 'message', button: 0 });
    await app.clickMenu('File', 'Open module');
    await module.fault('correct the syntax');
    // The error before this one may still be shown, in the same words.
    await expect.poll(() => module.place()).toBe('wrong.ts:2:22');
    written('wrong.ts', 'export function task(input: { index: number }): number { return input.index; }\n');
    await module.again();
    await module.found('wrong.ts');
  });

  it('is opened by a drop, as by the dialog', async () => {
    const before = (await questions()).length;
    const path = written('dropped.cjs', 'exports.meta = { title: "Dropped" }; exports.task = () => 1;');
    await app.drop(path);
    expect(await asked(before)).toContain(path);
    await trust(0);
    await module.found('Dropped');
    await app.drop(path, written('other.mjs', 'export const task = () => 1;'));
    await app.page.getByText('drop one file').waitFor();
  });

  it('is asked about again where its link leads to another file by now', async () => {
    const [one, other] = [
      written('one.mjs', 'export const task = () => 1;'),
      written('two.mjs', 'export const meta = { title: "Two" }; export const task = () => 2;'),
    ];
    const link = join(folder, 'link.mjs');
    symlinkSync(one, link);
    const before = (await questions()).length;
    await app.answerNextDialog({ type: 'open', path: link });
    await module.change();
    expect(await asked(before)).toContain(`${one}\n`);
    await trust(0);
    await module.found('link.mjs');
    rmSync(link);
    symlinkSync(other, link);
    await view.start();
    expect(await asked(before + 1)).toContain(`${other}\n`);
    await trust(1);
    await module.fault('You did not allow');
    expect((await run())?.phase).toBe('ended');
  });

  it.skipIf(interpreter === null)(
    'in Python runs on Python’s workers, and Node’s are greyed with the reason',
    async () => {
      const path = written(
        'squares.py',
        'def inputs(context):\n    return list(range(8))\n\n\ndef task(n, context):\n    return n * n\n',
      );
      await app.answerNextDialog({ type: 'open', path });
      await app.answerNextDialog({ type: 'message', button: 0 });
      await module.change();
      await module.found('8 inputs');
      expect(await app.page.getByTestId('count-threads').isDisabled()).toBe(true);
      await app.page.getByText('squares.py runs on Python, not on Node.').first().waitFor();
      await view.start();
      await view.phase('running');
      await view.rows(2);
      await view.stop();
      await view.phase('ended');
      expect(await run()).toMatchObject({
        outcome: 'completed',
        counts: { failed: 0 },
        settings: { module: path, workers: { 'python-threads': 1, 'python-processes': 1 } },
      });
    },
  );

  it('that calls process.exit fails its tasks, and the app lives on', async () => {
    const path = written('exits.mjs', 'export const task = () => {\n  process.exit(3);\n};\n');
    await app.answerNextDialog({ type: 'open', path });
    await app.answerNextDialog({ type: 'message', button: 0 });
    await module.change();
    await module.found('exits.mjs');
    await view.start();
    await waitFor(async () => ((await run())?.counts.failed ?? 0) > 0);
    await view.stop();
    await view.phase('ended');
    expect(await reply(app.page, 'getState', null)).toMatchObject({ ok: true });
  });

  it('that exhausts the memory of its thread fails its task, and the app lives on', async () => {
    const path = written('exhausts.mjs', MEMORY);
    await app.answerNextDialog({ type: 'open', path });
    await app.answerNextDialog({ type: 'message', button: 0 });
    await module.change();
    await module.found('exhausts.mjs');
    await setCount(app, 'threads', 1);
    await setCount(app, 'processes', 0);
    await view.start();
    await waitFor(async () => ((await run())?.counts.failed ?? 0) > 0, 60_000);
    await view.stop();
    await view.phase('ended');
    expect(await reply(app.page, 'getState', null)).toMatchObject({ ok: true });
    expect(faults).toEqual([]);
  });
});

describe('a module in the browser', () => {
  /** Opens the page of a server; answers it with what it complained of. */
  async function opened(serve: string[]): Promise<{ app: App; view: LiveView; module: ModuleView }> {
    const app = await launchWeb({ serve });
    await app.page.getByTestId('cores').waitFor();
    return { app, view: liveView(app.page), module: moduleView(app.page) };
  }

  it('is not run by a server that was not told to, which says so', async () => {
    const { app, module } = await opened([]);
    try {
      await module.press();
      expect(await app.page.getByTestId('module-none').textContent()).toContain(
        'coreloom serve --allow-modules FOLDER',
      );
      expect(await app.page.getByTestId('start').isDisabled()).toBe(true);
      await app.drop(written('dropped.mjs', marked(join(folder, 'dropped'))));
      await app.page.getByText('A browser does not reveal the path of a dropped file').waitFor();
      expect(existsSync(join(folder, 'dropped'))).toBe(false);
    } finally {
      await app.close();
    }
  });

  it('is one of those in the folder that was allowed, and no other', async () => {
    const path = written('allowed/inside.mjs', 'export const meta = { title: "Inside" }; export const task = () => 1;');
    const outside = written('outside.mjs', marked(join(folder, 'outside')));
    symlinkSync(outside, join(folder, 'allowed', 'way-out.mjs'));
    const { app, view, module } = await opened(['--allow-modules', join(folder, 'allowed')]);
    try {
      await module.press();
      const list = app.page.getByTestId('module-list');
      await list.waitFor();
      expect(await list.locator('option:not([disabled])').allTextContents()).toEqual(['inside.mjs']);
      await list.selectOption(path);
      await module.found('Inside');
      await view.start();
      await view.phase('running');
      await view.stop();
      await view.phase('ended');
      for (const refused of [outside, join(folder, 'allowed', 'way-out.mjs')]) {
        const answer = await overSocket(app, {
          kind: 'live',
          workload: MODULE_WORKLOAD,
          module: refused,
          workers: { threads: 1 },
          tasks: 1,
        });
        expect(answer).toMatchObject({ ok: false, error: { code: 'module-not-trusted' } });
      }
      expect(existsSync(join(folder, 'outside'))).toBe(false);
    } finally {
      await app.close();
    }
  });
});

/** Asks for a run as a page that does not keep to what it is offered might. */
function overSocket(app: App, settings: object): Promise<unknown> {
  return app.page.evaluate(
    (argument) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/socket`, [
          'coreloom',
          sessionStorage.getItem('coreloom-session') ?? '',
        ]);
        socket.onopen = () => {
          socket.send(JSON.stringify({ id: 77, name: 'startExperiment', argument }));
        };
        socket.onmessage = (message) => {
          const frame = JSON.parse(String(message.data)) as { type: string; id?: number; reply?: unknown };
          if (frame.id !== 77) return;
          socket.close();
          resolve(frame.reply);
        };
      }),
    settings,
  );
}
