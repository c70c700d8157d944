import { spawnSync } from 'node:child_process';
import { ownerName } from '../../src/engine/system/process-owner';

const PARTS = ['machine', 'boot', 'namespace', 'pid', 'start'] as const;

/** The name of this process as an owner, with some of its parts changed. */
export function ownerWith(change: Partial<Record<(typeof PARTS)[number], string>>): string {
  return ownerName()
    .split('-')
    .map((own, at) => change[PARTS[at] ?? 'machine'] ?? own)
    .join('-');
}

/** The name of a process that has ended. */
export function endedOwner(): string {
  return ownerWith({ pid: String(spawnSync(process.execPath, ['-e', '']).pid), start: '1' });
}
