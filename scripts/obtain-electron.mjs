import { electronVersion, fetchElectron, findElectron, namedElectron } from './find-electron.mjs';

/** Whether a window can be shown here. */
export function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Electron's program: the one that is here, else the one that is fetched now. Answers `{ program }`, or `{ reason }` with
 * the beginning of a sentence. `say` is given what the user waits for; aborting `signal` ends the fetching.
 */
export async function obtainElectron({ root, env = process.env, signal, say }) {
  if (!hasDisplay(env)) return { reason: 'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)' };
  const program = findElectron({ root, env });
  if (program !== null) return { program };
  const named = namedElectron(env);
  if (named !== null) return { reason: `${named} is set to ${env[named]}, but there is no Electron` };
  if (env.CORELOOM_NO_DOWNLOAD) return { reason: 'Electron is missing and CORELOOM_NO_DOWNLOAD is set' };
  return fetchNow({ root, env, signal, say });
}

async function fetchNow({ root, env, signal, say }) {
  const name = `Electron ${electronVersion(root) ?? ''}`.trim();
  const progress = progressLine(`Downloading ${name} (only once, about 110 MB)`, say);
  const installer = env.CORELOOM_ELECTRON_INSTALLER;
  const result = await fetchElectron({ root, env, installer, limits: limits(env), progress: progress.show, signal });
  progress.end();
  if (!result.ok) return { reason: `Electron could not be downloaded: ${result.reason}` };
  const program = findElectron({ root, env });
  return program === null ? { reason: 'Electron was downloaded but is incomplete' } : { program };
}

/** Shorter limits for tests and for the impatient: `CORELOOM_FETCH_LIMIT_S`, in seconds, for all of it. */
function limits(env) {
  const seconds = Number(env.CORELOOM_FETCH_LIMIT_S);
  return seconds > 0 ? { stallMs: Math.min(20_000, seconds * 1000), totalMs: seconds * 1000 } : undefined;
}

/** One line that grows on a terminal, one line in all elsewhere. */
function progressLine(title, say) {
  const live = process.stderr.isTTY;
  if (live) process.stderr.write(`${title}…`);
  else say(`${title}…`);
  return {
    show(bytes) {
      if (live) process.stderr.write(`\r${title}: ${Math.round(bytes / 1e6)} MB `);
    },
    end() {
      if (live) process.stderr.write('\n');
    },
  };
}
