import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

const at = (name) => join(import.meta.dirname, name);
/** Tasks in flight a worker where a pool can be told. */
const TUNED = 64;

async function coreloom(kind, { pools, workers }, entries) {
  const create = kind === 'threads' ? pools.createThreadPool : pools.createProcessPool;
  const pool = create({ entries: { ...entries, tasks: at('tasks.mjs') } });
  pool.resize(workers);
  await pool.ready();
  const valueOf = (outcome) => {
    if (outcome.state !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.value;
  };
  return {
    run: (task) => pool.submit(task).then(valueOf),
    move: (task, buffer) => pool.submit(task, { transfer: [buffer] }).then(valueOf),
    close: () => pool.close(),
    pool,
  };
}

async function piscina(options, { workers }) {
  const { Piscina } = await import('piscina');
  const pool = new Piscina({
    filename: at('worker-piscina.mjs'),
    minThreads: workers,
    maxThreads: workers,
    ...options,
  });
  return {
    run: (task) => pool.run(task),
    move: (task, buffer) => pool.run(task, { transferList: [buffer] }),
    close: () => pool.close({ force: true }),
  };
}

async function tinypool(options, { workers }) {
  const { default: Tinypool } = await import('tinypool');
  const pool = new Tinypool({
    filename: at('worker-piscina.mjs'),
    minThreads: workers,
    maxThreads: workers,
    ...options,
  });
  return {
    run: (task) => pool.run(task),
    move: (task, buffer) => pool.run(task, { transferList: [buffer] }),
    close: () => pool.destroy(),
  };
}

async function workerpool(workerType, { workers }) {
  const { default: library } = await import('workerpool');
  const pool = library.pool(at('worker-workerpool.mjs'), { workerType, minWorkers: workers, maxWorkers: workers });
  return {
    run: async (task) => pool.exec('run', [task]),
    move: async (task, buffer) => pool.exec('run', [task], { transfer: [buffer] }),
    close: () => pool.terminate(true),
  };
}

async function poolifier(kind, options, { workers }) {
  const { FixedClusterPool, FixedThreadPool } = await import('poolifier');
  const Pool = kind === 'threads' ? FixedThreadPool : FixedClusterPool;
  const pool = new Pool(
    workers,
    at(kind === 'threads' ? 'worker-poolifier-thread.mjs' : 'worker-poolifier-process.cjs'),
    options,
  );
  return {
    run: (task) => pool.execute(task),
    move: (task, buffer) => pool.execute(task, undefined, undefined, [buffer]),
    close: () => pool.destroy(),
  };
}

/** Not a pool: work is split beforehand, so that there is nothing to hand over. It bounds what a pool can reach. */
async function raw(kind, { workers }) {
  const all = Array.from({ length: workers }, () =>
    kind === 'threads' ? new Worker(at('worker-raw.mjs')) : fork(at('worker-raw.mjs')),
  );
  const ask = (worker, message) => {
    const answer = once(worker, 'message');
    if (kind === 'threads') worker.postMessage(message);
    else worker.send(message);
    return answer;
  };
  await Promise.all(all.map((worker) => ask(worker, { task: { kind: 'echo', value: 1 }, times: 1 })));
  return {
    run: async (task) => (await ask(all[0], { task, times: 1 }))[0],
    split: (task, times) => Promise.all(all.map((worker) => ask(worker, { task, times: times / workers }))),
    close: () => Promise.all(all.map((worker) => (kind === 'threads' ? worker.terminate() : worker.kill()))),
  };
}

const tunedPoolifier = {
  enableTasksQueue: true,
  tasksQueueOptions: { concurrency: TUNED, tasksStealingOnBackPressure: false },
};

/** Name, kind, group and how to start each: `ours` is measured, `peer` compared with, `raw` the bound, and `unstamped` is ours without a clock read for each task. */
export const CONTENDERS = [
  {
    name: 'coreloom',
    kind: 'threads',
    group: 'ours',
    start: (context) => coreloom('threads', context, context.entries),
  },
  {
    name: 'unstamped',
    kind: 'threads',
    group: 'unstamped',
    start: (context) => coreloom('threads', context, context.unstamped),
  },
  { name: 'piscina', kind: 'threads', group: 'peer', start: (context) => piscina({}, context) },
  {
    name: 'piscina tuned',
    kind: 'threads',
    group: 'peer',
    start: (context) => piscina({ concurrentTasksPerWorker: TUNED, recordTiming: false }, context),
  },
  { name: 'tinypool', kind: 'threads', group: 'peer', start: (context) => tinypool({}, context) },
  {
    name: 'tinypool tuned',
    kind: 'threads',
    group: 'peer',
    start: (context) => tinypool({ concurrentTasksPerWorker: TUNED }, context),
  },
  { name: 'workerpool', kind: 'threads', group: 'peer', start: (context) => workerpool('thread', context) },
  { name: 'poolifier', kind: 'threads', group: 'peer', start: (context) => poolifier('threads', {}, context) },
  {
    name: 'poolifier tuned',
    kind: 'threads',
    group: 'peer',
    start: (context) => poolifier('threads', tunedPoolifier, context),
  },
  { name: 'raw', kind: 'threads', group: 'raw', start: (context) => raw('threads', context) },
  {
    name: 'coreloom',
    kind: 'processes',
    group: 'ours',
    start: (context) => coreloom('processes', context, context.entries),
  },
  {
    name: 'unstamped',
    kind: 'processes',
    group: 'unstamped',
    start: (context) => coreloom('processes', context, context.unstamped),
  },
  {
    name: 'tinypool',
    kind: 'processes',
    group: 'peer',
    start: (context) => tinypool({ runtime: 'child_process' }, context),
  },
  {
    name: 'tinypool tuned',
    kind: 'processes',
    group: 'peer',
    start: (context) => tinypool({ runtime: 'child_process', concurrentTasksPerWorker: TUNED }, context),
  },
  { name: 'workerpool', kind: 'processes', group: 'peer', start: (context) => workerpool('process', context) },
  { name: 'poolifier', kind: 'processes', group: 'peer', start: (context) => poolifier('processes', {}, context) },
  {
    name: 'poolifier tuned',
    kind: 'processes',
    group: 'peer',
    start: (context) => poolifier('processes', tunedPoolifier, context),
  },
  { name: 'raw', kind: 'processes', group: 'raw', start: (context) => raw('processes', context) },
];

/** The pools of another build, as the only peers: this build is held against that one, round by round. */
export const beforeAfter = (before) => [
  ...CONTENDERS.filter(({ group }) => group === 'ours'),
  ...['threads', 'processes'].map((kind) => ({
    name: 'before',
    kind,
    group: 'peer',
    start: (context) => coreloom(kind, { ...context, pools: before.pools }, before.entries),
  })),
];
