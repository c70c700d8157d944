import { describe, expect, it } from 'vitest';
import {
  contenderTitle,
  entriesOf,
  exceptSingle,
  executorKey,
  executorOf,
  EXECUTORS,
  executorTitle,
  inOrder,
  isContenderKey,
  isExecutorKey,
  placeOf,
  usualWords,
} from '../../src/contract';
import { parseReportText, renderText } from '../../src/engine/reports/any-kind';
import { makeReport } from '../fixtures/report';

const PLACES = ['b', '3.14', '3.14t', 'user@host', 'a b'];

describe('an executor key', () => {
  it.each(EXECUTORS)('of %s is its name where it is here, and tells its parts where it is not', (name) => {
    expect(executorKey(name)).toBe(name);
    expect([executorOf(name), placeOf(name)]).toEqual([name, null]);
    for (const place of PLACES) {
      const key = executorKey(name, place);
      expect([executorOf(key), placeOf(key)]).toEqual([name, place]);
      expect(isExecutorKey(key)).toBe(true);
    }
  });

  it('is nothing else', () => {
    for (const text of ['', '@', '@b', 'threads@', 'thread', 'Threads', 'toString', 'threads b'])
      expect(isExecutorKey(text)).toBe(false);
    expect(isExecutorKey('python-sequential')).toBe(false);
    expect(isContenderKey('python-sequential@3.14')).toBe(true);
  });

  it('is shown in the order of executors, first what is here', () => {
    const keys = ['threads@c', 'processes', 'threads', 'sequential', 'threads@b', 'threads'] as const;
    expect(inOrder(keys)).toEqual(['sequential', 'threads', 'threads@b', 'threads@c', 'processes']);
    expect(entriesOf({ processes: 2, 'threads@b': 1 })).toEqual([
      ['threads@b', 1],
      ['processes', 2],
    ]);
  });

  it('is read with its place', () => {
    expect(executorTitle('threads@b')).toBe('threads (b)');
    expect(contenderTitle('python-sequential@3.14')).toBe('sequential Python (3.14)');
  });
});

describe('what is said of several', () => {
  it('names those that a number of workers does not hold for', () => {
    expect(exceptSingle(EXECUTORS)).toBe('; sequential always has one');
    expect(exceptSingle(['threads', 'sequential', 'python-sequential'])).toBe(
      '; sequential and sequential Python always have one',
    );
    expect(exceptSingle(['threads', 'processes'])).toBe('');
  });

  it('names those that are not taken by default', () => {
    expect(usualWords()).toBe('all available except python-interpreters');
  });
});

describe('a report of executors at places', () => {
  const text = JSON.stringify(makeReport())
    .replaceAll('"threads":', '"threads@b":')
    .replaceAll('"threads"', '"threads@b"');

  it('is read as it was written, and names the place in every format', () => {
    const report = parseReportText(text.replace('"threadHost":"threads@b"', '"threadHost":"engine"'));
    expect(parseReportText(renderText(report, 'json').content)).toEqual(report);
    for (const format of ['markdown', 'html'] as const)
      expect(renderText(report, format).content).toContain('threads (b)');
    expect(renderText(report, 'csv-tasks').content).toContain(',threads@b,');
    expect(renderText(report, 'csv-samples').content).toContain('threads@b_tasks_per_s');
    expect(renderText(report, 'html').content).not.toContain('class="threads@b"');
  });

  it('is refused where an executor is none', () => {
    expect(() => parseReportText(text.replaceAll('threads@b', 'threads@'))).toThrow();
  });
});
