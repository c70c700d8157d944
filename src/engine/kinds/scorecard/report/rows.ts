import type { ScorecardReport } from '../../../../contract';
import type { Cell } from '../../../report/reads';

/** Every figure of the card with its interval. */
export function* figureRows({ rows }: ScorecardReport): Generator<Cell[]> {
  yield ['claim', 'workers', 'executor', 'figure', 'value', 'low', 'high'];
  for (const { claim, threads, processes } of rows) {
    for (const [workers, figures] of [
      ['threads', threads],
      ['processes', processes],
    ] as const) {
      for (const { executor, text, estimate } of figures)
        yield [claim, workers, executor, text, estimate?.value, estimate?.low, estimate?.high];
    }
  }
}

/** Every claim and what it came to in each language. */
export function* claimRows({ rows }: ScorecardReport): Generator<Cell[]> {
  yield ['claim', 'said', 'of', 'holds', 'node_holds', 'node_why', 'python_holds', 'python_why', 'measured_by'];
  for (const { claim, said, of, holds, judged, measuredBy } of rows) {
    const [node, python] = [
      judged.find(({ language }) => language === 'node'),
      judged.find(({ language }) => language === 'python'),
    ];
    yield [claim, said, of, holds, node?.holds, node?.why, python?.holds, python?.why, measuredBy];
  }
}
