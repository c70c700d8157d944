import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const NO_SANDBOX = /sandbox helper binary|no usable sandbox|setuid sandbox/i;

const CAUSES = [
  [/error while loading shared libraries: ([^\s:]+)/, (match) => `the system library ${match[1]} is missing`],
  [
    /running as root without --no-sandbox/i,
    () => 'its sandbox cannot be used by the root user; start Coreloom as another user',
  ],
  [NO_SANDBOX, () => 'its sandbox is not permitted on this system'],
  [
    /missing x server|cannot open display|unable to open x display|failed to connect to wayland/i,
    () => 'the display cannot be reached',
  ],
  [/exec format error|cannot execute/i, () => 'it was built for another processor architecture'],
];

/** Why Electron never came to a window: half a sentence, and lines that say what to do where that is known. */
export const notStarted = (reason, remedy = []) => ({ state: 'not-started', reason, remedy });

/** The same of one that ended with `code` or by `signal`, from what it `said` on standard error. */
export function whyNotStarted({ program, said, code, signal, read = readFileSync }) {
  for (const [pattern, reason] of CAUSES) {
    const match = pattern.exec(said);
    if (match) return notStarted(reason(match), pattern === NO_SANDBOX ? sandboxRemedy(program, said, read) : []);
  }
  const how = signal
    ? `it ended by ${signal} before its window was open`
    : `it ended with code ${code} before its window was open`;
  const last = lastWords(said);
  return notStarted(last === null ? how : `${how}; its last output was "${last}"`);
}

/** Of Electron's own lines, the last that is no stack; an error box before there is a screen is written there in colours. */
function lastWords(said) {
  const lines = stripVTControlCharacters(said)
    .split('\n')
    .map((line) => line.trim());
  const last = lines.filter((line) => line !== '' && !/^(at |#\d)/.test(line)).at(-1);
  return last === undefined
    ? null
    : [...last]
        .filter((character) => character >= ' ')
        .join('')
        .replace(/[.\s]+$/, '')
        .slice(0, 200);
}

/**
 * Ubuntu 23.10 and later forbid programs without an AppArmor profile the namespaces of Chromium's sandbox: its helper works
 * without them, and a profile permits them.
 */
function sandboxRemedy(program, said, read) {
  const helper = /make sure that (\S*chrome-sandbox)/.exec(said)?.[1] ?? join(dirname(program), 'chrome-sandbox');
  const path = `'${helper.replaceAll("'", "'\\''")}'`;
  return [
    'Electron’s sandbox helper must be owned by root and setuid root. Run these commands once after each npm ci:',
    `  sudo chown root:root ${path}`,
    `  sudo chmod 4755 ${path}`,
    ...(appArmorForbids(read) ? profileRemedy(program) : []),
  ];
}

/** Whether AppArmor keeps namespaces from programs that it does not know. */
function appArmorForbids(read) {
  try {
    return String(read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')).trim() === '1';
  } catch {
    return false;
  }
}

/** The profile is that of Ubuntu for Chromium's relatives: it permits namespaces, and forbids nothing. */
function profileRemedy(program) {
  const file = '/etc/apparmor.d/coreloom-electron';
  return [
    `Or install an AppArmor profile for Electron (only once): save these lines as ${file}`,
    '  abi <abi/4.0>,',
    '  include <tunables/global>',
    `  profile coreloom-electron "${inProfile(program)}" flags=(unconfined) {`,
    '    userns,',
    '  }',
    `and load them: sudo apparmor_parser --replace ${file}`,
  ];
}

/** A path as apparmor.d(5) reads it between quotation marks, where links are followed and some characters are patterns. */
function inProfile(program) {
  let path = program;
  try {
    path = realpathSync(program);
  } catch {
    // Named as it was started.
  }
  return path.replaceAll(/[\\"{}[\]*?^]/g, '\\$&');
}
