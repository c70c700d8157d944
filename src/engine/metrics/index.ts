export { createSampler, type SamplerOptions } from './sampler';
export type { Sampler, WatchedWorker } from './types';
