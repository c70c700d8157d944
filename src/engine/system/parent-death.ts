import { spawnSync, type ForkOptions } from 'node:child_process';

/** Of util-linux; other systems and older versions have none that can. */
const SETPRIV = '/usr/bin/setpriv';
let works: boolean | null = null;

/**
 * Options of a fork that the kernel signals when this process ends (Linux, by prctl(2)): one that is suspended then is
 * killed, or continues to see by itself that its parent is gone. Elsewhere a plain fork.
 */
export function toldOfDeath(
  signal: 'KILL' | 'CONT',
  execArgv: string[] = [],
): Pick<ForkOptions, 'execPath' | 'execArgv'> {
  works ??=
    process.platform === 'linux' &&
    spawnSync(SETPRIV, ['--pdeathsig', signal, '/proc/self/exe', '--version'], { stdio: 'ignore' }).status === 0;
  return works ? { execPath: SETPRIV, execArgv: ['--pdeathsig', signal, process.execPath, ...execArgv] } : { execArgv };
}
