import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it as plainIt } from 'vitest';
import { errorInfo, MODULE_WORKLOAD, type EngineClient } from '../../src/contract';
import { inProcessClient, openEngine } from '../../src/engine';
import { allowFolder } from '../../src/web-host/module-folder';
import { OUT } from '../support/paths';
import { temporaryFolder } from '../support/folder';
import { NEEDS_TWO_USERS, OTHER, sharedFolder } from '../support/other-user';

/** Files in the folder that are not offered, and so may not run. */
const UNLISTED = ['.hidden.mjs', '.git/hook.mjs', 'node_modules/no.mjs', 'deeper/1/2/3/too-deep.mjs', 'notes.txt'];
const TASK = 'export const task = () => 1;';

/** A folder to be allowed, one beside it, and links between them. */
function twoFolders(home: string): { inside: string; outside: string } {
  const [inside, outside] = [join(home, 'allowed'), join(home, 'allowed-not')];
  for (const folder of ['', 'deeper', 'deeper/1/2/3', 'node_modules', '.git'])
    mkdirSync(join(inside, folder), { recursive: true });
  mkdirSync(outside);
  for (const file of ['task.mjs', 'deeper/other.ts', ...UNLISTED]) writeFileSync(join(inside, file), TASK);
  for (const file of readdirSync(inside, { recursive: true, encoding: 'utf8' }))
    chmodSync(join(inside, file), statSync(join(inside, file)).mode & ~0o022);
  writeFileSync(join(outside, 'secret.mjs'), TASK);
  symlinkSync(join(outside, 'secret.mjs'), join(inside, 'link.mjs'));
  symlinkSync(outside, join(inside, 'way'), 'junction');
  symlinkSync(join(inside, 'task.mjs'), join(inside, 'own.mjs'));
  symlinkSync(join(inside, '.hidden.mjs'), join(inside, 'to-hidden.mjs'));
  symlinkSync(join(inside, 'node_modules', 'no.mjs'), join(inside, 'to-package.mjs'));
  return { inside, outside };
}

/** Tests with an engine as the web host has it, and a folder that is allowed. */
const it = plainIt.extend<{ allowed: { client: EngineClient; inside: string; outside: string } }>({
  allowed: async ({ task: _ }, use) => {
    const home = temporaryFolder();
    const folders = twoFolders(home);
    const engine = await openEngine({
      folder: join(OUT, 'main'),
      home,
      host: 'browser',
      versions: { coreloom: '0', node: process.versions.node, electron: null },
      saveReport: () => Promise.resolve({ state: 'cancelled' }),
      modules: await allowFolder(folders.inside),
    });
    await use({ client: inProcessClient(engine), ...folders });
    await engine.close();
  },
});

const oneTask = (client: EngineClient, module: string): Promise<unknown> =>
  client.call('startExperiment', {
    kind: 'live',
    workload: MODULE_WORKLOAD,
    module,
    workers: { threads: 1 },
    tasks: 1,
  });

