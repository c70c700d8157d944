import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder that goes with all the tests of the suite that asks for it; one test alone has `temporaryFolder`. */
export function suiteFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coreloom-test-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  return folder;
}
