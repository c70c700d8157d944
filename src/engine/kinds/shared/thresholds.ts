/** From fewer rounds an interval is the whole range of the data, and holds the median less often than it says. */
export const ENOUGH_ROUNDS = 6;
/** Of the ceiling, above which the cores are as good as used up. */
export const FULL = 0.85;
/** Of the cores that may be used, the share above which they are all busy, as exactly as CPU time is counted. */
export const ALL = 0.97;
/** Shorter looks say nothing about how busy cores were: a few ticks of the sampler, ms. */
export const SHORTEST_LOOK_MS = 450;
/** Cores busy between which several threads compute one at a time: more, and they do not; fewer, and they wait for something else as well. */
export const ONE_AT_A_TIME = { least: 0.75, most: 1.15 };
