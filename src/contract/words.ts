import type { CompareEnd, ContenderName, PairReport, TimeParts } from './compare';
import type { ExecutorName } from './executor';
import type { LawFit, ScaleEnd } from './scale';
import type { IpcWay, LabName, RaceMethod } from './lab';
import type { Holds } from './scorecard';

// Names that reports, screens and the command share: one thing is called one way everywhere.

/** Executors as a reader knows them. */
export const EXECUTOR_TITLES: Record<ExecutorName, string> = {
  sequential: 'sequential',
  threads: 'threads',
  processes: 'processes',
  'python-threads': 'Python threads',
  'python-processes': 'Python processes',
  'python-interpreters': 'Python interpreters',
};

/** Contenders of a comparison as a reader knows them. */
export const CONTENDER_TITLES: Record<ContenderName, string> = { ...EXECUTOR_TITLES, 'python-sequential': 'sequential Python' };

/** The parts of a life in their order. */
export const TIME_PARTS: readonly { key: Exclude<keyof TimeParts, 'wholeMs'>; title: string }[] = [
  { key: 'spawnMs', title: 'Spawn' },
  { key: 'firstTaskMs', title: 'First task' },
  { key: 'computeMs', title: 'Compute' },
  { key: 'serializeMs', title: 'Serialize' },
  { key: 'transferMs', title: 'Transfer' },
  { key: 'waitingMs', title: 'Waiting' },
  { key: 'teardownMs', title: 'Teardown' },
];

/** What ended the rounds of a comparison. */
export const COMPARE_ENDS: Record<CompareEnd, string> = {
  stable: 'stopped there: every ratio was within 2.5 %',
  'rounds-done': 'as many as were asked for',
  'round-limit': 'the limit: a ratio was still beyond 2.5 %',
  'time-limit': 'the time limit: a ratio was still beyond 2.5 %',
  stopped: 'stopped before its end',
  failed: 'ended by a failure',
};

/** What a pair of contenders came to. */
export const PAIR_VERDICTS: Record<PairReport['verdict'], string> = {
  faster: 'faster',
  slower: 'slower',
  'no-difference': 'no difference shown',
  'too-few-rounds': 'too few rounds to say',
};

/** The laws of scaling. */
export const LAW_TITLES: Record<LawFit['law'], string> = { amdahl: 'Amdahl', usl: 'Universal' };

/** Why no number of workers is recommended. */
export const NO_RECOMMENDATION = {
  crowded: 'Something else used the cores: measure again when this machine is quiet.',
  few: 'Too few worker counts were measured to recommend one.',
} as const;

/** What ended the repetitions of a scaling experiment. */
export const SCALE_ENDS: Record<ScaleEnd, string> = {
  narrow: 'stopped there: every interval was within 2.5 %',
  'repetitions-done': 'as many as were asked for',
  'repetition-limit': 'the limit: an interval was still beyond 2.5 %',
  'time-limit': 'the time limit: an interval was still beyond 2.5 %',
  stopped: 'stopped before its end',
  failed: 'ended by a failure',
};

/** Labs by what they look at. */
export const LAB_TITLES: Record<LabName, string> = { ipc: 'Hand-over (IPC)', race: 'Races', memory: 'Memory', startup: 'Start-up' };

/** Ways for bytes to reach another worker. */
export const IPC_WAY_TITLES: Record<IpcWay, string> = {
  clone: 'structured clone',
  transfer: 'transfer',
  shared: 'SharedArrayBuffer',
  'fork-json': 'fork, JSON',
  'fork-advanced': 'fork, advanced',
  'python-thread-queue': 'Python queue.Queue',
  'python-queue': 'Python Queue',
  'python-pipe': 'Python Pipe',
  'python-shared': 'Python shared_memory',
};

/** How workers increment one counter. */
export const RACE_METHOD_TITLES: Record<RaceMethod, string> = { unlocked: 'unlocked', atomics: 'Atomics', lock: 'a lock', separate: 'each its own' };

/** Whether a claim holds. */
export const HOLDS_TITLES: Record<Holds, string> = { yes: 'yes', no: 'no', 'not-shown': 'not shown' };
