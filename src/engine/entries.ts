import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Files that run in a worker thread or a process of their own, as built. */
export interface Entries {
  /** Child half of the thread pool. */
  thread: string;
  /** Owns the threads of a thread pool that is to be a process of its own. */
  threadHost: string;
  /** Child half of the process pool. */
  fork: string;
  /** The module whose `run` both of them call for each task: the workload registry. */
  tasks: string;
  /** What a worker loads to run tasks of the user's own module. */
  moduleTasks: string;
  /** Looks at such a module in a process of its own. */
  moduleInspect: string;
  /** Ends forked workers when their parent was killed. */
  guard: string;
  sampler: string;
  /** The server that workloads send requests to. */
  httpServer: string;
  /** The side of Node in the labs, its workers, and the side of Python. */
  lab: string;
  labWorker: string;
  labPython: string;
}

/** Where the build puts the entries: all flat in one folder. */
export function builtEntries(folder: string): Entries {
  const at = (name: string): string => join(folder, `${name}.js`);
  return {
    thread: at('thread'),
    threadHost: at('thread-host'),
    fork: at('fork'),
    tasks: at('tasks'),
    moduleTasks: at('module-tasks'),
    moduleInspect: at('module-inspect'),
    guard: at('guard'),
    sampler: at('sampler'),
    httpServer: at('http-server'),
    lab: at('lab'),
    labWorker: at('lab-worker'),
    labPython: join(pythonFolder(folder), 'lab.py'),
  };
}

/**
 * The folder of the Python host, from the folder of the built entries: beside `out/` in the source tree and in the
 * package, and outside the archive in the packaged app, since Python cannot read in there.
 */
export function pythonFolder(folder: string): string {
  const beside = join(folder, '..', '..', 'resources', 'python');
  const unpacked = beside.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
  const { resourcesPath } = process as { resourcesPath?: string };
  const places = [unpacked, ...(resourcesPath === undefined ? [] : [join(resourcesPath, 'python')])];
  return places.find((place) => existsSync(join(place, 'host.py'))) ?? unpacked;
}
