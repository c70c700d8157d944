// Experiments of one row of a table, as many as are asked for at a time.
import { parentPort } from 'node:worker_threads';
import { HARD, NOISE } from './noise.mjs';
import { createRandom, experiment, former, planned } from './rules.mjs';

const RULES = { experiment, former, planned };

parentPort.on('message', ({ job, rule, contenders, noise, options, from, to }) => {
  const found = [];
  for (let at = from; at < to; at++) {
    // The same experiments for each row, whatever is run beside it.
    const random = createRandom(20_260_000 + at);
    found.push(RULES[rule](contenders, { ...NOISE, ...HARD }[noise], { ...options, random }));
  }
  parentPort.postMessage({ job, found });
});
parentPort.postMessage({ job: null, found: [] });
