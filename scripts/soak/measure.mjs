// What a server holds of the machine (Linux): memory, handles, processes, threads, and what lies in its folders.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every process beneath `pid`. */
export function beneath(pid) {
  const children = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = statOf(name);
    if (stat !== null)
      children.set(stat.parent, [...(children.get(stat.parent) ?? []), { pid: Number(name), ...stat }]);
  }
  const below = (of) => (children.get(of) ?? []).flatMap((child) => [child, ...below(child.pid)]);
  return below(pid);
}

function statOf(pid) {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
}

/** The figures of a server and its folders: `{ data, temporary, runtime }`. */
export function measure(pid, folders) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const processes = beneath(pid);
  return {
    residentMib: Math.round(field('VmRSS') / 1024),
    handles: handles(pid).length,
    threads: field('Threads'),
    processes: processes.length,
    zombies: processes.filter(({ state }) => state === 'Z').length,
    files: folders.flatMap((folder) => files(folder)).filter((path) => !/[\\/](reports|trash)[\\/][^/\\]*$/.test(path))
      .length,
  };
}

/** What the open handles of a process are. */
export function handles(pid) {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`).replace(/\d+/g, 'N')];
    } catch {
      return [];
    }
  });
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}
