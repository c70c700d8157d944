#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../scripts/ensure-built.mjs';
import { tooOld } from '../scripts/node-version.mjs';

try {
  const refusal = tooOld();
  if (refusal !== null) throw new Error(refusal);
  await ensureBuilt({ root: fileURLToPath(new URL('..', import.meta.url)) });
} catch (error) {
  process.stderr.write(`coreloom: ${error.message}\n`);
  process.exit(1);
}
await import('../out/main/cli.js');
