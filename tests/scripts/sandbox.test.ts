import { execSync, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launchElectron } from '../../scripts/launch-electron.mjs';
import { failingSandbox, type SandboxFailure } from '../support/electron/failing-sandbox';

const onLinux = process.platform === 'linux';
const asRoot = onLinux && process.getuid?.() === 0;
if (!onLinux) console.log('Not tried here: the sandbox of Electron on Linux.');
else if (!asRoot) console.log('Not tried, since it takes root: that the commands which are printed mend the sandbox.');

const launch = (program: string) => launchElectron({ program, root: dirname(program), env: process.env });
const FORBIDDEN = 'its sandbox is not permitted on this system';

describe.runIf(onLinux)('a sandbox that cannot start', () => {
  it.each<[SandboxFailure, string]>([
    ['root', 'its sandbox cannot be used by the root user; start Coreloom as another user'],
    ['helper', FORBIDDEN],
    ['namespaces', FORBIDDEN],
  ])('is told in words, not by its signal (%s)', async (failure, reason) => {
    const program = failingSandbox(failure);
    expect(spawnSync(program, { stdio: 'ignore' }).signal).toBe('SIGTRAP');
    const result = await launch(program);
    expect(result).toMatchObject({ state: 'not-started', reason });
    expect(JSON.stringify(result)).not.toContain('--no-sandbox');
  });

  it.runIf(asRoot)('starts once the commands that are printed have been run', async () => {
    const program = failingSandbox('helper');
    const { remedy } = (await launch(program)) as { remedy: string[] };
    const commands = remedy.filter((line) => line.startsWith('  sudo '));
    expect(commands.join('\n')).toContain(join('dist', 'chrome-sandbox'));
    for (const command of commands) execSync(command.replace('sudo ', ''));
    expect(await launch(program)).toEqual({ state: 'ended', code: 0 });
  });
});
