import { afterAll, afterEach, expect } from 'vitest';
import { takeAllWindows } from './opened-windows';

/** Beneath every test file that may launch the stand-in: it fails where a process opened a window that was to run as Node. */
const expectNone = (): void => {
  expect(takeAllWindows(), 'windows that Electron would have opened').toEqual([]);
};

afterEach(expectNone);
afterAll(expectNone);
