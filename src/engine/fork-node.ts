import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { asNode } from './system/environment';

/**
 * Forks a process of Node's that runs one of our own files; all such processes start here. Electron's program runs it as
 * Node by the environment, which Electron's own hook in `fork` sees to as well, but only where the path is a string.
 */
export function forkNode(
  entry: string,
  argv: readonly string[],
  options: ForkOptions & { env: NodeJS.ProcessEnv },
): ChildProcess {
  return fork(entry, argv, { ...options, env: asNode(options.env) });
}
