import { coreCount, duration, number, percent, plural, type CpuLimits, type Report } from '../../contract';

/** What no measurement can give, by the rule that it breaks. */
type ImpossibleCode =
  | 'impossible-efficiency'
  | 'impossible-cores-busy'
  | 'impossible-share'
  | 'impossible-parts'
  | 'impossible-percentiles'
  | 'impossible-interval';

/** A value of a report that cannot be. */
export interface Impossible {
  code: ImpossibleCode;
  /** Where it stands in the report. */
  path: Path;
  /** What it is and what it could be at most, in a few words. */
  what: string;
}

type Path = readonly (string | number)[];
type Fields = Readonly<Record<string, unknown>>;
/** Looks at one object of a report and names those of its fields that cannot be; a field of '' means the object itself. */
type Rule = (fields: Fields) => Generator<{ code: ImpossibleCode; field: string; what: string }>;

/** The scheduler's times of a running thread are exact to one timer tick, at either end, ms. */
const TICK_MS = 10;
/** A quota is granted again in every period, so that a short time can have one period's more, ms. */
const QUOTA_PERIOD_MS = 100;
/** Two readings of one clock, and sums of values that were rounded one by one. */
const SLACK = 0.02;
/** How far two medians that count as stable may be off together, 2.5 % each: the least that an efficiency may be above 1. */
const EFFICIENCY_SLACK = 0.05;
/** Tables of raw values: each is looked at where it is summed up. */
const RAW: ReadonlySet<string> = new Set([
  'samples',
  'tasks',
  'lines',
  'checksums',
  'settings',
  'machine',
  'workload',
  'each',
  'intervals',
]);
/** Estimates that a report cannot be without. */
const NEVER_NULL: ReadonlySet<string> = new Set(['throughput', 'ratio', 'contention', 'coherency', 'single', 'share']);

/** Every value of a report that cannot be, whatever was measured; `busy`: what is to be held against the cores of its machine. Pure. */
export function impossibleIn(report: Report, busy: readonly Busy[] = [], coresSeen = 0): Impossible[] {
  return [...anywhere(report, []), ...busyRules(report, busy, coresSeen)];
}

/** The report without what cannot be: such a value is null, and a warning with a code names whose it was and what. The same where all is possible. */
export function believable<R extends Report>(report: R, found: readonly Impossible[]): R {
  if (found.length === 0) return report;
  const stays = ({ path }: Impossible): boolean => NEVER_NULL.has(String(path.at(-1)));
  const said = found.map((one) => ({
    begins: `Impossible value ${stays(one) ? 'to be ignored' : 'removed'} (${one.code}): ${whose(report, one.path)}`,
    what: one.what,
  }));
  const warnings = [...new Set(said.map(({ begins }) => begins))].map((begins) => {
    const [first, ...others] = said.filter((one) => one.begins === begins);
    return `${begins}${first?.what ?? ''}${others.length === 0 ? '' : `, and ${plural(others.length, 'more value')} of this kind`}.`;
  });
  const without = found
    .filter((one) => !stays(one))
    .reduce<unknown>((value, { path }) => withNull(value, path), report) as R;
  return { ...without, warnings: [...new Set([...report.warnings, ...warnings])] };
}

function* anywhere(value: unknown, path: Path): Generator<Impossible> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    for (const rule of RULES) {
      for (const { code, field, what } of rule(value as Fields))
        yield { code, path: field === '' ? path : [...path, field], what };
    }
  }
  for (const [name, child] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    if (!RAW.has(String(name))) yield* anywhere(child, [...path, name]);
  }
}

const known = (value: unknown): value is number => typeof value === 'number';

const RULES: readonly Rule[] = [percentiles, interval, shares, efficiency, parts, lives, memory];

/** Of one set of latencies, each quantile is at least the one below it. */
function* percentiles({ minMs, meanMs, p50Ms, p95Ms, p99Ms, maxMs }: Fields): ReturnType<Rule> {
  if (!known(p50Ms) || !known(p95Ms)) return;
  const rising = [minMs, p50Ms, p95Ms, p99Ms, maxMs].filter(known);
  const falls = rising.some((one, at) => one > (rising[at + 1] ?? Infinity) * (1 + 1e-9));
  const outside =
    known(meanMs) && known(minMs) && known(maxMs) && (meanMs < minMs * (1 - 1e-9) || meanMs > maxMs * (1 + 1e-9));
  if (falls || outside)
    yield {
      code: 'impossible-percentiles',
      field: '',
      what: `the latencies ${rising.map(duration).join(', ')} with a mean of ${known(meanMs) ? duration(meanMs) : 'none'} are not in ascending order`,
    };
}

/** A value lies within its own interval. */
function* interval({ value, low, high }: Fields): ReturnType<Rule> {
  if (!known(value) || !known(low) || !known(high)) return;
  const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  if (low > value + slack || high < value - slack)
    yield {
      code: 'impossible-interval',
      field: '',
      what: `${number(value)} lies outside its own interval [${number(low)}, ${number(high)}]`,
    };
}

/** What is a share of something is not more than all of it. */
function* shares(fields: Fields): ReturnType<Rule> {
  for (const [field, share] of Object.entries(fields)) {
    // CPU time of a process that may use more than one core.
    if (!field.endsWith('Share') || field === 'samplerShare' || field === 'cpuShare') continue;
    const value = typeof share === 'object' && share !== null && 'value' in share ? share.value : share;
    if (known(value) && (value < 0 || value > 1 + 1e-3))
      yield { code: 'impossible-share', field, what: `${words(field)} of ${number(value)} is not a share from 0 to 1` };
  }
}

