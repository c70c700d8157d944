import { ThreadWorker } from 'poolifier';
import { run } from './tasks.mjs';

export default new ThreadWorker(run, { maxInactiveTime: 60_000 });
