import { ClusterWorker } from 'poolifier';
import { run } from './tasks.mjs';

export default new ClusterWorker(run, { maxInactiveTime: 60_000 });
