import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Systeminformation } from 'systeminformation';
import { cpu } from 'systeminformation/lib/cpu.js';
import { osInfo } from 'systeminformation/lib/osinfo.js';
import type { MachineFacts } from '../messages';
import type { ReadText } from '../slow/frequency';
import { within } from '../within';
import { readCgroupLimits } from './cgroup';
import { readLimits } from './limits';
import { kinds, readTopology, type Topology } from './topology';

/** systeminformation starts programs for these; one that hangs must not keep the rest from being told. */
const DEADLINE_MS = 10_000;

/** Where a program is missing, systeminformation answers "unknown" or nothing. */
const known = (text: string | undefined): string | null =>
  !text || /^unknown$/i.test(text.trim()) ? null : text.trim();

function model(info: Systeminformation.CpuData | null): string {
  const parts = [known(info?.manufacturer), known(info?.brand)].filter((part) => part !== null);
  return known(cpus()[0]?.model) ?? known(parts.join(' ')) ?? `${arch()} processor of unknown model`;
}

/** Off Linux; there its counts of cores fall back silently to the number of hardware threads. */
function topologyOf(info: Systeminformation.CpuData | null, hardwareThreads: number): Topology {
  const physicalCores = info !== null && info.physicalCores > 0 ? info.physicalCores : null;
  const [performance, efficiency] = [info?.performanceCores ?? 0, info?.efficiencyCores ?? 0];
  return {
    physicalCores,
    threadsPerCore: physicalCores === null ? null : Math.max(1, Math.round(hardwareThreads / physicalCores)),
    coreKinds:
      process.platform === 'darwin' && performance > 0 && efficiency > 0 ? kinds(performance, efficiency) : null,
    governor: null,
    topology: null,
  };
}

/** Name and version of the system for people: `Debian GNU/Linux 12 (bookworm), Linux 6.1.0`. */
export function osName(osRelease: string | null, kernel: string): string {
  const pretty = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(osRelease ?? '')?.[1];
  return pretty ? `${pretty}, ${kernel}` : kernel;
}

async function readOs(read: ReadText): Promise<string> {
  const kernel = `${type()} ${release()}`;
  // systeminformation also asks the network for this machine's name: not where a file will do.
  if (process.platform === 'linux') return osName(read('/etc/os-release') ?? read('/usr/lib/os-release'), kernel);
  const info = await within(osInfo(), DEADLINE_MS);
  const name = [known(info?.distro), known(info?.release)].filter((part) => part !== null).join(' ');
  return name === '' ? kernel : `${name}, ${kernel}`;
}

/** Everything that is known of the machine but versions and clock; what is not known is null. */
export async function readMachine(read: ReadText): Promise<MachineFacts> {
  // Without /proc there is no list of them, but how many this process may use is known.
  const hardwareThreads = Math.max(cpus().length, availableParallelism());
  // It starts five programs on Linux, where files tell the same.
  const isTold = process.platform === 'linux' && known(cpus()[0]?.model) !== null;
  const info = isTold ? null : await within(cpu(), DEADLINE_MS);
  const memoryBytes = totalmem();
  const { memory } = readCgroupLimits(read);
  const topology = process.platform === 'linux' ? readTopology(read) : topologyOf(info, hardwareThreads);
  return {
    cpuModel: model(info),
    ...topology,
    hardwareThreads,
    memoryBytes,
    memoryLimit: memory !== null && memory.bytes < memoryBytes ? memory : null,
    os: await readOs(read),
    arch: arch(),
    limits: readLimits({ read, hardwareThreads, availableParallelism: availableParallelism() }),
  };
}
