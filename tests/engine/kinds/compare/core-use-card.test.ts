import { expect, it } from 'vitest';
import { coreUseCard } from '../../../../src/engine/kinds/compare/report/core-use-card';
import { makeCompareReport } from '../../../fixtures/compare-report';

it('paints in a report what a contender used of the cores in its colour, what others used in theirs, and neither where that is not known', () => {
  const report = makeCompareReport([
    { contender: 'sequential', makespanMs: 400, workers: 1, coresBusy: 0.02, besides: 1.9 },
    { contender: 'threads', makespanMs: 204, coresBusy: 0.04, besides: 1.9 },
  ]);
  const split = coreUseCard(report)?.text ?? '';
  expect(split).toContain('<path class="other" d="M');
  expect(split).toContain('core 0: 97 % busy, 4 % by its workers');
  expect(split).toContain('everything else');
  const before = report.contenders.map((one) => ({ ...one, cores: one.cores && { ...one.cores, own: null } }));
  const whole = coreUseCard({ ...report, contenders: before })?.text ?? '';
  expect(whole).toContain('<path class="plain" d="M');
  expect(whole).toContain('busy; what used it is not known');
  expect(whole).not.toContain('everything else');
});
