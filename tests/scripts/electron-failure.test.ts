import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whyNotStarted } from '../../scripts/electron-failure.mjs';
import { temporaryFolder } from '../support/folder';

const SWITCH = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';

/** What is said of a sandbox that fails, where AppArmor's switch stands so (null: there is none). */
function remedy(said: string, { program = '/opt/electron/electron', apparmor = null as string | null } = {}): string[] {
  const read = (file: string): string => {
    if (file !== SWITCH || apparmor === null) throw new Error('ENOENT');
    return apparmor;
  };
  const failed = whyNotStarted({ program, said, code: null, signal: 'SIGTRAP', read });
  expect(failed).toMatchObject({ state: 'not-started', reason: 'its sandbox is not permitted on this system' });
  return failed.remedy;
}

test('a sandbox that the system forbids comes with the commands that allow its helper, whatever its path', () => {
  const said =
    "FATAL:setuid_sandbox_host.cc The SUID sandbox helper binary was found, but is not configured correctly. You need to make sure that /opt/it's/chrome-sandbox is owned by root and has mode 4755.";
  expect(remedy(said)).toEqual([
    expect.stringContaining('once after each npm ci'),
    `  sudo chown root:root '/opt/it'\\''s/chrome-sandbox'`,
    `  sudo chmod 4755 '/opt/it'\\''s/chrome-sandbox'`,
  ]);
  expect(remedy('FATAL: No usable sandbox!', { apparmor: '0\n' })).toEqual([
    expect.any(String),
    "  sudo chown root:root '/opt/electron/chrome-sandbox'",
    "  sudo chmod 4755 '/opt/electron/chrome-sandbox'",
  ]);
});

test.runIf(process.platform !== 'win32')(
  'where AppArmor forbids it, the profile that permits it is shown too, for the file that a link leads to',
  () => {
    const folder = temporaryFolder();
    const program = join(folder, 'a "{b}"', 'electron');
    mkdirSync(join(program, '..'));
    writeFileSync(program, '');
    chmodSync(program, 0o755);
    symlinkSync(program, join(folder, 'electron'));
    const lines = remedy('FATAL: No usable sandbox!', { program: join(folder, 'electron'), apparmor: '1\n' });
    expect(lines.slice(3)).toEqual([
      'Or install an AppArmor profile for Electron (only once): save these lines as /etc/apparmor.d/coreloom-electron',
      '  abi <abi/4.0>,',
      '  include <tunables/global>',
      `  profile coreloom-electron "${folder}/a \\"\\{b\\}\\"/electron" flags=(unconfined) {`,
      '    userns,',
      '  }',
      'and load them: sudo apparmor_parser --replace /etc/apparmor.d/coreloom-electron',
    ]);
  },
);

test('switching the sandbox off is never advised', () => {
  for (const said of ['Running as root without --no-sandbox is not supported.', 'No usable sandbox! … --no-sandbox.']) {
    const { reason, remedy: lines } = whyNotStarted({ program: '/x', said, code: 1, signal: null, read: () => '1' });
    expect([reason, ...lines].join('\n')).not.toContain('--no-sandbox');
  }
});
