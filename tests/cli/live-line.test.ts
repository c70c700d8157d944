import { expect, test } from 'vitest';
import { createLiveLine } from '../../src/cli/live-line';
import { terminalDouble } from './terminal-double';

/** What a person sees: a return takes the pen to the start of the line. */
function screen(text: string): string[] {
  return text.split('\n').map((line) => {
    let shown = '';
    for (const part of line.split('\r')) shown = part + shown.slice(part.length);
    return shown.trimEnd();
  });
}

test('a line is drawn over, also by a shorter one, without escape codes', () => {
  const terminal = terminalDouble({ live: true });
  const line = createLiveLine(terminal);
  line.show('a long line');
  expect(screen(terminal.errText)).toEqual(['a long line']);
  line.show('short');
  expect(screen(terminal.errText)).toEqual(['short']);
  expect(terminal.errText).not.toContain('\u001b');
});

test('printed lines stand above it', () => {
  const terminal = terminalDouble({ live: true });
  const line = createLiveLine(terminal);
  line.show('working');
  line.above(() => {
    terminal.err('threads 1: Number: 1\n');
  });
  expect(screen(terminal.errText)).toEqual(['threads 1: Number: 1', 'working']);
  line.end();
  line.show('too late');
  expect(screen(terminal.errText)).toEqual(['threads 1: Number: 1', '']);
});

test('without a live terminal nothing is drawn', () => {
  const terminal = terminalDouble();
  const line = createLiveLine(terminal);
  line.show('working');
  line.end();
  expect(terminal.errText).toBe('');
});
