import { beforeAll, describe, expect, it } from 'vitest';
import type { LiveReport } from '../../src/contract';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { asLive } from '../support/live-report';
import { liveView, type LiveView } from './support/live-view';
import { handsOn, HOSTS } from './support/views';

describe.each(HOSTS)('the Live view in %s', (_name, launch) => {
  let view: LiveView;
  let report: LiveReport;
  const { app, neverComplained } = handsOn(launch);

  beforeAll(() => {
    view = liveView(app().page);
  });

  it('starts a run that the cores answer', async () => {
    await view.pick('sha256');
    await view.drag('threads', 1);
    await view.drag('processes', 1);
    await view.start();
    await view.phase('running');
    await view.rows(2);
    await view.busy(25);
  });

  it('gives each slider workers while the run is on, and takes them away again', async () => {
    await view.drag('threads', 3);
    await view.rows(4);
    await view.drag('processes', 2);
    await view.rows(5);
    await view.drag('threads', 0);
    await app().page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[data-testid="slider-threads"]')?.value === '0',
    );
    const before = await view.blocks();
    await expect.poll(() => view.blocks(), { timeout: 30_000 }).toBeGreaterThan(before);
  });

  it('shows the run again after a reload in its middle', async () => {
    await app().page.reload();
    await view.phase('running');
    await app().page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[data-testid="slider-processes"]')?.value === '2',
    );
    await view.busy(25);
  });

  it('stops, and says what was found', async () => {
    await view.stop();
    await view.phase('ended');
    expect((await app().page.getByTestId('finding').textContent())?.length).toBeGreaterThan(20);
  });

  it('exports the run as JSON, whole and true', async () => {
    const { fileName, text } = await app().takeExport(() => view.export('json'));
    expect(fileName).toMatch(/\.json$/);
    report = asLive(parseReportText(text));
    expect(report).toMatchObject({
      outcome: 'completed',
      workload: { name: 'sha256' },
      createdBy: { host: app().host === 'web' ? 'browser' : 'desktop' },
    });
    expect(report.resizes.map(({ executor, to }) => `${executor} ${String(to)}`)).toEqual(
      expect.arrayContaining(['threads 3', 'processes 2', 'threads 0']),
    );
    expect(report.totals.counts.failed).toBe(0);
    expect(report.checksums.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(report.totals.counts.done);
    expect(report.executors.map(({ executor }) => executor)).toEqual(['threads', 'processes']);
  });

  it('exports its tasks and samples as CSV, its story as Markdown, and a page', async () => {
    const tasks = await app().takeExport(() => view.export('csv-tasks'));
    expect(tasks.fileName).toMatch(/\.csv$/);
    expect(tasks.text.trimEnd().split('\r\n')).toHaveLength(report.tasks.id.length + 1);
    const samples = await app().takeExport(() => view.export('csv-samples'));
    expect(samples.text.split('\r\n').length).toBeGreaterThan(report.samples.atMs.length);
    const markdown = await app().takeExport(() => view.export('markdown'));
    expect(markdown.fileName).toMatch(/\.md$/);
    expect(markdown.text).toMatch(/^# /);
    expect(markdown.text).toContain(String(report.settings.seed));
    const page = await app().takeExport(() => view.export('html'));
    expect(page.fileName).toMatch(/\.html$/);
    expect(page.text).toMatch(/^<!doctype html>/i);
    expect(page.text).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  neverComplained();
});
