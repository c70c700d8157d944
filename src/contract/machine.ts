import type { MachineInfo } from './schemas';

/** How many cores this process may run on, whatever a quota grants of their time: all where it is not known. */
export function allowedCoreCount({ limits, hardwareThreads }: Pick<MachineInfo, 'limits' | 'hardwareThreads'>): number {
  return limits.allowedCores?.length ?? hardwareThreads;
}
