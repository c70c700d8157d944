import { describe, expect, it } from 'vitest';
import { ceilingOf } from '../../../../src/engine/kinds/scale/ceiling';
import { defaultMost, workerCounts } from '../../../../src/engine/kinds/scale/counts';
import { makeMachine } from '../../../fixtures/report';

const machine = { ...makeMachine(16), physicalCores: 8, threadsPerCore: 2, coreKinds: null };

describe('worker counts', () => {
  it('are all up to 16, thinned above, and never leave out where the machine has a limit', () => {
    expect(workerCounts(4, machine)).toEqual([1, 2, 3, 4]);
    expect(workerCounts(64, { ...machine, limits: { ...machine.limits, effectiveCpus: 22.5 } })).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 22, 23, 25, 31, 39, 49, 61, 64,
    ]);
  });

  it('reach twice as far as the machine, and further where tasks wait', () => {
    expect(defaultMost({ ...machine.limits, effectiveCpus: 16 }, 'cpu')).toBe(32);
    expect(defaultMost({ ...machine.limits, effectiveCpus: 1.5 }, 'cpu')).toBe(4);
    expect(defaultMost({ ...machine.limits, effectiveCpus: 2 }, 'io')).toBe(16);
  });
});

describe('the ceiling', () => {
  const cpu = { kind: 'cpu', oneWants: null } as const;

  it('knows hardware threads that share cores', () => {
    const ceiling = ceilingOf({ ...machine, limits: { ...machine.limits, effectiveCpus: 16 } }, cpu);
    expect(ceiling).toMatchObject({
      cpus: 16,
      marks: [
        { workers: 8, what: '8 physical cores' },
        { workers: 16, what: '16 cores' },
      ],
    });
    expect(ceiling.explanation).toContain('the 16 cores share 8 physical cores');
  });

  it('knows kinds of cores', () => {
    const coreKinds = [
      { kind: 'performance', count: 4 },
      { kind: 'efficiency', count: 4 },
    ];
    const ceiling = ceilingOf(
      { ...machine, hardwareThreads: 8, threadsPerCore: 1, coreKinds, limits: { ...machine.limits, effectiveCpus: 8 } },
      cpu,
    );
    expect(ceiling.marks.map(({ what }) => what)).toEqual(['4 performance cores', '8 cores']);
    expect(ceiling.explanation).toContain('4 are performance and 4 are efficiency');
  });

  it('knows a quota', () => {
    const limits = { ...machine.limits, effectiveCpus: 1.5, quotaCpus: 1.5, explanation: 'A cgroup grants 1.5 CPUs.' };
    expect(ceilingOf({ ...machine, limits }, cpu)).toEqual({
      cpus: 1.5,
      marks: [{ workers: 1.5, what: '1.5 usable cores' }],
      explanation: 'Coreloom can use 1.5 of 16 cores: A cgroup grants 1.5 CPUs.',
    });
  });

  it('is none where tasks wait, and is found by measuring where their kind does not say', () => {
    expect(ceilingOf(machine, { kind: 'io', oneWants: 1 })).toMatchObject({ cpus: null, marks: [] });
    expect(ceilingOf(machine, { kind: 'io', oneWants: 0 }).explanation).toContain('cores set no ceiling');
    expect(ceilingOf(machine, { kind: 'custom', oneWants: null }).cpus).toBeNull();
    expect(ceilingOf(machine, { kind: 'custom', oneWants: 0.4 }).cpus).toBeNull();
    expect(ceilingOf(machine, { kind: 'custom', oneWants: 0.98 }).cpus).toBe(16);
  });
});
