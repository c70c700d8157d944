import type { CoreClock } from './clock-history';
import type { CoreSlice } from './core-history';
import type { DrawnCores } from './core-source';
import { cellAt, type CoresLayout } from './cores-layout';
import type { Readout } from './hover';
import { apartFrom, celsius, duration, executorTitle, gigahertz, percent } from '../../../contract';

/** Which core and which column of its history are at a place in device px; null between the cells. */
export function coreAt(
  layout: CoresLayout,
  cores: number,
  at: { x: number; y: number },
): { core: number; place: number } | null {
  const column = Math.floor(at.x / (layout.cellWidth + layout.gapX));
  const row = Math.floor(at.y / (layout.cellHeight + layout.gapY));
  const core = row * layout.columns + column;
  if (column >= layout.columns || core < 0 || core >= cores) return null;
  const { x, y } = cellAt(layout, core);
  if (at.x >= x + layout.cellWidth || at.y >= y + layout.cellHeight) return null;
  return { core, place: Math.floor((at.x - x) / layout.stepPx) };
}

/** What used a core, by cause, and all of it. */
function coreShares(slice: CoreSlice, core: number): Readout['rows'] {
  const total = slice.total[core] ?? 0;
  const busy = { executor: null, name: 'busy', value: percent(total) };
  if (!slice.attributed) return [busy];
  const causes = slice.causes.map((cause) => ({
    executor: cause.executor,
    name: executorTitle(cause.executor),
    share: cause.share[core] ?? 0,
  }));
  const caused = causes.reduce((sum, cause) => sum + cause.share, 0);
  const named = causes
    .filter((cause) => cause.share > 0.0005)
    .map(({ executor, name, share }) => ({ executor, name, value: percent(share) }));
  return [...named, { executor: 'other', name: 'everything else', value: percent(Math.max(0, total - caused)) }, busy];
}

/** Clock and temperature, where they are known. */
function clockRows({ mhz, celsius: degrees }: CoreClock): Readout['rows'] {
  return [
    ...(mhz === null ? [] : [{ executor: null, name: 'clock', value: gigahertz(mhz) }]),
    ...(degrees === null ? [] : [{ executor: null, name: 'temperature', value: celsius(degrees) }]),
  ];
}

/** The utilization of one core over one column's time; 100 % is that core. */
export function readCores(
  layout: CoresLayout,
  painted: { history: DrawnCores; newest: number },
  at: { x: number; y: number },
): Readout | null {
  const { history, newest } = painted;
  const found = coreAt(layout, history.cores.length, at);
  if (!found || history.newestMs === null) return null;
  const step = newest - (layout.steps - 1 - found.place);
  const toMs = (step + 1) * layout.stepMs;
  const slice = history.slice(step * layout.stepMs, toMs);
  const title = `core ${history.cores[found.core]} · ${apartFrom(toMs - history.newestMs)}, mean of ${duration(layout.stepMs)}`;
  const known = slice.known && !Number.isNaN(slice.total[found.core]);
  const second = history.line(toMs - layout.stepMs / 2)?.[found.core] ?? NaN;
  const line = Number.isNaN(second) ? [] : [{ executor: null, name: 'by systeminformation', value: percent(second) }];
  const core = history.cores[found.core] ?? -1;
  return {
    title,
    rows: [
      ...(known ? coreShares(slice, found.core) : [{ executor: null, name: 'not measured', value: '' }]),
      ...line,
      ...clockRows(history.clock(toMs, core)),
    ],
  };
}

/** The readout of one core of a heat map. */
export interface CoreReading {
  core: number;
  /** When it was, from now on; empty where it is now. */
  when: string;
  rows: Readout['rows'];
}

/** The utilization of a core by cause over (fromMs, toMs], and by systeminformation in the middle of it. */
export function readCore(
  history: DrawnCores,
  core: number,
  { fromMs, toMs, isNow }: { fromMs: number; toMs: number; isNow: boolean },
): CoreReading {
  const slice = history.slice(fromMs, toMs);
  const known = slice.known && !Number.isNaN(slice.total[core]);
  const second = history.line((fromMs + toMs) / 2)?.[core] ?? NaN;
  const line = Number.isNaN(second) ? [] : [{ executor: null, name: 'systeminformation', value: percent(second) }];
  return {
    core: history.cores[core] ?? core,
    when: isNow ? '' : apartFrom(toMs - (history.newestMs ?? toMs)),
    rows: [...(known ? coreShares(slice, core) : [{ executor: null, name: 'not measured', value: '' }]), ...line],
  };
}
