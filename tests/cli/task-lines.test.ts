import { expect, test } from 'vitest';
import { TaskLines } from '../../src/cli/task-lines';
import { terminalDouble } from './terminal-double';

const line = (text: string, worker = 1) => ({ executor: 'threads' as const, worker, atMs: 0, text });

test('lines are printed with their worker', () => {
  const terminal = terminalDouble();
  const lines = new TaskLines(terminal, 'out');
  lines.print([line('a'), line('b', 0)]);
  lines.tell();
  expect(terminal.outText).toBe('threads 1: a\nthreads: b\n');
});

test('for a reader that takes them too slowly they are left out, counted, and told of', () => {
  const terminal = terminalDouble();
  const lines = new TaskLines(terminal, 'err');
  terminal.waitingBytes = (stream) => (stream === 'err' ? 1e9 : 0);
  lines.print([line('lost'), line('lost')]);
  lines.print([{ ...line('… 40 lines'), lost: 40 }]);
  expect(terminal.errText).toBe('');
  terminal.waitingBytes = () => 0;
  lines.print([line('seen')]);
  expect(terminal.errText).toMatch(
    /^… 42 lines \(56 B\) were printed too fast and dropped, because the output is read too slowly\nthreads 1: seen\n$/,
  );
});
