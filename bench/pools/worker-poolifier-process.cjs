/* eslint-disable @typescript-eslint/no-require-imports --
   As an ES module it is loaded too late: the pool's first message is lost, and nothing is ever run. */
const { ClusterWorker } = require('poolifier');
const { run } = require('./tasks.cjs');

module.exports = new ClusterWorker(run, { maxInactiveTime: 60_000 });
