import type { CoreGroup } from './core-places';
import { HISTORY_MS } from './cores-layout';
import type { SurfaceSize } from './surface';

/** Where one core is drawn, in device px. */
export interface HeatCell {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of a surface with the cells of one group. */
interface HeatBlock {
  title: string;
  /** Places of its cores in the list of cores. */
  cores: number[];
  x: number;
  y: number;
  /** Left end of the cells, behind the numbers, and how far they reach. */
  left: number;
  width: number;
  height: number;
}

/** A heat map: a cell a core as it is now, or a row a core with a minute across. */
export interface HeatLayout {
  /** In the order of the cores. */
  cells: HeatCell[];
  blocks: HeatBlock[];
  /** The first core of a row, right-aligned before it; or the head of a part of a block. */
  labels: { text: string; x: number; y: number; align: 'left' | 'right' }[];
  /** Lines between packages. */
  dividers: { x: number; y: number; height: number }[];
  fontPx: number;
  headPx: number;
  /** Columns of a minute in each cell; 1 for a map of now. */
  steps: number;
  stepPx: number;
  stepMs: number;
}

export interface HeatOptions {
  remPx: number;
  over: 'now' | 'minute';
  /** The shortest time worth a column, ms. */
  leastStepMs: number;
  cores: readonly number[];
  groups: readonly CoreGroup[];
}

/** All in CSS px. */
const BLOCK_GAP = 24;
const SIBLING_GAP = 1;
const CORE_GAP = 5;
const ROW_GAP = 1;
/** Efficiency cores are this much lower. */
const LESS = 4;
const TALLEST = 28;
const WIDEST = 56;
const LEAST_CELL = 3;
const LEAST_MINUTE = 48;

interface Frame {
  columns: number;
  blockWidth: number;
  blockHeight: number;
  labelWidth: number;
  head: number;
  font: number;
  ratio: number;
}

/** How blocks beside one another share the surface. */
function frameOf(size: SurfaceSize, options: HeatOptions, columns: number): Frame {
  const { ratio } = size;
  const font = options.remPx * 0.857 * ratio;
  const rows = Math.ceil(options.groups.length / columns);
  const digits = String(Math.max(0, ...options.cores)).length;
  const titled = options.groups.length > 1;
  return {
    columns,
    blockWidth: (size.width - BLOCK_GAP * ratio * (columns - 1)) / columns,
    blockHeight: (size.height - (rows - 1) * font) / rows,
    labelWidth: Math.round(font * (0.6 * digits + 0.7)),
    head: titled ? Math.round(font * 1.75) : 0,
    font,
    ratio,
  };
}

interface CellSize {
  /** Physical cores in a row. */
  across: number;
  width: number;
  height: number;
}

const lines = (group: CoreGroup, across: number): number =>
  group.kinds.reduce((sum, { cores }) => sum + Math.ceil(cores.length / across), 0);
const heads = (group: CoreGroup): number => group.kinds.filter(({ kind }) => kind === 'efficiency').length;
const most = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((greatest, value) => Math.max(greatest, of(value)), 0);

function cellIn(frame: Frame, groups: readonly CoreGroup[], across: number): CellSize {
  const { ratio } = frame;
  const threads = most(groups, (group) => most(group.kinds, ({ cores }) => most(cores, (core) => core.length)));
  const room = frame.blockWidth - frame.labelWidth;
  const core = room / across - CORE_GAP * ratio;
  const width = Math.floor((core - SIBLING_GAP * ratio * (threads - 1)) / threads);
  const heights = groups.map(
    (group) =>
      (frame.blockHeight - frame.head - heads(group) * frame.font * 1.5) / lines(group, across) - ROW_GAP * ratio,
  );
  const height = Math.floor(Math.min(TALLEST * ratio, ...heights));
  return { across, width: Math.min(width, Math.round(WIDEST * ratio)), height };
}

/** The arrangement with the largest cells: how many blocks beside one another, and cores in a row. */
function arranged(size: SurfaceSize, options: HeatOptions): { frame: Frame; cell: CellSize } {
  const { groups } = options;
  const widest = most(groups, (group) => most(group.kinds, ({ cores }) => cores.length));
  let best: { frame: Frame; cell: CellSize; score: number } | null = null;
  for (let columns = groups.length; columns >= 1; columns--) {
    const frame = frameOf(size, options, columns);
    for (let across = 1; across <= widest; across++) {
      const cell = cellIn(frame, groups, across);
      // Even rows are counted more easily: a little more than a smaller cell costs.
      const even = widest % across === 0 ? 1.25 : 1;
      const score = Math.min(cell.width, cell.height * 1.3) * even;
      if (best === null || score > best.score) best = { frame, cell, score };
    }
  }
  const chosen = best ?? { frame: frameOf(size, options, 1), cell: { across: 1, width: 1, height: 1 } };
  const least = Math.round(LEAST_CELL * size.ratio);
  const { across, width, height } = chosen.cell;
  return { frame: chosen.frame, cell: { across, width: Math.max(least, width), height: Math.max(1, height) } };
}

/** As many blocks beside one another as leave each room for a minute. */
function wideEnough(size: SurfaceSize, options: HeatOptions): Frame {
  const frames = options.groups.map((_, fewer) => frameOf(size, options, options.groups.length - fewer));
  const fits = ({ blockWidth, labelWidth }: Frame): boolean => blockWidth - labelWidth >= LEAST_MINUTE * size.ratio;
  return frames.find(fits) ?? frameOf(size, options, 1);
}

const titleOf = (group: CoreGroup, before: CoreGroup | undefined): string =>
  [
    ...(group.package === null || group.package === before?.package ? [] : [`Package ${group.package}`]),
    ...(group.node === null ? [] : [`Node ${group.node}`]),
  ].join(' · ');

const coresOf = (group: CoreGroup): number[] => group.kinds.flatMap(({ cores }) => cores.flat());

function blocksOf(size: SurfaceSize, frame: Frame, groups: readonly CoreGroup[]): HeatBlock[] {
  return groups.map((group, index) => {
    const x = Math.round((index % frame.columns) * (frame.blockWidth + BLOCK_GAP * size.ratio));
    const y = Math.round(Math.floor(index / frame.columns) * (frame.blockHeight + frame.font));
    return {
      title: titleOf(group, groups[index - 1]),
      cores: coresOf(group),
      x,
      y,
      left: x + frame.labelWidth,
      width: Math.floor(frame.blockWidth - frame.labelWidth),
      height: Math.floor(frame.blockHeight),
    };
  });
}

/** A line where the next block beside is of another package. */
function dividersOf(
  size: SurfaceSize,
  frame: Frame,
  blocks: HeatBlock[],
  groups: readonly CoreGroup[],
): HeatLayout['dividers'] {
  return blocks.flatMap((block, index) =>
    index % frame.columns === 0 || groups[index]?.package === groups[index - 1]?.package
      ? []
      : [{ x: block.x - Math.round((BLOCK_GAP * size.ratio) / 2), y: block.y, height: block.height }],
  );
}

/** Places the cells of now: rows of cores, siblings together, efficiency cores under a head of their own. */
function placeNow(
  into: Pick<HeatLayout, 'cells' | 'labels'>,
  at: { block: HeatBlock; group: CoreGroup; frame: Frame; cell: CellSize; cores: readonly number[] },
): void {
  const { block, frame, cell, cores } = at;
  const { ratio } = frame;
  let y = block.y + frame.head;
  let labelledY = -Infinity;
  for (const { kind, cores: list } of at.group.kinds) {
    const small = kind === 'efficiency';
    if (small) {
      into.labels.push({ text: 'efficiency', x: block.left, y: y + frame.font * 1.1, align: 'left' });
      y += Math.round(frame.font * 1.5);
    }
    const height = Math.max(1, cell.height - (small ? Math.min(LESS * ratio, Math.floor(cell.height / 3)) : 0));
    list.forEach((siblings, index) => {
      const column = index % cell.across;
      if (column === 0) {
        if (index > 0) y += height + Math.round(ROW_GAP * ratio);
        const text = String(cores[siblings[0] ?? 0]);
        // Rows too low for a number each have one where there is room.
        if (y - labelledY >= frame.font * 1.15) {
          labelledY = y;
          into.labels.push({
            text,
            x: block.left - frame.font * 0.6,
            y: y + height / 2 + frame.font * 0.35,
            align: 'right',
          });
        }
      }
      const pitch = (block.width / cell.across) | 0;
      siblings.forEach((core, sibling) => {
        const x =
          block.left +
          column * Math.min(pitch, siblings.length * (cell.width + ratio) + CORE_GAP * ratio) +
          sibling * (cell.width + Math.round(SIBLING_GAP * ratio));
        into.cells[core] = { x: Math.round(x), y: Math.round(y), width: cell.width, height };
      });
    });
    y += height + Math.round(CORE_GAP * ratio);
  }
}

/** Places a row a core: as high as all fit, numbered where there is room. */
function placeMinute(
  into: Pick<HeatLayout, 'cells' | 'labels'>,
  at: { block: HeatBlock; frame: Frame; steps: number; stepPx: number; cores: readonly number[] },
): void {
  const { block, frame, cores } = at;
  const room = block.height - frame.head;
  const pitch = Math.max(1, Math.min(Math.round(TALLEST * frame.ratio), room / block.cores.length));
  const gap = pitch > 4 ? Math.round(frame.ratio) : 0;
  const every = Math.ceil((frame.font * 1.3) / pitch);
  const top = (row: number): number => block.y + frame.head + Math.round(row * pitch);
  block.cores.forEach((core, row) => {
    const y = top(row);
    into.cells[core] = { x: block.left, y, width: at.steps * at.stepPx, height: Math.max(1, top(row + 1) - y - gap) };
    if (row % every === 0)
      into.labels.push({
        text: String(cores[core]),
        x: block.left - frame.font * 0.6,
        y: y + (pitch < frame.font ? frame.font * 0.8 : pitch / 2 + frame.font * 0.35),
        align: 'right',
      });
  });
}

/** Lays out a heat map of cores by where they are. */
export function layoutHeat(size: SurfaceSize, options: HeatOptions): HeatLayout {
  const { groups, cores, over } = options;
  const { frame, cell } = over === 'now' ? arranged(size, options) : { frame: wideEnough(size, options), cell: null };
  const blocks = blocksOf(size, frame, groups);
  const width = blocks[0]?.width ?? 1;
  const stepPx = cell ? width : Math.max(1, Math.ceil(width / Math.floor(HISTORY_MS / options.leastStepMs)));
  const steps = cell ? 1 : Math.max(1, Math.floor(width / stepPx));
  const into: Pick<HeatLayout, 'cells' | 'labels'> = { cells: [], labels: [] };
  blocks.forEach((block, index) => {
    const group = groups[index];
    if (cell && group) placeNow(into, { block, group, frame, cell, cores });
    if (!cell) placeMinute(into, { block, frame, steps, stepPx, cores });
  });
  return {
    ...into,
    blocks,
    dividers: dividersOf(size, frame, blocks, groups),
    fontPx: frame.font,
    headPx: frame.head,
    steps,
    stepPx,
    stepMs: HISTORY_MS / steps,
  };
}

/** The place in the list of cores of the cell at a point, and the column in it; null beside the cells. */
export function heatAt(layout: HeatLayout, at: { x: number; y: number }): { core: number; place: number } | null {
  const core = layout.cells.findIndex(
    ({ x, y, width, height }) => at.x >= x && at.x < x + width && at.y >= y && at.y < y + height,
  );
  const cell = layout.cells[core];
  return cell ? { core, place: Math.min(layout.steps - 1, Math.floor((at.x - cell.x) / layout.stepPx)) } : null;
}

/** The core whose cell is nearest in a direction; the same where there is none. */
export function heatBeside(layout: HeatLayout, core: number, by: { x: -1 | 0 | 1; y: -1 | 0 | 1 }): number {
  const from = layout.cells[core];
  if (!from) return 0;
  const centre = (cell: HeatCell): { x: number; y: number } => ({
    x: cell.x + cell.width / 2,
    y: cell.y + cell.height / 2,
  });
  const here = centre(from);
  let best = core;
  let least = Infinity;
  layout.cells.forEach((cell, index) => {
    const there = centre(cell);
    const along = (there.x - here.x) * by.x + (there.y - here.y) * by.y;
    const aside = Math.abs((there.x - here.x) * by.y) + Math.abs((there.y - here.y) * by.x);
    // Mostly in the direction: what is aside counts double.
    const cost = along + aside * 2;
    if (along > 0.5 && aside <= along * 2 && cost < least) [best, least] = [index, cost];
  });
  return best;
}
