import { MODULE_WORKLOAD, type WorkloadInfo, type WorkloadKind } from '../../../contract';

/** What the work does, as its author would say it. */
export interface Question {
  name: 'computes' | 'waits' | 'own';
  title: string;
  says: [string, string];
  /** The kinds of workloads that are examples of it. */
  kinds: readonly WorkloadKind[];
}

export const QUESTIONS: readonly Question[] = [
  {
    name: 'computes',
    title: 'It computes',
    says: ['Hashing, parsing, images, numbers.', 'A core is busy all the time.'],
    kinds: ['cpu'],
  },
  {
    name: 'waits',
    title: 'It waits',
    says: ['Network, disk, timers.', 'A core is idle most of the time.'],
    kinds: ['io', 'mixed'],
  },
  {
    name: 'own',
    title: 'My file',
    says: ['A module that exports a task:', 'JavaScript, TypeScript or Python.'],
    kinds: ['custom'],
  },
];

/** The question that a workload is an example of. */
export function questionOf(workload: string, known: readonly WorkloadInfo[]): Question {
  const kind = workload === MODULE_WORKLOAD ? 'custom' : known.find(({ name }) => name === workload)?.kind;
  const [first] = QUESTIONS as readonly [Question, ...Question[]];
  return QUESTIONS.find(({ kinds }) => kind !== undefined && kinds.includes(kind)) ?? first;
}

/** The workloads that are examples of it; those that only print have nothing to be answered. */
export function examplesOf({ kinds }: Question, known: readonly WorkloadInfo[]): WorkloadInfo[] {
  return known.filter(({ kind, prints }) => kinds.includes(kind) && !prints);
}
