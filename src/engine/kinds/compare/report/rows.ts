import type { CompareReport, ContenderReport, PairReport, TimeParts } from '../../../../contract';
import type { Cell } from '../../../report/reads';

/** Every round of every contender, as measured. */
export function* roundRows({ contenders, orders }: CompareReport): Generator<Cell[]> {
  yield [
    'round',
    'contender',
    'place_in_round',
    'makespan_ms',
    'cpu_ms',
    'off_thread_cpu_ms',
    'run_queue_ms',
    'deaths',
  ];
  for (const { contender, rounds } of contenders) {
    for (const [at, round] of rounds.round.entries()) {
      const place = (orders[round]?.indexOf(contender) ?? -1) + 1;
      yield [
        round,
        contender,
        place > 0 ? place : null,
        rounds.makespanMs[at],
        rounds.cpuMs[at],
        rounds.offThreadCpuMs[at],
        rounds.runQueueMs[at],
        rounds.deaths[at],
      ];
    }
  }
}

const COLUMNS: [string, (contender: ContenderReport) => Cell][] = [
  ['contender', ({ contender }) => contender],
  ['thread_host', ({ threadHost }) => threadHost],
  ['workers', ({ workers }) => workers],
  ['rounds', ({ rounds }) => rounds.round.length],
  ...interval('makespan_median_ms', ({ makespanMs }) => makespanMs),
  ...interval('speed_up', ({ speedUp }) => speedUp),
  ['speed_up_against', ({ speedUp }) => speedUp?.against],
  ['efficiency', ({ efficiency }) => efficiency],
  ['cpu_ms', ({ cpuMs }) => cpuMs],
  ['off_thread_cpu_ms', ({ offThreadCpuMs }) => offThreadCpuMs],
  ['run_queue_ms', ({ runQueueMs }) => runQueueMs],
  ['cores_busy', ({ coresBusy }) => coresBusy],
  ['running_p50_ms', ({ running }) => running?.p50Ms],
  ['running_p95_ms', ({ running }) => running?.p95Ms],
  ['running_p99_ms', ({ running }) => running?.p99Ms],
  ['start_up_ms', ({ startUpMs }) => startUpMs],
  ['hand_over_us', ({ handOverUs }) => handOverUs],
  ['resident_bytes', ({ memory }) => memory?.residentBytes],
  ['proportional_bytes', ({ memory }) => memory?.proportionalBytes],
  ['lives', ({ parts, lives }) => (parts ? (lives?.count ?? 1) : null)],
  ...part('life_ms', 'wholeMs'),
  ...part('spawn_ms', 'spawnMs'),
  ...part('first_task_ms', 'firstTaskMs'),
  ...part('compute_ms', 'computeMs'),
  ...part('serialize_ms', 'serializeMs'),
  ...part('transfer_ms', 'transferMs'),
  ...part('waiting_ms', 'waitingMs'),
  ...part('teardown_ms', 'teardownMs'),
  ['failure', ({ failure }) => failure?.message],
];

function interval(
  name: string,
  pick: (contender: ContenderReport) => PairReport['ratio'] | null,
): [string, (contender: ContenderReport) => Cell][] {
  return [
    [name, (contender) => pick(contender)?.value],
    [`${name}_low`, (contender) => pick(contender)?.low],
    [`${name}_high`, (contender) => pick(contender)?.high],
  ];
}

/** The mean of the lives with its interval. */
function part(name: string, key: keyof TimeParts): [string, (contender: ContenderReport) => Cell][] {
  return [
    [name, ({ parts }) => parts?.[key]],
    [`${name}_low`, ({ lives }) => lives?.intervals?.[key]?.low],
    [`${name}_high`, ({ lives }) => lives?.intervals?.[key]?.high],
  ];
}

/** How busy each logical CPU was in the rounds of a contender, used by any program: one column for each that any of them tells of. */
function coreColumns(contenders: readonly ContenderReport[]): [string, (contender: ContenderReport) => Cell][] {
  const all = new Set(contenders.flatMap(({ cores }) => cores?.cores ?? []));
  return [...all]
    .sort((a, b) => a - b)
    .map((core) => [`core_${String(core)}_busy_share_of_core`, ({ cores }) => cores?.busy[cores.cores.indexOf(core)]]);
}

/** Every contender with its figures; an empty cell is a value that is not available. */
export function* contenderRows({ contenders }: CompareReport): Generator<Cell[]> {
  const columns = [...COLUMNS, ...coreColumns(contenders)];
  yield columns.map(([name]) => name);
  for (const contender of contenders) yield columns.map(([, pick]) => pick(contender));
}
