import { executorTitle, type ExecutorKey } from '../../../contract';

/** Somebody changed how many workers an executor has. */
export interface Move {
  atMs: number;
  executor: ExecutorKey;
  from: number;
  to: number;
}

/** Words above a plot, at one place. */
export interface MoveLabel {
  x: number;
  text: string;
}

/** Moves of one slider closer than this are one move that goes on, ms. */
const ONE_MOVE_MS = 400;
/** Moves closer than this share a label, CSS px. */
const APART_PX = 80;

/** Adds a move: a slider that is dragged makes one of many. A move that went back to where it began is none. */
export function withMove(moves: readonly Move[], move: Move): Move[] {
  const last = moves.at(-1);
  if (last?.executor !== move.executor || move.atMs - last.atMs > ONE_MOVE_MS) return [...moves, move];
  const joined = { ...last, atMs: move.atMs, to: move.to };
  return [...moves.slice(0, -1), ...(joined.from === joined.to ? [] : [joined])];
}

/** `threads 4 to 6`, for moves at places along an axis; neighbours share one label at the first one's place. */
export function moveLabels(moves: readonly (Move & { x: number })[], apartPx = APART_PX): MoveLabel[] {
  const labels: MoveLabel[] = [];
  for (const { x, executor, from, to } of moves.toSorted((one, other) => one.x - other.x)) {
    const text = `${executorTitle(executor)} ${from} to ${to}`;
    const last = labels.at(-1);
    if (last && x - last.x < apartPx) last.text += `, ${text}`;
    else labels.push({ x, text });
  }
  return labels;
}
