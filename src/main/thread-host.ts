import { CoreloomError, THREAD_HOSTS, type ThreadHost } from '../contract';

/** The variable that says where the threads of built-in workloads live. */
const VARIABLE = 'CORELOOM_THREAD_HOST';

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
