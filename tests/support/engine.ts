import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { EngineClient, ExperimentState, Report } from '../../src/contract';
import { inProcessClient, openEngine, type Engine } from '../../src/engine';
import { contentOf } from '../../src/engine/reports/any-kind';
import { OUT } from './paths';

export interface TestEngine {
  engine: Engine;
  client: EngineClient;
  /** Where it keeps its reports; gone after the test. */
  folder: string;
}

/** Opens an engine as built, with a folder of its own; it is closed after the test. */
export function engines(options: Partial<Parameters<typeof openEngine>[0]> = {}): () => Promise<TestEngine> {
  const opened: TestEngine[] = [];
  afterEach(async () => {
    for (const { engine, folder } of opened.splice(0)) {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'coreloom-engine-'));
    const engine = await openEngine({
      folder: join(OUT, 'main'),
      home: folder,
      host: 'terminal',
      versions: { coreloom: '0.0.0-test', node: process.versions.node, electron: null },
      saveReport: (rendered) => Promise.resolve(contentOf(rendered)),
      ...options,
    });
    opened.push({ engine, client: inProcessClient(engine), folder });
    return opened.at(-1) as TestEngine;
  };
}

/** The saved report of an experiment that has ended. */
export async function reportOf<K extends Report['kind']>(
  client: EngineClient,
  { reportId }: Pick<ExperimentState, 'reportId'>,
  kind: K,
): Promise<Extract<Report, { kind: K }>> {
  const report = await client.call('getReport', { id: reportId ?? '' });
  if (report.kind !== kind) throw new Error(`A report of kind ${kind} was expected.`);
  return report as Extract<Report, { kind: K }>;
}
