/**
 * Signals all of the group that a process leads, where the system has groups. Never throws: it may have ended, and
 * nobody be left.
 */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (process.platform === 'win32' || pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left.
  }
}
