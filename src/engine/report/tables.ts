import {
  NONE,
  TIME_SHARES,
  duration,
  number,
  percentOf,
  proofSentence,
  type MachineInfo,
  type ObserverReport,
  type ReportBase,
  type TimeShares,
  type WorkloadReport,
} from '../../contract';
import { pythonRow } from './lock-rows';
import { machineRows, toldOffThread } from './words';

/** A table in words: the first column names the row. Markdown and HTML draw the same ones. */
export interface ReportTable {
  title: string;
  /** What the reader must know to read it. */
  note?: string;
  head: string[];
  rows: string[][];
  /** The columns that hold numbers, which are aligned to the right. Default: none. */
  numbers?: readonly number[];
  /** The column that holds sentences, which a terminal has no room for. */
  sentences?: number;
}

export interface KeyNumber {
  label: string;
  value: string;
  note: string;
}

/** What is meant by it. */
export const OFF_THREAD =
  '“Helper threads and child processes”: other threads of a worker’s process, and processes that tasks started.';

/** What was used off the tasks' threads, and its share of all that was used. */
export function offThreadRow(all: readonly Parameters<typeof toldOffThread>[0][]): string[] {
  const share = (used: (typeof all)[number]): string => {
    const said = percentOf(toldOffThread(used), 'all CPU time');
    return !used.offThreadCpuMs || said === NONE ? '' : ` (${said})`;
  };
  return [
    'CPU time of helper threads and child processes',
    ...all.map((used) => `${duration(used.offThreadCpuMs)}${share(used)}`),
  ];
}

/** Where the workers' time went, part by part; none where nobody's is known. */
export function shareRows(columns: readonly { shares: TimeShares | null }[]): string[][] {
  if (columns.every(({ shares }) => shares === null)) return [];
  return TIME_SHARES.map(({ key, title }) => [
    title,
    ...columns.map(({ shares }) => percentOf(shares?.[key] ?? null, 'the workers’ time')),
  ]);
}

/** The work itself: what every experiment says of its tasks. */
export function taskRows(report: WorkloadReport): [string, string][] {
  const { settings, workload } = report;
  const module: [string, string][] =
    settings.module === undefined
      ? []
      : [
          ['Module', settings.module],
          ['Deadline of a task', duration(settings.deadlineMs ?? 0)],
        ];
  return [
    ['Workload', `${workload.title} (${workloadWords(report)})`],
    ['What it exercises', workload.exercises],
    ['Size', `${number(settings.size)} (${workload.size.meaning})`],
    ...chosenSettings(report),
    ...pythonRow(settings),
    ['Target task length', settings.taskMs === null ? 'none (the size was set)' : duration(settings.taskMs)],
    ['Calibrated task length', settings.calibratedMs === null ? 'not calibrated' : duration(settings.calibratedMs)],
    ...module,
  ];
}

/** A workload by its name and kind; a module has no name, and need not say its kind. */
function workloadWords({ settings, workload }: WorkloadReport): string {
  if (settings.module === undefined) return `${settings.workload}, ${workload.kind}`;
  return workload.kind === 'custom' ? 'module' : `module, ${workload.kind}`;
}

/** What was asked for, and who made the report. */
export function settingsTable({ createdBy }: Pick<ReportBase, 'createdBy'>, rows: string[][]): ReportTable {
  return {
    title: 'Settings',
    head: ['', ''],
    rows: [...rows, ['Made by', `Coreloom ${createdBy.coreloom}, ${createdBy.host}`]],
  };
}

/** What was measured on. */
export function machineTable(machine: MachineInfo): ReportTable {
  return { title: 'Machine', head: ['', ''], rows: machineRows(machine) };
}

/** What each input came to, and whether all agree. */
export function checksumTable(report: WorkloadReport): ReportTable {
  return {
    title: 'Checksums',
    note: proofSentence(report),
    head: ['Input', 'checksum', 'tasks'],
    numbers: [2],
    rows: report.checksums.map(({ input, checksum, tasks }) => [
      String(input),
      checksum.toString(16).padStart(8, '0'),
      number(tasks),
    ]),
  };
}

/** What the measuring itself took; `more` is what a kind knows beside. */
export function costTable(observer: ObserverReport, more: string[][] = []): ReportTable {
  return { title: 'Measurement overhead', head: ['', ''], rows: [...observerRows(observer), ...more] };
}

function observerRows(observer: ObserverReport): [string, string][] {
  return [
    ['Sampler', percentOf(observer.samplerShare, 'one core')],
    ['CPU time of the sampler', duration(observer.samplerCpuMs)],
    ['CPU time of the engine itself', duration(observer.engineCpuMs)],
    ['Samples', number(observer.samples)],
    ['Late samples', `${number(observer.lateSamples)}; the latest came ${duration(observer.maxLateMs)} after its time`],
  ];
}

/** What was chosen beside the size, and what the workload made of it for the run. */
function chosenSettings({ settings, workload }: WorkloadReport): [string, string][] {
  const chosen = workload.settings.flatMap(({ name, title, meaning }): [string, string][] => {
    const value = settings.workloadSettings[name];
    return value === undefined ? [] : [[title, `${number(value)} (${meaning})`]];
  });
  // Ports and paths as they are, without separators.
  const prepared = Object.entries(settings.prepared).map(
    ([name, value]) => `${name} ${Number.isInteger(value) || typeof value === 'string' ? value : number(value)}`,
  );
  return prepared.length === 0 ? chosen : [...chosen, ['Prepared for the run', prepared.join(', ')]];
}
