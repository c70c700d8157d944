import { describe, expect, it } from 'vitest';
import { CoreloomError, type PythonUsed } from '../../../../src/contract';
import type { ExperimentKit } from '../../../../src/engine/kinds/kind';
import { findPython } from '../../../../src/engine/kinds/lab/plan';

const used: PythonUsed = {
  executable: '/python',
  version: '3.13.0',
  build: 'CPython 3.13.0',
  lockOn: true,
  startMethod: 'fork',
};
const older: ExperimentKit['python'] = () =>
  Promise.resolve({
    used,
    executors: [],
    lacks: (name) => (name === 'python-interpreters' ? 'It has no interpreters.' : null),
  });
const missing: ExperimentKit['python'] = () => Promise.reject(new CoreloomError('not-available', 'There is none.'));
const EXECUTORS = ['threads', 'python-threads', 'python-interpreters'] as const;

describe('the Python of a lab', () => {
  it('says itself which executors it cannot be', async () => {
    const found = await findPython(undefined, { python: older });
    expect(found.used).toBe(used);
    expect(EXECUTORS.map(found.lackOf)).toEqual([null, null, 'It has no interpreters.']);
  });

  it('may be none, and every executor of Python lacks it then', async () => {
    const found = await findPython(undefined, { python: missing });
    expect(found.used).toBeNull();
    expect(EXECUTORS.map(found.lackOf)).toEqual([null, 'There is none.', 'There is none.']);
    expect(EXECUTORS.map((await findPython(undefined, { python: () => Promise.resolve(null) })).lackOf)).toEqual([
      null,
      'Python is not available here.',
      'Python is not available here.',
    ]);
  });

  it('must be there where it is named', async () => {
    await expect(findPython({ executable: '/nowhere' }, { python: missing })).rejects.toMatchObject({
      code: 'not-available',
    });
  });
});