describe('a folder whose modules may run', () => {
  it('is listed, without what is no module', async ({ allowed: { client } }) => {
    const { by, modules } = await client.call('listModules', null);
    expect(by).toBe('list');
    expect(modules.map(({ fileName }) => fileName)).toEqual(['deeper/other.ts', 'task.mjs']);
  });

  it('lets those in it run, also through a link that stays in it', async ({ allowed: { client, inside } }) => {
    expect(await client.call('inspectModule', { module: join(inside, 'task.mjs') })).toMatchObject({
      fileName: 'task.mjs',
    });
    expect(await client.call('inspectModule', { module: join(inside, 'own.mjs') })).toMatchObject({
      fileName: 'task.mjs',
    });
  });

  it('refuses every other file, whether or not it is there, and links that lead out', async ({
    allowed: { client, inside, outside },
  }) => {
    const paths = [
      join(outside, 'secret.mjs'),
      join(outside, 'none.mjs'),
      `${inside}/../allowed-not/secret.mjs`,
      join(inside, 'link.mjs'),
      join(inside, 'way', 'secret.mjs'),
      '/etc/passwd.mjs',
    ];
    for (const module of paths) {
      const refused = { code: 'module-not-trusted', message: expect.stringContaining('was not allowed to run') };
      await expect(client.call('inspectModule', { module })).rejects.toMatchObject(refused);
      await expect(oneTask(client, module)).rejects.toMatchObject(refused);
    }
    expect((await client.call('getState', null)).experiments).toEqual([]);
  });

  it('runs no file in it that is not listed, by whatever way it is named', async ({ allowed: { client, inside } }) => {
    for (const file of [
      ...UNLISTED.filter((name) => name !== 'notes.txt'),
      'to-hidden.mjs',
      'to-package.mjs',
      'deeper/../.hidden.mjs',
    ]) {
      const module = `${inside}/${file}`;
      await expect(client.call('inspectModule', { module }), file).rejects.toMatchObject({
        code: 'module-not-trusted',
      });
      await expect(oneTask(client, module), file).rejects.toMatchObject({ code: 'module-not-trusted' });
    }
  });

  it('must be there, and be a folder', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'file'), '');
    await expect(allowFolder(join(home, 'none'))).rejects.toMatchObject({ code: 'bad-input' });
    await expect(allowFolder(join(home, 'file'))).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe.skipIf(process.platform === 'win32')('what other users may write', () => {
  const listed = async (client: EngineClient): Promise<string[]> =>
    (await client.call('listModules', null)).modules.map(({ fileName }) => fileName);

  it.for([
    ['a file that everybody may write', 'task.mjs', 0o606, /^others may write to .*task\.mjs$/],
    ['a folder that everybody may write', 'deeper', 0o707, /^others may write to .*deeper$/],
  ] as const)('is neither listed nor run: %s', async ([, name, mode, fault], { allowed: { client, inside } }) => {
    const [module] = (await client.call('listModules', null)).modules.filter(({ fileName }) =>
      fileName.startsWith(name),
    );
    if (module === undefined) throw new Error('It is not listed while it is sound.');
    // After it was listed.
    chmodSync(join(inside, name), mode);
    const [, because = ''] =
      / cannot be run because (.*): only you and the system/.exec(await refusal(client, module.path)) ?? [];
    expect(because).toMatch(fault);
    expect(await listed(client)).toEqual(['deeper/other.ts', 'task.mjs'].filter((file) => !file.startsWith(name)));
  });

  it('is not run after the way to it was opened to others', async ({ allowed: { client, inside } }) => {
    chmodSync(dirname(inside), 0o777);
    expect(await refusal(client, join(inside, 'task.mjs'))).toContain(`others may write to ${dirname(inside)}`);
    expect(await listed(client)).toEqual([]);
  });

  it('is allowed by no host', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    await expect(allowFolder(folder)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(`others may write to ${folder}`),
    });
  });

  it.skipIf(NEEDS_TWO_USERS !== null)(
    'is neither listed nor run where it is theirs, though nobody may write it',
    async ({ allowed: { client, inside } }) => {
      chownSync(join(inside, 'task.mjs'), OTHER, OTHER);
      expect(await listed(client)).toEqual(['deeper/other.ts']);
      expect(await refusal(client, join(inside, 'task.mjs'))).toContain("task.mjs is somebody else's");
      chownSync(join(inside, 'deeper'), OTHER, OTHER);
      expect(await listed(client)).toEqual([]);
      chownSync(inside, OTHER, OTHER);
      await expect(allowFolder(inside)).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining("is somebody else's"),
      });
    },
  );

  it.for([true, false])(
    'is no folder where everybody may have files (sticky: %s): what a module loads could be theirs',
    async (sticky, { allowed: { client, inside } }) => {
      const folder = sharedFolder({ sticky });
      writeFileSync(join(folder, 'mine.mjs'), TASK, { mode: 0o644 });
      await expect(allowFolder(folder)).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining(`others may write to ${folder}`),
      });
      chmodSync(join(inside, 'deeper'), sticky ? 0o1777 : 0o777);
      expect(await listed(client)).toEqual(['task.mjs']);
      expect(await refusal(client, join(inside, 'deeper', 'other.ts'))).toContain(
        `others may write to ${join(inside, 'deeper')}`,
      );
    },
  );
});

/** The sentence with which a module may not run, the same for a look at it as for a run of it. */
async function refusal(client: EngineClient, module: string): Promise<string> {
  const [seen, started] = await Promise.allSettled([client.call('inspectModule', { module }), oneTask(client, module)]);
  if (seen.status !== 'rejected' || started.status !== 'rejected') throw new Error('It was run.');
  expect(seen.reason).toMatchObject({ code: 'module-not-trusted' });
  expect(errorInfo(started.reason)).toEqual(errorInfo(seen.reason));
  return errorInfo(seen.reason).message;
}
