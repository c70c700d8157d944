import type { ExperimentState, LiveState, Sample } from '../../contract';
import { progressLine } from '../progress';
import type { Canvas } from '../terminal';
import { frame, hasRoom } from './frame';
import { createMoments } from './moment';
import { createPaint } from './paint';
import { createPaintedLines } from './painted-lines';
import type { Screen } from './screen';

/** Between two drawings, ms: it is drawn on the thread that hands out tasks, whose time it takes. */
const EVERY_MS = 250;

/** Draws a live run in place; where a terminal has too little room for the picture, as one line. */
export function createPicture(canvas: Canvas): Screen {
  const { stream } = canvas;
  const lines = createPaintedLines(canvas);
  const paint = createPaint(canvas.colours, canvas.appearance);
  const moments = createMoments();
  let run: LiveState | null = null;
  let newest: Sample | null = null;
  let drawnMs = -Infinity;

  function draw(): void {
    if (run === null) return;
    drawnMs = performance.now();
    const size = { columns: stream.columns, rows: stream.rows };
    lines.draw(hasRoom(size) ? frame(run, moments.now(), size, paint) : [progressLine(run, newest, size.columns)]);
  }

  const resized = (): void => {
    lines.clear();
    draw();
  };
  stream.on('resize', resized);
  return {
    sample(sample) {
      newest = sample;
      moments.sample(sample);
    },
    show(state: ExperimentState) {
      if (state.kind !== 'live') return;
      const isNewPhase = run?.phase !== state.phase;
      run = state;
      moments.rate(state.elapsedMs, state.throughput);
      if (isNewPhase || performance.now() - drawnMs >= EVERY_MS) draw();
    },
    above(print) {
      lines.clear();
      print();
      draw();
    },
    end() {
      run = null;
      stream.off('resize', resized);
      lines.end();
    },
  };
}
