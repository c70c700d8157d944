import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workloads } from '../src/engine/workload/registry';

test('the README names every workload with its kind', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const row = { cpu: '| CPU |', io: '| I/O |', mixed: '| mixed |', custom: '| custom |' };
  for (const { info } of workloads) {
    expect(readme.split('\n').filter((line) => line.includes(`\`${info.name}\``) && line.endsWith(row[info.kind]))).toHaveLength(1);
  }
});
