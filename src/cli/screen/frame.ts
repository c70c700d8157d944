import { basename } from 'node:path';
import wrapAnsi from 'wrap-ansi';
import { clock, duration, number, percent, plain, spelledOut, wholeSeconds, type LiveState } from '../../contract';
import { block } from './bar';
import { coreLines } from './cores';
import type { Moment } from './moment';
import type { Paint } from './paint';
import { fit, spread } from './text';
import { executorLines, workerLines } from './workers';

/** Lines and columns of a terminal. */
export interface Size {
  columns: number;
  rows: number;
}

/** In less room a line says more than a picture. */
const LEAST: Size = { columns: 60, rows: 16 };
const MOST_FINDING = 3;
/** The part of the lines that cores may take before workers have theirs. */
const CORES_SHARE = 0.6;

/** Whether a terminal has room for the picture. */
export const hasRoom = ({ columns, rows }: Size): boolean => columns >= LEAST.columns && rows >= LEAST.rows;

/**
 * A live run as lines that fit a terminal: what is found, throughput, executors, cores by cause, workers. A column and a
 * line stay free, so that nothing wraps or scrolls.
 */
export function frame(run: LiveState, moment: Moment, size: Size, paint: Paint): string[] {
  const width = size.columns - 1;
  const head = [
    headLine(run, width, paint),
    ...findingLines(run, width, paint),
    '',
    rateLine(run, moment, width, paint),
    ...executorLines(run.executors, moment, width, paint),
    '',
  ];
  const left = size.rows - 1 - head.length;
  const cores = coreLines(moment, { width, rows: Math.max(3, Math.floor(left * CORES_SHARE)) }, paint);
  const workers = workerLines(run.executors, moment, { width, rows: left - cores.length - 1 }, paint);
  const lines = [...head, ...cores, ...(workers.length === 0 ? [] : ['', ...workers])];
  return lines.slice(0, size.rows - 1);
}

/** What is run: the workload, or the name of the user's file. */
function subjectOf({ settings }: LiveState): string {
  return settings.module === undefined ? settings.workload : spelledOut(basename(settings.module));
}

function headLine(run: LiveState, width: number, paint: Paint): string {
  const { phase, step, elapsedMs, progress, remainingMs } = run;
  const facts = [
    plain(step),
    clock(elapsedMs),
    ...(progress === null ? [] : [percent(progress)]),
    ...(remainingMs === null ? [] : [`at most about ${duration(wholeSeconds(remainingMs))} left`]),
  ];
  const left = `${paint.strong(fit(subjectOf(run), width / 2))}  ${facts.join('  ')}`;
  return spread(left, paint.quiet(phase === 'stopping' ? 'saving…' : 'Ctrl-C stops and keeps'), width);
}

function findingLines({ finding }: LiveState, width: number, paint: Paint): string[] {
  if (finding === '') return [];
  const lines = wrapAnsi(plain(finding), width).split('\n');
  const kept = lines.slice(0, MOST_FINDING);
  if (lines.length > MOST_FINDING)
    kept[MOST_FINDING - 1] = fit(`${kept[MOST_FINDING - 1] ?? ''} ${lines[MOST_FINDING] ?? ''}`, width);
  return kept.map((line) => paint.strong(line));
}

function rateLine({ throughput, running, counts }: LiveState, { rates }: Moment, width: number, paint: Paint): string {
  const failed = counts.failed > 0 ? paint.bad(`${number(counts.failed)} failed`) : '';
  const facts = [`p50 ${duration(running?.p50Ms)}`, `${number(counts.done)} done`, ...(failed === '' ? [] : [failed])];
  const most = Math.max(...rates, Number.MIN_VALUE);
  const past = rates.slice(-Math.floor(width / 4)).map((value) => block((value / most) * 0.999));
  return fit(`${paint.strong(`${number(throughput)} tasks/s`)}  ${past.join('')}  ${facts.join('  ')}`, width);
}
