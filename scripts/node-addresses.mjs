import { readFileSync } from 'node:fs';

/** What loading Coreloom, its sampler and one thread take beyond Node itself, MiB; with less V8 aborts in words of its own. */
const NEEDED_MIB = 1_024;

/** A sentence where this process has too little address space left to run Coreloom (RLIMIT_AS, setrlimit(2)), else null. */
export function tooFewAddresses(read = (path) => readFileSync(path, 'latin1')) {
  try {
    // In bytes, or `unlimited`; in KiB (proc_pid_limits(5), proc_pid_status(5)).
    const limitMib = Number(/^Max address space\s+(\S+)/m.exec(read('/proc/self/limits'))?.[1]) / 2 ** 20;
    const takenMib = Number(/^VmSize:\s*(\d+)/m.exec(read('/proc/self/status'))?.[1]) / 2 ** 10;
    return limitMib - takenMib < NEEDED_MIB ? sentence(limitMib, takenMib) : null;
  } catch {
    // Only Linux tells.
    return null;
  }
}

function sentence(limitMib, takenMib) {
  const least = Math.ceil((takenMib + NEEDED_MIB) / 256) * 256;
  return `The address space of this process is limited to ${Math.round(limitMib)} MiB (ulimit -v), and Node alone needs ${Math.round(takenMib)} MiB; raise the limit to ${least} MiB or more.`;
}
