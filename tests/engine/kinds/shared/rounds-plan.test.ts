import { describe, expect, it } from 'vitest';
import { EXECUTORS, executorFacts } from '../../../../src/contract';
import { takingPart } from '../../../../src/engine/kinds/shared/rounds-plan';

const needs = { least: 1, lack: 'none' };

describe('who takes part in an experiment in rounds', () => {
  it('are those of the available ones that the table takes by default', () => {
    expect(EXECUTORS.some((name) => !executorFacts(name).byDefault)).toBe(true);
    expect(takingPart(undefined, EXECUTORS, needs)).toEqual(EXECUTORS.filter((name) => executorFacts(name).byDefault));
    expect(takingPart(undefined, ['processes', 'threads'], needs)).toEqual(['threads', 'processes']);
  });

  it('are those that are named, whether or not they are taken by default', () => {
    expect(takingPart(EXECUTORS.toReversed(), EXECUTORS, needs)).toEqual(EXECUTORS);
    expect(() => takingPart(['threads'], ['processes'], needs)).toThrow(/threads/);
    expect(() => takingPart(['threads'], ['threads'], { least: 2, lack: 'two are needed' })).toThrow('two are needed');
  });
});
