import { CoreloomError, THREAD_HOSTS, type ThreadHost } from '../contract';

/** The variable that says where the threads of built-in workloads live. */
const VARIABLE = 'CORELOOM_THREAD_HOST';

/** The variable that switches off that idle threads in a process of their own are kept for the next run. */
const KEEP = 'CORELOOM_KEEP_THREADS';

/** Whether threads are kept from run to run, from the environment; default: yes. Throws `bad-input`. */
export function keepsThreads(environment: NodeJS.ProcessEnv): boolean {
  const wanted = environment[KEEP] ?? '';
  if (!['', '0', '1'].includes(wanted))
    throw new CoreloomError('bad-input', `${KEEP} must be 0 or 1, or not set; it is ${wanted}.`);
  return wanted !== '0';
}

/**
 * Where the desktop's threads live, from its environment. Default on Windows: in a process of their own, since threads
 * that come and go have ended an Electron there (electron/electron#47986). Default elsewhere: in the engine's. Throws
 * `bad-input`.
 */
export function chooseThreadHost(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): ThreadHost {
  const wanted = environment[VARIABLE];
  if (wanted === undefined || wanted === '') return platform === 'win32' ? 'own-process' : 'engine';
  const found = THREAD_HOSTS.find((host) => host === wanted);
  if (found !== undefined) return found;
  throw new CoreloomError(
    'bad-input',
    `${VARIABLE} must be ${THREAD_HOSTS.join(' or ')}, or not set; it is ${wanted}.`,
  );
}
