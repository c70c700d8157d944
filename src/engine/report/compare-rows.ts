import type { CompareReport, ContenderReport, Estimate } from '../../contract';

type Cell = string | number | null | undefined;

/** Every round of every contender, as measured. */
export function* roundRows({ contenders, orders }: CompareReport): Generator<Cell[]> {
  yield ['round', 'contender', 'place_in_round', 'makespan_ms', 'cpu_ms', 'run_queue_ms', 'deaths'];
  for (const { contender, rounds } of contenders) {
    for (const [at, round] of rounds.round.entries()) {
      const place = (orders[round]?.indexOf(contender) ?? -1) + 1;
      yield [round, contender, place > 0 ? place : null, rounds.makespanMs[at], rounds.cpuMs[at], rounds.runQueueMs[at], rounds.deaths[at]];
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
  ['cores_busy', ({ coresBusy }) => coresBusy],
  ['running_p50_ms', ({ running }) => running?.p50Ms],
  ['running_p95_ms', ({ running }) => running?.p95Ms],
  ['running_p99_ms', ({ running }) => running?.p99Ms],
  ['start_up_ms', ({ startUpMs }) => startUpMs],
  ['hand_over_us', ({ handOverUs }) => handOverUs],
  ['resident_bytes', ({ memory }) => memory?.residentBytes],
  ['proportional_bytes', ({ memory }) => memory?.proportionalBytes],
  ['life_ms', ({ parts }) => parts?.wholeMs],
  ['spawn_ms', ({ parts }) => parts?.spawnMs],
  ['first_task_ms', ({ parts }) => parts?.firstTaskMs],
  ['compute_ms', ({ parts }) => parts?.computeMs],
  ['serialize_ms', ({ parts }) => parts?.serializeMs],
  ['transfer_ms', ({ parts }) => parts?.transferMs],
  ['waiting_ms', ({ parts }) => parts?.waitingMs],
  ['teardown_ms', ({ parts }) => parts?.teardownMs],
  ['failure', ({ failure }) => failure?.message],
];

function interval(name: string, pick: (contender: ContenderReport) => Estimate | null): [string, (contender: ContenderReport) => Cell][] {
  return [
    [name, (contender) => pick(contender)?.value],
    [`${name}_low`, (contender) => pick(contender)?.low],
    [`${name}_high`, (contender) => pick(contender)?.high],
  ];
}

/** Every contender with its figures; an empty cell is a value that is not available. */
export function* contenderRows({ contenders }: CompareReport): Generator<Cell[]> {
  yield COLUMNS.map(([name]) => name);
  for (const contender of contenders) yield COLUMNS.map(([, pick]) => pick(contender));
}
