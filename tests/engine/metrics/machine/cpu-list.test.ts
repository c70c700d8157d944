import { describe, expect, it } from 'vitest';
import { formatCpuList, parseCpuList } from '../../../../src/engine/metrics/machine/cpu-list';

describe('lists of cores', () => {
  it('are read as the kernel writes them', () => {
    expect(parseCpuList('0-3,8,10-11\n')).toEqual([0, 1, 2, 3, 8, 10, 11]);
    expect(parseCpuList('5')).toEqual([5]);
  });

  it('are null where the text is none', () => {
    for (const text of ['', '\n', 'a', '3-1', '0-', '0,,1', '0-99999999999']) expect(parseCpuList(text)).toBeNull();
  });

  it('are written for people', () => {
    expect(formatCpuList([0, 1, 2, 8, 10, 11])).toBe('0-2, 8, 10-11');
    expect(formatCpuList([])).toBe('');
  });
});
