import { describe, expect, it } from 'vitest';
import { placesOf, placeText } from '../../../src/engine/custom/place';

/** The last part and the line of each place that a stack names. */
const placesIn = (stack: string): string[] => placesOf(stack).map(placeText);

describe('places in a stack', () => {
  it('are found in folders whose names hold spaces, parentheses and other letters', () => {
    expect(placesOf('Error: no\n    at task (/a (copy)/päth b/task (2).mjs:12:5)')).toEqual([
      { file: '/a (copy)/päth b/task (2).mjs', line: 12, column: 5 },
    ]);
    expect(placesIn('    at async task (file:///a%20(copy)/task.mjs:3:1)\n    at /a (x86)/other.cjs:4:2')).toEqual([
      'task.mjs:3:1',
      'other.cjs:4:2',
    ]);
  });

  it('are not looked for in code that eval made, nor in what is no file', () => {
    expect(
      placesOf(
        '    at eval (eval at task (file:///a/task.mjs:2:3), <anonymous>:1:1)\n    at node:internal/x:1:2\n    at Promise.all (index 0)',
      ),
    ).toEqual([]);
  });

  it('are understood as Windows writes them, wherever they are read', () => {
    const stack =
      '    at task (C:\\Program Files (x86)\\my work\\task.cjs:7:9)\r\n    at \\\\server\\share\\task.cjs:1:2\r\n';
    expect(placesOf(stack)).toEqual([
      { file: 'C:\\Program Files (x86)\\my work\\task.cjs', line: 7, column: 9 },
      { file: '\\\\server\\share\\task.cjs', line: 1, column: 2 },
    ]);
  });
});