/** Speed-up is not more than the cores allow, by more than it is known to. */
function* efficiency({ efficiency: value, speedUp }: Fields): ReturnType<Rule> {
  if (!known(value)) return;
  const { value: ratio, low, high } = (speedUp ?? {}) as Fields;
  const wide = known(ratio) && known(low) && known(high) && ratio > 0 ? ((high - low) / ratio) * value : 0;
  if (value > 1 + Math.max(EFFICIENCY_SLACK, wide))
    yield {
      code: 'impossible-efficiency',
      field: 'efficiency',
      what: `efficiency of ${percent(value)} is more than the cores allow`,
    };
}

/** No part of a life is longer than the whole of it. */
function* parts(fields: Fields): ReturnType<Rule> {
  const { parts: all } = fields;
  if (typeof all !== 'object' || all === null) return;
  const { wholeMs, ...each } = all as Fields;
  const longest = Object.entries(each).find(([, ms]) => known(ms) && known(wholeMs) && ms > wholeMs * (1 + SLACK) + 1);
  if (longest)
    yield {
      code: 'impossible-parts',
      field: 'parts',
      what: `${words(longest[0])} of ${duration(Number(longest[1]))} is more than the whole, ${duration(Number(wholeMs))}`,
    };
}

/** A mean lies between the shortest and the longest. */
function* lives(fields: Fields): ReturnType<Rule> {
  const { shortestMs, longestMs } = (fields['lives'] ?? {}) as Fields;
  const { wholeMs } = (fields['parts'] ?? {}) as Fields;
  if (!known(shortestMs) || !known(longestMs)) return;
  const mean = known(wholeMs) ? wholeMs : shortestMs;
  if (mean < shortestMs * (1 - 1e-9) || mean > longestMs * (1 + 1e-9))
    yield {
      code: 'impossible-parts',
      field: 'lives',
      what: `a mean of ${duration(mean)} is not between ${duration(shortestMs)} and ${duration(longestMs)}`,
    };
}

/** Shared pages divided by who shares them are not more than all pages. */
function* memory({ residentBytes, proportionalBytes, privateBytes }: Fields): ReturnType<Rule> {
  // Of a lab they are growths, which have no such order.
  if (!known(residentBytes) || !known(proportionalBytes) || privateBytes !== undefined) return;
  if (proportionalBytes > residentBytes * (1 + SLACK))
    yield {
      code: 'impossible-parts',
      field: 'proportionalBytes',
      what: `proportional memory of ${number(proportionalBytes)} bytes is more than the resident, ${number(residentBytes)} bytes`,
    };
}

/** Workers that were on the cores over some time. */
/** How busy some workers kept the cores. */
export interface Busy {
  path: Path;
  workers: number;
  /** Cores that were used for their tasks off their own threads, where that is known: part of `coresBusy`. */
  offThread: number;
  spanMs: number;
  coresBusy: number | null;
}

function* busyRules(report: Report, busy: readonly Busy[], coresSeen: number): Generator<Impossible> {
  // Cores may have come while it was on.
  const cores = Math.max(report.machine.hardwareThreads, coresSeen);
  for (const one of busy) {
    const most = mostBusy(one, cores, report.machine.limits);
    if (one.coresBusy === null || one.coresBusy <= most) continue;
    const what = `${coreCount(one.coresBusy)} cores busy is more than ${plural(one.workers, 'worker')}${one.offThread > 0 ? ` with ${coreCount(one.offThread)} in helper threads or child processes` : ''} can keep on ${plural(report.machine.limits.effectiveCpus, 'core')}`;
    yield { code: 'impossible-cores-busy', path: one.path, what };
  }
}

/** Cores that workers can keep busy at most, as far as it can be measured over this time. */
function mostBusy(
  { workers, offThread, spanMs }: Busy,
  hardwareThreads: number,
  { allowedCores, quotaCpus }: CpuLimits,
): number {
  const cores = Math.min(hardwareThreads, allowedCores?.length ?? Infinity);
  const quota = quotaCpus === null ? Infinity : quotaCpus * (1 + QUOTA_PERIOD_MS / spanMs);
  return Math.min(workers + offThread, cores, quota) * (1 + SLACK + (2 * TICK_MS) / spanMs);
}

/** `threads, 4 workers: `: who on the way to a value has a name. */
function whose(report: Report, path: Path): string {
  const names: string[] = [];
  let value: unknown = report;
  for (const key of path) {
    value = (value as Record<string | number, unknown>)[key];
    const { contender, executor, workers } = (typeof value === 'object' && value !== null ? value : {}) as Fields;
    const name = contender ?? executor;
    if (typeof name === 'string') names.push(name);
    if (known(workers)) names.push(plural(workers, 'worker'));
  }
  return names.length === 0 ? '' : `${names.join(', ')}: `;
}

/** `heldShare` → `held share`. */
const words = (field: string): string =>
  field.replace(/Ms$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A copy that has null at one place. */
function withNull(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return null;
  if (Array.isArray(value)) return value.map((one: unknown, at) => (at === key ? withNull(one, rest) : one));
  return { ...(value as Fields), [key]: withNull((value as Fields)[key], rest) };
}
