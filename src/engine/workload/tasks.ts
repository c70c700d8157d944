import type { PreparedValues, TaskContext, TaskInput, Workload } from './workload';

/**
 * Where each workload is: a worker loads that whose tasks it is to run, before it is ready, and none of the others nor of what
 * they need (network, databases, cryptography).
 */
const PARTS: Readonly<Record<string, () => Promise<Workload>>> = {
  sha256: async () => (await import('./sha256')).sha256,
  pbkdf2: async () => (await import('./pbkdf2')).pbkdf2,
  primes: async () => (await import('./primes')).primes,
  mandelbrot: async () => (await import('./mandelbrot')).mandelbrot,
  matmul: async () => (await import('./matmul')).matmul,
  kmeans: async () => (await import('./kmeans')).kmeans,
  sort: async () => (await import('./sort')).sort,
  group: async () => (await import('./group')).group,
  sleep: async () => (await import('./sleep')).sleep,
  files: async () => (await import('./files')).files,
  sql: async () => (await import('./sql')).sql,
  http: async () => (await import('./http')).http,
  'fetch-and-hash': async () => (await import('./fetch-and-hash')).fetchAndHash,
  scan: async () => (await import('./scan')).scan,
  count: async () => (await import('./count')).count,
};

const loaded = new Map<string, Workload>();

/** Loads a workload, so that no task has to wait for it. Throws `unknown-workload`. */
export async function load(name: string): Promise<Workload> {
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  // The registry knows all names and says the likely one.
  const workload = part === undefined ? (await import('./registry')).findWorkload(name) : await part();
  loaded.set(name, workload);
  return workload;
}

/** Has the threads of this process share what the engine prepared for a workload. Throws `unknown-workload`. */
export async function share(name: string, values: PreparedValues): Promise<void> {
  (await load(name)).share?.(values);
}

/**
 * What worker threads and forked processes call for each task: does the work and answers its checksum. Throws
 * `unknown-workload`; sizes were checked before the task was sent.
 */
export function run(argument: TaskInput, context: TaskContext): number | Promise<number> {
  const workload = loaded.get(argument.workload);
  return workload === undefined
    ? load(argument.workload).then((one) => one.run(argument, context))
    : workload.run(argument, context);
}
