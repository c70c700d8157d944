import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MODULE_WORKLOAD, type EngineClient } from '../../src/contract';
import { inProcessClient, openEngine } from '../../src/engine';
import { allowFolder, isInside } from '../../src/web-host/module-folder';
import { OUT } from '../support/paths';
import { temporaryFolder } from '../support/folder';

const TASK = 'export const task = () => 1;';

/** An engine as the web host has it, with a folder that is allowed, one beside it, and links between them. */
async function setting(): Promise<{ client: EngineClient; inside: string; outside: string }> {
  const home = temporaryFolder();
  const [inside, outside] = [join(home, 'allowed'), join(home, 'allowed-not')];
  for (const folder of [inside, join(inside, 'deeper'), join(inside, 'node_modules'), outside]) mkdirSync(folder);
  for (const file of ['task.mjs', 'deeper/other.ts', 'node_modules/no.mjs', 'notes.txt']) writeFileSync(join(inside, file), TASK);
  writeFileSync(join(outside, 'secret.mjs'), TASK);
  symlinkSync(join(outside, 'secret.mjs'), join(inside, 'link.mjs'));
  symlinkSync(outside, join(inside, 'way'), 'junction');
  symlinkSync(join(inside, 'task.mjs'), join(inside, 'own.mjs'));
  const engine = openEngine({
    folder: join(OUT, 'main'),
    home,
    host: 'browser',
    versions: { coreloom: '0', node: process.versions.node, electron: null },
    saveReport: () => Promise.resolve({ state: 'cancelled' }),
    modules: await allowFolder(inside),
  });
  onTestFinished(() => engine.close());
  return { client: inProcessClient(engine), inside, outside };
}

describe('a folder whose modules may run', () => {
  it('is listed, without what is no module', async () => {
    const { client } = await setting();
    const { by, modules } = await client.call('listModules', null);
    expect(by).toBe('list');
    expect(modules.map(({ fileName }) => fileName)).toEqual(['deeper/other.ts', 'task.mjs']);
  });

  it('lets those in it run, also through a link that stays in it', async () => {
    const { client, inside } = await setting();
    expect(await client.call('inspectModule', { module: join(inside, 'task.mjs') })).toMatchObject({ fileName: 'task.mjs' });
    expect(await client.call('inspectModule', { module: join(inside, 'own.mjs') })).toMatchObject({ fileName: 'task.mjs' });
  });

  it('refuses every other file, whether or not it is there, and links that lead out', async () => {
    const { client, inside, outside } = await setting();
    const paths = [join(outside, 'secret.mjs'), join(outside, 'none.mjs'), `${inside}/../allowed-not/secret.mjs`, join(inside, 'link.mjs'), join(inside, 'way', 'secret.mjs'), '/etc/passwd.mjs'];
    for (const module of paths) {
      const refused = { code: 'module-not-trusted', message: expect.stringContaining('was not allowed to run') };
      await expect(client.call('inspectModule', { module })).rejects.toMatchObject(refused);
      await expect(client.call('startRun', { workload: MODULE_WORKLOAD, module, workers: { threads: 1 }, tasks: 1 })).rejects.toMatchObject(refused);
    }
    expect((await client.call('getState', null)).run).toBeNull();
  });

  it('must be there, and be a folder', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'file'), '');
    await expect(allowFolder(join(home, 'none'))).rejects.toMatchObject({ code: 'bad-input' });
    await expect(allowFolder(join(home, 'file'))).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('does not take what only begins like it for a part of it', () => {
    expect(isInside('/a/b', '/a/b/c')).toBe(true);
    expect(isInside('/a/b', '/a/b/..c')).toBe(true);
    for (const path of ['/a/b', '/a/bc', '/a', '/a/b/../c']) expect(isInside('/a/b', path)).toBe(false);
  });
});
