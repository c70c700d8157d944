import type { ProcFiles } from '../tick/proc-files';

/** Memory of one process; null where the kernel does not say. */
export interface ProcessMemory {
  residentBytes: number;
  proportionalBytes: number | null;
  /** Pages that no other process has. */
  privateBytes?: number | null;
}

/** Parses `/proc/<pid>/smaps_rollup` (proc_pid_smaps(5)); null where it holds no resident set. */
export function parseSmapsRollup(text: string): ProcessMemory | null {
  const bytes = (name: string): number | null => {
    const match = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text);
    return match === null ? null : Number(match[1]) * 1024;
  };
  const residentBytes = bytes('Rss');
  const own = ['Private_Clean', 'Private_Dirty', 'Private_Hugetlb'].map(bytes).filter((size) => size !== null);
  const privateBytes = own.length > 0 ? own.reduce((sum, size) => sum + size, 0) : null;
  return residentBytes === null ? null : { residentBytes, proportionalBytes: bytes('Pss'), privateBytes };
}

/** Parses the resident set in `/proc/<pid>/status` (exact to some pages a core, proc_pid_status(5)). */
export function parseStatusResident(text: string): number | null {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(text);
  return match === null ? null : Number(match[1]) * 1024;
}

/** Reads a process's memory; null where it is gone or not ours to see. Walks its page tables: about 1 ms for a Node process. */
export function readProcessMemory(files: ProcFiles, pid: number): ProcessMemory | null {
  const folder = `/proc/${String(pid)}`;
  const rollup = parseSmapsRollup(files.read(`${folder}/smaps_rollup`) ?? '');
  files.release(`${folder}/smaps_rollup`);
  return rollup ?? readResident(files, pid);
}

function readResident(files: ProcFiles, pid: number): ProcessMemory | null {
  const path = `/proc/${String(pid)}/status`;
  const residentBytes = parseStatusResident(files.read(path) ?? '');
  files.release(path);
  return residentBytes === null ? null : { residentBytes, proportionalBytes: null };
}
