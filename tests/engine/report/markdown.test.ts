import { describe, expect, it } from 'vitest';
import { renderText } from '../../../src/engine/reports/any-kind';
import { HOSTILE, makeHostileReport } from '../../fixtures/hostile-report';
import { makeReport } from '../../fixtures/report';

describe('Markdown', () => {
  it('begins with what was found, and holds every part', () => {
    const { content: text } = renderText(makeReport(), 'markdown');
    expect(text).toMatch(/^# SHA-256: 6 threads · 4 processes\n\n> SHA-256 keeps a core busy/);
    for (const title of [
      'Executor by executor',
      'Settings',
      'Machine',
      'Measurement overhead',
      'What this report contains',
      'Worker by worker',
      'Checksums',
    ]) {
      expect(text).toContain(`\n## ${title}\n`);
    }
  });

  it('has each core by the kernel and by systeminformation, over the same seconds', () => {
    const report = makeReport();
    const { content: text } = renderText(report, 'markdown');
    expect(text).toContain(`\n## Core by core, by two sources\n`);
    expect(text).toContain(
      `| 1 | 83 % of this core | 81 % of this core | 2 points | 3.1 points | ${String(report.samples.crossCheck.atMs.length)} |`,
    );
    const { content: older } = renderText(
      { ...report, samples: { ...report.samples, crossCheck: { ...report.samples.crossCheck, cores: null } } },
      'markdown',
    );
    expect(older).not.toContain('by two sources');
  });

  it('has tables whose rows all have as many cells as their head', () => {
    for (const report of [makeReport(), makeHostileReport()]) {
      for (const block of renderText(report, 'markdown')
        .content.split('\n\n')
        .filter((part) => part.startsWith('|'))) {
        const cells = block
          .trimEnd()
          .split('\n')
          .map((line) => line.split(/(?<!\\)\|/).length);
        expect(new Set(cells).size).toBe(1);
      }
    }
  });

  it('aligns the columns of numbers to the right, by what they are and not by what stands in them', () => {
    const report = makeReport();
    const { content: text } = renderText(
      { ...report, tasks: { ...report.tasks, errors: [{ id: 7, message: '12' }] } },
      'markdown',
    );
    const ruleUnder = (head: string): string | undefined => text.split(`\n${head}\n`)[1]?.split('\n')[0];
    expect(ruleUnder('| Input | checksum | tasks |')).toBe('| --- | --- | ---: |');
    expect(ruleUnder('| Task | error |')).toBe('| --- | --- |');
  });

  it('has a dash that it explains, and never 0, for what is not known', () => {
    const report = makeReport();
    for (const executor of report.executors)
      Object.assign(executor, {
        cpuMs: null,
        coresBusy: null,
        runQueueMs: null,
        startUpMs: null,
        handOverUs: null,
        memory: null,
      });
    const { content: text } = renderText(report, 'markdown');
    for (const name of [
      'CPU time of task threads',
      'CPU time of helper threads and child processes',
      'Cores busy',
      'Time waiting for a core',
      'Start-up of a worker',
      'Hand-over, round trip',
      'Memory each, resident',
    ]) {
      expect(text).toContain(`| ${name} | – | – |`);
    }
  });

  it('says of what every percentage is', () => {
    const { content: text } = renderText(makeReport(), 'markdown');
    expect([...text.matchAll(/\d %(?! of )/g)].filter(([match]) => !match.startsWith('0 %'))).toEqual([]);
    expect(text).toMatch(/\d % of one core/);
  });

  it('keeps hostile text as text: no markup, no HTML, no further row', () => {
    const { content: text } = renderText(makeHostileReport(), 'markdown');
    expect(text).not.toMatch(/<\w/);
    expect(text).not.toMatch(/(?<!\\)!?(?<!\\)\[[^\]]*(?<!\\)\]\(/);
    expect(text).not.toContain(HOSTILE);
  });
});
