// Runs experiments on all cores, some at a time, and answers them by row.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Experiments that a worker is given at a time. */
const PORTION = 10;

/** Starts a worker for each core. `run` answers all experiments of a row, in no order. */
export function createCrew() {
  const portions = [];
  const idle = [];
  const jobs = new Map();
  const workers = Array.from({ length: availableParallelism() }, () => {
    const worker = new Worker(new URL('worker.mjs', import.meta.url));
    worker.on('message', ({ job, found }) => {
      jobs.get(job)?.take(found);
      idle.push(worker);
      deal();
    });
    worker.on('error', (error) => {
      throw error;
    });
    return worker;
  });
  const deal = () => {
    while (idle.length > 0 && portions.length > 0) idle.pop().postMessage(portions.shift());
  };
  return {
    run(row, experiments) {
      const job = jobs.size;
      for (let from = 0; from < experiments; from += PORTION)
        portions.push({ ...row, job, from, to: Math.min(experiments, from + PORTION) });
      return new Promise((resolve) => {
        const all = [];
        jobs.set(job, {
          take(found) {
            all.push(...found);
            if (all.length === experiments) resolve(all);
          },
        });
        deal();
      });
    },
    close: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
